/** What the runs of a cell find, each in a cluster of its own: a mapping that has to move, or one whose role was made again. */
import { PROVIDER_GROUP } from '../../../access/contract';
import { NODES, PROVIDER, type World } from '../scenarios/world';
import { type Stage } from './calls';
import { type FunctionHere, servedHere } from './function-here';
import { type ScheduledCall } from './scheduled-calls';
import { type StackResources } from './stack-resources';

export interface Surroundings {
  readonly world: World;
  readonly here: FunctionHere;
  readonly stacks: StackResources;
  /** The provider's rights in a cluster. */
  readonly rbac: string;
}

/** Either gives the same by aws-auth and by an access entry. */
export const ADMIN = { group: 'system:masters', policy: 'AmazonEKSClusterAdminPolicy' };

export async function prepare(around: Surroundings, { given }: ScheduledCall, stage: Stage): Promise<void> {
  const { aws, providerArn } = around.world;
  const { cluster: name, roleArn } = stage;
  const isMapping = given === 'mapping';
  aws.iam.addPrincipal(roleArn);
  const data = { mapRoles: NODES + PROVIDER };
  const cluster = await aws.controlPlane.createCluster({
    name,
    authenticationMode: isMapping ? 'CONFIG_MAP' : 'API',
    awsAuth: isMapping ? { metadata: { name: 'aws-auth', namespace: 'kube-system' }, data } : null,
  });
  cluster.applyRbac(around.rbac);
  if (!isMapping) cluster.putAccessEntry({ principalArn: providerArn, kubernetesGroups: [PROVIDER_GROUP] });
  const policy = { PolicyArn: ADMIN.policy, AccessScope: { Type: 'cluster' } };
  await map(around, stage, isMapping ? { Groups: [ADMIN.group] } : { AccessPolicies: [policy] });
  if (isMapping) return cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  cluster.ageAccessEntry(roleArn, 60_000);
  aws.iam.removePrincipal(roleArn);
  aws.iam.addPrincipal(roleArn);
}

interface Answered {
  readonly Status: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
}

/** By an event of CloudFormation, which has the resource at rest after it. */
async function map(
  { world, here, stacks }: Surroundings,
  { cluster, logicalId, roleArn }: Stage,
  gives: object,
): Promise<void> {
  const properties = { Cluster: cluster, RoleArn: roleArn, UserName: 'joe', ...gives };
  const before = world.aws.answerBucket.accepted.length;
  await servedHere(world, here).invoke({ type: 'Create', logicalId, properties });
  const answer = world.aws.answerBucket.accepted
    .slice(before)
    .map(({ document }) => document as Answered)
    .find(({ LogicalResourceId }) => LogicalResourceId === logicalId);
  if (answer?.Status !== 'SUCCESS')
    throw new Error(`${logicalId}: the Create failed: ${JSON.stringify(answer)}`);
  stacks.rests(logicalId, answer.PhysicalResourceId);
}
