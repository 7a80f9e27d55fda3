/** Ways in where aws-auth decides, for those who need no entry in it. Pure. */
import { awsStep, clusterOf, loginSteps } from './command';
import { type RecoveryFacts, type Way } from './recovery';

/** Where people have put the fixed text. */
export const FIXED = 'aws-auth.fixed.yaml';

/** GT-51: its mapping is in no map, so a broken one does not touch it. */
export function byCreator(facts: RecoveryFacts): Way {
  const { cluster, madeBy } = facts;
  const name = clusterOf(cluster);
  const base = {
    name: 'creator',
    title: 'Log in as the role that made the cluster',
    needs: ['sts:AssumeRole on that role', 'cloudtrail:LookupEvents, to find out who it was'],
    trap: 'CloudTrail shows 90 days; of an older cluster look into its trails in S3. The role may be that of a pipeline, of CloudFormation or of a person who has left.',
  } as const;
  if (cluster.mode === 'API' || cluster.mode === 'API_AND_CONFIG_MAP')
    return {
      ...base,
      state: 'closed',
      why: 'In this mode who made the cluster gets in by an access entry, as everyone does, and without one not at all.',
      steps: [],
    };
  const isByStack = madeBy !== undefined && madeBy.startsWith('arn:');
  return {
    ...base,
    state: 'maybe',
    why: `In mode CONFIG_MAP it has full control, which is written in no map and in no API.${madeBy === undefined ? '' : ` By its tags the cluster is of ${madeBy}.`}`,
    steps: [
      ...(isByStack
        ? [
            awsStep(
              facts,
              'cloudformation describe-stacks',
              { 'stack-name': madeBy, query: 'Stacks[0].RoleARN' },
              'the role of the stack that made it; null: who created the stack',
            ),
          ]
        : []),
      awsStep(
        facts,
        'cloudtrail lookup-events',
        {
          'lookup-attributes': 'AttributeKey=EventName,AttributeValue=CreateCluster',
          query: `Events[?Resources[?ResourceName=='${name}']].[EventTime,Username,CloudTrailEvent]`,
        },
        'who called CreateCluster; userIdentity in it has the ARN of the role',
      ),
      ...loginSteps(facts, 'CREATOR_ROLE_ARN'),
      { command: `kubectl replace -f ${FIXED}`, about: 'writes the fixed aws-auth' },
    ],
  };
}

export function byServiceAccount(facts: RecoveryFacts): Way {
  const name = clusterOf(facts.cluster);
  const base = {
    name: 'service-account',
    title: 'Let something in the cluster write aws-auth',
    needs: ['a pod that runs, whose ServiceAccount may edit ConfigMaps in kube-system'],
    trap: 'Some tools write their own aws-auth again and again: change what they write, or stop them first.',
  } as const;
  if (facts.cluster.mode === 'API')
    return { ...base, state: 'closed', why: 'The cluster does not read aws-auth.', steps: [] };
  return {
    ...base,
    state: 'maybe',
    why: 'ServiceAccounts are let in by the cluster itself, without aws-auth: Argo CD, Flux, a dashboard or an operator that is still running can write the fixed text.',
    steps: [
      {
        command: `git commit --message 'Fix aws-auth' ${FIXED} && git push`,
        about: 'where Argo CD or Flux applies a repository: there',
      },
      awsStep(
        facts,
        'eks describe-cluster',
        { name, query: 'cluster.[endpoint,certificateAuthority.data]', output: 'text' },
        'or with the token of such a ServiceAccount: ENDPOINT, and ca.crt after base64 --decode',
      ),
      {
        command: `kubectl --server ENDPOINT --certificate-authority ca.crt --token TOKEN replace -f ${FIXED}`,
        about: '',
      },
    ],
  };
}
