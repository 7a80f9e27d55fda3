/** How nodes come back: what runs on them may be able to let people in. Pure. */
import { identitiesOf } from '../explain/identities';
import { type SeenNodeRole } from '../explain/seen-cluster';
import { isPartial } from '../explain/summary';
import { principalKeyOf } from '../explain/who';
import { awsStep, clusterOf } from './command';
import { type RecoveryFacts, type RecoveryStep, type Way } from './recovery';
import { FIXED } from './through-aws-auth';

/** Nodes back, not people: what runs on nodes may then let people in. Undefined where all node roles are in force. */
export function byNodes(facts: RecoveryFacts): Way | undefined {
  const { cluster } = facts;
  const missing = missingNodeRoles(facts);
  if (missing?.length === 0) return undefined;
  const [first] = missing ?? cluster.nodeRoles?.filter(isOfNodes) ?? [];
  const role = first?.arn ?? 'NODE_ROLE_ARN';
  return cluster.mode === 'API' || cluster.mode === 'API_AND_CONFIG_MAP'
    ? byNodeEntry(facts, missing ?? [], role)
    : byNodeGroup(facts, role);
}

/** Undefined where it is not known. */
function missingNodeRoles({ cluster }: RecoveryFacts): readonly SeenNodeRole[] | undefined {
  if (cluster.nodeRoles === undefined || isPartial(cluster)) return undefined;
  const identities = identitiesOf(cluster).filter(
    ({ standing, type }) => standing !== 'not in force' && type !== 'STANDARD',
  );
  const keys = new Set(identities.map(({ principal }) => principalKeyOf(principal)));
  return cluster.nodeRoles.filter((role) => isOfNodes(role) && !keys.has(principalKeyOf(role.arn)));
}

function isOfNodes({ type }: SeenNodeRole): boolean {
  return type !== 'FARGATE_LINUX';
}

function byNodeEntry(facts: RecoveryFacts, missing: readonly SeenNodeRole[], role: string): Way {
  const entries = missing.length > 0 ? missing : [{ arn: role, type: 'EC2_LINUX' as const }];
  return {
    name: 'node-entry',
    title: 'Let the nodes in again by an access entry of their type',
    state: missing.length > 0 ? 'open' : 'maybe',
    why:
      missing.length > 0
        ? 'Their role has no entry of nodes in force, so they cannot join; EKS takes an access entry by IAM rights alone.'
        : 'Where nodes cannot join, EKS takes an access entry for their role by IAM rights alone.',
    needs: ['eks:CreateAccessEntry', 'iam:PassRole on the role of the nodes'],
    steps: entries.flatMap(({ arn, type = 'EC2_LINUX' }) => {
      const which = { 'cluster-name': clusterOf(facts.cluster), 'principal-arn': arn };
      const create = awsStep(facts, 'eks create-access-entry', { ...which, type });
      const about = 'its type, which cannot be changed, is none of nodes';
      return hasEntry(facts, arn)
        ? [awsStep(facts, 'eks delete-access-entry', which, about), create]
        : [create];
    }),
    trap: undefined,
  };
}

function hasEntry({ cluster: { accessEntries } }: RecoveryFacts, arn: string): boolean {
  const key = principalKeyOf(arn);
  return (
    accessEntries?.state === 'read' &&
    accessEntries.entries.some(({ principalArn }) => principalKeyOf(principalArn) === key)
  );
}

function byNodeGroup(facts: RecoveryFacts, role: string): Way {
  const name = clusterOf(facts.cluster);
  const group = { 'cluster-name': name, 'nodegroup-name': 'rescue' };
  const subnets: RecoveryStep = awsStep(
    facts,
    'eks describe-cluster',
    { name, query: 'cluster.resourcesVpcConfig.subnetIds', output: 'text' },
    'subnets to choose from',
  );
  return {
    name: 'node-group',
    title: 'Bring the nodes back by a managed node group of their role, for a time',
    state: 'maybe',
    why: 'EKS writes the entry of a new node group into aws-auth by itself. Nodes of that role can join again, and what runs on them can let people in. People have reported that it works; whether EKS writes into text that does not parse is not known.',
    needs: ['eks:CreateNodegroup', 'eks:DeleteNodegroup', 'iam:PassRole on the role of the nodes'],
    steps: [
      subnets,
      awsStep(facts, 'eks create-nodegroup', {
        ...group,
        'node-role': role,
        subnets: 'SUBNET_ID',
        'scaling-config': 'minSize=1,maxSize=1,desiredSize=1',
      }),
      {
        command: `kubectl replace -f ${FIXED}`,
        about: 'by what runs on the nodes: the fixed aws-auth, with their role in it',
      },
      awsStep(facts, 'eks delete-nodegroup', group, 'only once aws-auth is fixed'),
    ],
    trap: 'Deleting the node group takes the entry of its role out of aws-auth again, for all other nodes of that role too: fix aws-auth before, and look at it once more afterwards.',
  };
}
