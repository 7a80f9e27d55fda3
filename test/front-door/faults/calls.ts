/** The calls: the rows of the table in docs/faults.md, and the event that makes each of them. */
import { type LocalRequest, type LoopbackServer } from '../../../local/aws/server/loopback-server';
import { EKS_OPERATIONS, type EksOperation } from '../../support/eks-operations';
import { type World } from '../scenarios/world';
import { type Dialect } from './columns';

type Properties = Readonly<Record<string, unknown>>;

/** What one run of a cell has to itself. */
export interface Stage {
  /** Of the resource. */
  readonly logicalId: string;
  readonly roleArn: string;
  readonly cluster: string;
}

export interface Call {
  /** As the table has it. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly resourceType: string;
  /** Kind of cluster that each run gets for itself; undefined: all of the row share the world's. */
  readonly ownCluster?: 'with aws-auth' | 'without aws-auth' | 'by a role' | 'both places';
  readonly server: (world: World, stage: Stage) => LoopbackServer;
  readonly isCall: (request: LocalRequest, stage: Stage) => boolean;
  readonly properties: (stage: Stage) => Properties;
  /** Whether the work of the event ends without an answer to this call, after a time of its own. */
  readonly mayStaySilent?: true;
  /** Of an Update: what it changes. */
  readonly changed?: Properties;
  /** Of the Create of a rename: the logical id that had the mapping before. */
  readonly renamedFrom?: string;
}

const kubernetesOf = (world: World, { cluster }: Stage): LoopbackServer =>
  world.aws.controlPlane.cluster(cluster).kubernetes;
/** Calls of AWS say for which resource they are (CR-52). */
const isOf = ({ headers }: LocalRequest, { logicalId }: Stage): boolean =>
  `${headers['user-agent'] ?? ''} `.includes(` md/resource#${logicalId} `);
const isAction = (action: string) => (request: LocalRequest, stage: Stage) =>
  isOf(request, stage) && new URLSearchParams(request.body.toString()).get('Action') === action;

const entry = ({ roleArn }: Stage): Properties => ({
  ClusterName: 'my-cluster',
  PrincipalArn: roleArn,
  Username: 'joe',
  KubernetesGroups: ['a'],
  AccessPolicies: [
    { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'namespace', Namespaces: ['a'] } },
  ],
  Tags: [{ Key: 'team', Value: 'blue' }],
});

const eks = (operation: EksOperation, type: Call['type'], changed?: Properties): Call => ({
  name: `eks:${operation}`,
  dialect: 'rest-json',
  type,
  resourceType: 'Custom::EksAccessEntry',
  server: ({ aws }) => aws.controlPlane.eks,
  isCall: (request, stage) =>
    isOf(request, stage) && EKS_OPERATIONS[operation].test(`${request.method} ${request.path}`),
  properties: entry,
  ...(changed ? { changed } : {}),
});

export const EKS_CALLS: readonly Call[] = [
  eks('DescribeCluster', 'Create'),
  eks('DescribeAccessEntry', 'Create'),
  eks('CreateAccessEntry', 'Create'),
  eks('AssociateAccessPolicy', 'Create'),
  eks('ListAssociatedAccessPolicies', 'Update', { KubernetesGroups: ['b'] }),
  eks('UpdateAccessEntry', 'Update', { KubernetesGroups: ['b'] }),
  eks('TagResource', 'Update', { Tags: [{ Key: 'team', Value: 'red' }] }),
  eks('UntagResource', 'Update', { Tags: [] }),
  eks('DisassociateAccessPolicy', 'Update', { AccessPolicies: [] }),
  eks('DeleteAccessEntry', 'Delete'),
];

const mapping = ({ cluster, roleArn }: Stage): Properties => ({
  Cluster: cluster,
  RoleArn: roleArn,
  UserName: 'joe',
  Groups: ['a'],
});

const awsAuth = (
  name: string,
  method: string,
  type: Call['type'],
  more: Partial<Pick<Call, 'ownCluster' | 'properties' | 'mayStaySilent'>> = {},
): Call => ({
  name,
  dialect: 'kubernetes',
  type,
  resourceType: 'Custom::EksMapRolesEntry',
  ownCluster: 'with aws-auth',
  server: kubernetesOf,
  isCall: (request) => request.method === method,
  properties: mapping,
  ...(type === 'Update' ? { changed: { Groups: ['b'] } } : {}),
  ...more,
});

export const KUBERNETES_CALLS: readonly Call[] = [
  awsAuth('read aws-auth (Create)', 'GET', 'Create'),
  awsAuth('write aws-auth (Create)', 'PUT', 'Create'),
  awsAuth('make aws-auth (Create)', 'PATCH', 'Create', {
    ownCluster: 'without aws-auth',
    properties: (stage) => ({ ...mapping(stage), AuthenticationMode: 'CONFIG_MAP' }),
  }),
  awsAuth('write aws-auth (Update)', 'PUT', 'Update'),
  awsAuth('read aws-auth (Delete)', 'GET', 'Delete'),
  awsAuth('write aws-auth (Delete)', 'PUT', 'Delete'),
  awsAuth('read aws-auth (Create of an access entry)', 'GET', 'Create', {
    ownCluster: 'both places',
    mayStaySilent: true,
  }),
];

const other = (call: Pick<Call, 'name' | 'dialect' | 'server' | 'isCall'> & Partial<Call>): Call => ({
  type: 'Create',
  resourceType: 'Custom::EksMapRolesEntry',
  properties: mapping,
  ...call,
});

export const OTHER_CALLS: readonly Call[] = [
  other({
    name: 'cloudformation:DescribeStackResource',
    dialect: 'query',
    server: ({ stackApi }) => stackApi,
    isCall: isAction('DescribeStackResource'),
    mayStaySilent: true,
  }),
  other({
    name: 'cloudformation:DescribeStacks (a rename)',
    dialect: 'query',
    server: ({ stackApi }) => stackApi,
    isCall: isAction('DescribeStacks'),
    mayStaySilent: true,
    renamedFrom: 'Former',
  }),
  other({
    name: 'sts:AssumeRole',
    dialect: 'query',
    ownCluster: 'by a role',
    server: ({ aws }) => aws.controlPlane.sts,
    isCall: isOf,
  }),
  other({
    name: 'iam:ListRoles (a permission set)',
    dialect: 'query',
    server: ({ aws }) => aws.controlPlane.iamServer,
    isCall: isAction('ListRoles'),
    properties: ({ cluster, roleArn }) => ({
      Cluster: cluster,
      PermissionSet: /AWSReservedSSO_(\w+)_\d+$/.exec(roleArn)?.[1],
      UserName: 'joe',
      Groups: ['a'],
    }),
  }),
];

export const ANSWER: readonly Call[] = [
  other({
    name: 'the answer',
    dialect: 's3',
    server: ({ aws }) => aws.answerBucket.server,
    mayStaySilent: true,
    isCall: ({ path }, { logicalId }) => decodeURIComponent(path).includes(`|${logicalId}|`),
  }),
];
