/**
 * Ways in that need IAM alone, because EKS's own API gives the access: the cluster's Kubernetes API is not asked, so a
 * broken aws-auth does not stand in the way. Pure.
 */
import { noAccessEntries } from '../authentication-mode/platform';
import { hasFullControl } from '../explain/full-control';
import { identitiesOf } from '../explain/identities';
import { isPartial } from '../explain/summary';
import { listOf } from '../explain/who';
import { adminOf, adminPolicyArn, awsStep, clusterOf, eksAccessStep, loginSteps } from './command';
import { type RecoveryFacts, type RecoveryStep, type Way } from './recovery';

/** Nobody may be locked out after all. */
export function byAdministrator(facts: RecoveryFacts): Way {
  const { cluster } = facts;
  const title = 'Log in as an administrator that the cluster has';
  const identities = identitiesOf(cluster).filter((each) => hasFullControl(each, cluster.bindings));
  const inForce = identities.filter(({ standing }) => standing === 'in force');
  const found = inForce.length > 0 ? inForce : identities.filter(({ standing }) => standing === 'unknown');
  const base = { name: 'administrator', title, needs: [], trap: undefined } as const;
  const [first] = found;
  if (first === undefined) {
    const isOpen = cluster.mode === undefined || isPartial(cluster) || cluster.awsAuth === undefined;
    if (!isOpen || (cluster.mode === 'API' && cluster.accessEntries?.state === 'read'))
      return {
        ...base,
        state: 'closed',
        why: `${cluster.mode === 'API' ? 'No access entry gives' : 'Neither access entries nor aws-auth give'} full control to anybody.`,
        steps: [],
      };
    return {
      ...base,
      state: 'maybe',
      why: 'None is known, and not all that the cluster reads was seen: ask those who had access, each with their own credentials.',
      steps: [
        {
          command: `eks-access explain --me --cluster ${clusterOf(cluster)}`,
          about: 'whether the caller gets in, and why not',
        },
      ],
    };
  }
  const who = listOf(found.map((each) => each.who));
  const isOne = new Set(found.map((each) => each.who)).size === 1;
  return {
    ...base,
    state: inForce.length > 0 ? 'open' : 'maybe',
    why: `${who} ${isOne ? 'has' : 'have'} full control, if ${isOne ? 'it is' : 'they are'} still there and you may assume ${isOne ? 'it' : 'one of them'}.`,
    needs: ['sts:AssumeRole on the role, and that its trust policy names you'],
    steps: loginSteps(facts, first.principal),
  };
}

const NEEDS = [
  'eks:CreateAccessEntry',
  'eks:TagResource',
  'eks:AssociateAccessPolicy',
  'eks:DescribeAccessEntry',
];

export function byAccessEntry(facts: RecoveryFacts): Way {
  const { mode } = facts.cluster;
  const base = {
    name: 'access-entry',
    title: 'Make an access entry through the EKS API',
    needs: NEEDS,
    trap: 'It counts instead of what aws-auth says of the same role. An entry that is there already is not changed: name another role, or look at it first (aws eks describe-access-entry).',
  } as const;
  if (mode === 'CONFIG_MAP')
    return {
      ...base,
      state: 'closed',
      why: 'EKS refuses access entries in mode CONFIG_MAP: the mode has to change first.',
      steps: [],
    };
  return {
    ...base,
    state: mode === undefined ? 'maybe' : 'open',
    why: `EKS gives full control by IAM rights alone${mode === undefined ? ', unless the mode is CONFIG_MAP' : ''}: it asks neither aws-auth nor the Kubernetes API.`,
    steps: [
      eksAccessStep(
        facts,
        'recover',
        { admin: adminOf(facts), for: '2h', approve: '' },
        "makes it; the provider's schedule removes it after its end",
      ),
      ...withoutUs(facts),
    ],
  };
}

/** The same with nothing but the AWS CLI. */
function withoutUs(facts: RecoveryFacts): readonly RecoveryStep[] {
  const admin = adminOf(facts);
  const entry = { 'cluster-name': clusterOf(facts.cluster), 'principal-arn': admin };
  const policy = { 'policy-arn': adminPolicyArn(facts, admin), 'access-scope': 'type=cluster' };
  return [
    awsStep(facts, 'eks create-access-entry', entry, 'or by the AWS CLI alone, without an end'),
    awsStep(facts, 'eks associate-access-policy', { ...entry, ...policy }),
    ...loginSteps(facts, admin),
    awsStep(facts, 'eks delete-access-entry', entry, 'afterwards, once another way in works'),
  ];
}

/** Undefined where the cluster has access entries already. */
export function byMode(facts: RecoveryFacts): Way | undefined {
  const { cluster, platform, madeBy } = facts;
  if (cluster.mode === 'API' || cluster.mode === 'API_AND_CONFIG_MAP') return undefined;
  const name = clusterOf(cluster);
  const base = {
    name: 'mode',
    title: 'Change the mode to API_AND_CONFIG_MAP, then make an access entry',
    needs: ['eks:UpdateClusterConfig', 'eks:DescribeUpdate', ...NEEDS],
    trap: `The mode cannot go back. aws-auth is read as before, and access entries count before it.${madeBy === undefined ? ' Where a stack or Terraform owns the cluster, set the same mode there afterwards.' : ` ${madeBy} made the cluster: set the same mode there afterwards.`}`,
  } as const;
  const never = platform && noAccessEntries(platform);
  if (never !== undefined) return { ...base, state: 'closed', why: `Cluster ${name} ${never}.`, steps: [] };
  const mode = 'authenticationMode=API_AND_CONFIG_MAP';
  return {
    ...base,
    state: cluster.mode === undefined || platform === undefined ? 'maybe' : 'open',
    why: 'The mode is changed by IAM rights alone. EKS then makes an access entry for who made the cluster, so that its list tells who that was.',
    steps: [
      eksAccessStep(
        facts,
        'recover',
        { admin: adminOf(facts), for: '2h', approve: '', 'change-mode': '' },
        'does all of it',
      ),
      awsStep(facts, 'eks update-cluster-config', { name, 'access-config': mode }, 'or by the AWS CLI alone'),
      awsStep(
        facts,
        'eks describe-cluster',
        { name, query: 'cluster.[status,accessConfig.authenticationMode]' },
        'some minutes later: ACTIVE and API_AND_CONFIG_MAP',
      ),
      awsStep(
        facts,
        'eks list-access-entries',
        { 'cluster-name': name },
        'who made the cluster is among them',
      ),
      ...withoutUs(facts),
    ],
  };
}
