/** The calls of a scheduled run: rows of the table in docs/faults.md. */
import { type LocalRequest, type LoopbackServer } from '../../../local/aws/server/loopback-server';
import { EKS_OPERATIONS, type EksOperation } from '../../support/eks-operations';
import { type World } from '../scenarios/world';
import { type Stage } from './calls';
import { type Dialect } from './columns';

export interface ScheduledCall {
  /** As the table has it. */
  readonly name: string;
  readonly dialect: Dialect;
  /** What the run finds: a mapping that has to move into an access entry, or one whose role was made again. */
  readonly given: 'mapping' | 'role';
  /** The call names no cluster, so that the runs that meet the fault come one after another. */
  readonly isOfAll?: true;
  readonly server: (world: World, stage: Stage, stackApi: LoopbackServer) => LoopbackServer;
  readonly isCall: (request: LocalRequest, stage: Stage) => boolean;
}

const isEks = (operation: EksOperation) => {
  const pattern = EKS_OPERATIONS[operation];
  return ({ method, path }: LocalRequest, { cluster }: Stage): boolean =>
    pattern.test(`${method} ${path}`) && path.split('/')[2] === cluster;
};

const eks = (operation: EksOperation, given: ScheduledCall['given'] = 'mapping'): ScheduledCall => ({
  name: `eks:${operation} (schedule)`,
  dialect: 'rest-json',
  given,
  server: ({ aws }) => aws.controlPlane.eks,
  isCall: isEks(operation),
});

const awsAuth = (name: string, method: string): ScheduledCall => ({
  name: `${name} aws-auth (schedule)`,
  dialect: 'kubernetes',
  given: 'mapping',
  server: ({ aws }, { cluster }) => aws.controlPlane.cluster(cluster).kubernetes,
  isCall: (request) => request.method === method,
});

const named = (field: string, value: (stage: Stage) => string) => (request: LocalRequest, stage: Stage) =>
  new URLSearchParams(request.body.toString()).get(field) === value(stage);

export const SCHEDULED_CALLS: readonly ScheduledCall[] = [
  {
    ...eks('DescribeCluster'),
    name: 'eks:ListClusters (schedule)',
    isOfAll: true,
    isCall: ({ method, path }) => `${method} ${path}` === 'GET /clusters',
  },
  eks('DescribeCluster'),
  awsAuth('read', 'GET'),
  {
    name: 'cloudformation:DescribeStackResource (schedule)',
    dialect: 'query',
    given: 'mapping',
    server: (_world, _stage, stackApi) => stackApi,
    isCall: named('LogicalResourceId', ({ logicalId }) => logicalId),
  },
  eks('DescribeAccessEntry'),
  eks('CreateAccessEntry'),
  eks('AssociateAccessPolicy'),
  awsAuth('write', 'PUT'),
  {
    ...eks('DescribeCluster', 'role'),
    name: 'eks:ListAccessEntries (schedule)',
    isCall: ({ method, path }, { cluster }) =>
      `${method} ${path}` === `GET /clusters/${cluster}/access-entries`,
  },
  {
    name: 'iam:GetRole (schedule)',
    dialect: 'query',
    given: 'role',
    server: ({ aws }) => aws.controlPlane.iamServer,
    isCall: named('RoleName', ({ roleArn }) => roleArn.split('/').pop() ?? ''),
  },
];
