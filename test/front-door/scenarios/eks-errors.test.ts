/**
 * Every error of the EKS API that is known (part C of docs/rules.md, and the vectors), and what the stack author reads of
 * it: property, value, rule, what to do, request id. Nothing of a mapping that failed is left.
 */
import { type LocalRequest, type LocalResponse } from '../../../local/aws/server/loopback-server';
import { EKS_OPERATIONS, type EksOperation as Operation } from '../../support/eks-operations';
import { type Answer, givenWorld, ROLE, roleEntry, type World } from './world';

const view = {
  PolicyArn: 'AmazonEKSViewPolicy',
  AccessScope: { Type: 'namespace', Namespaces: ['a'] },
};
const role = { ...roleEntry, AccessPolicies: [view] };
const node = { Cluster: 'my-cluster', RoleArn: ROLE, Type: 'EC2_LINUX' };
const native = {
  ClusterName: 'my-cluster',
  PrincipalArn: ROLE,
  Username: 'joe',
  KubernetesGroups: ['a', 'b'],
  Tags: [{ Key: 'team', Value: 'blue' }],
};

let world: World;
let fault: { readonly operation: Operation; readonly respond: LocalResponse } | undefined;
beforeAll(async () => {
  world = await givenWorld({ mode: 'API', timeoutSeconds: 4 });
  world.aws.controlPlane.eks.injectFault({
    times: Infinity,
    match: ({ method, path }: LocalRequest) =>
      fault !== undefined && EKS_OPERATIONS[fault.operation].test(`${method} ${path}`),
    get respond() {
      return fault?.respond ?? { status: 500 };
    },
  });
});
afterAll(() => world.stop());
afterEach(() => {
  fault = undefined;
  world.cluster.deleteAccessEntry(ROLE);
});

const answering = (operation: Operation, error: string, message: string) => {
  const status = STATUS[error] ?? 400;
  const headers = {
    'x-amzn-errortype': error,
    'x-amzn-requestid': 'req-7',
    'content-type': 'application/json',
  };
  fault = { operation, respond: { status, headers, body: JSON.stringify({ message }) } };
};
/** GT-66. */
const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  InvalidSignatureException: 403,
  ResourceNotFoundException: 404,
  NotFoundException: 404,
  ResourceInUseException: 409,
  ThrottlingException: 429,
  ServerException: 500,
  ServiceUnavailableException: 503,
};

const PARAMETER = 'InvalidParameterException';
const REQUEST = 'InvalidRequestException';
const DENIED = 'AccessDeniedException';
const NOT_FOUND = 'ResourceNotFoundException';
const on = `for ${ROLE} on cluster my-cluster`;
const policy =
  '{"PolicyArn":"arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy","AccessScope":{"Type":"namespace","Namespaces":["a"]}}';
const iam = (action: string, resource: string) =>
  `User: arn:aws:sts::111122223333:assumed-role/p/p is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
const ENTRY = 'arn:aws:eks:us-east-1:111122223333:access-entry/my-cluster/role/111122223333/foo/*';
const entries = 'the access entries of cluster my-cluster (access-entry/my-cluster/*)';
const ownerAllows = "ask the provider's owner to allow it";

/** Error of EKS, and the Reason up to the request id. */
type Row = readonly [
  what: string,
  operation: Operation,
  error: string,
  message: string,
  reason: string,
  properties?: object,
];

const OF_A_CREATE: readonly Row[] = [
  ...(
    [
      ['GT-84', role, 'UserName', 'lambdafoo', 'The username must not begin with system:'],
      ['GT-84, native', native, 'Username', 'joe', 'The username must not begin with system:'],
      [
        'GT-85',
        role,
        'UserName',
        'lambdafoo',
        'The specified username is invalid: a colon must come before {{SessionName}}',
      ],
      [
        'GT-83',
        role,
        'UserName',
        'lambdafoo',
        'The specified username is invalid: setting username is not allowed when the type is "EC2_LINUX"',
      ],
    ] as const
  ).map(([what, properties, property, value, rule]): Row => [
    `${what}: user name`,
    'CreateAccessEntry',
    PARAMETER,
    rule,
    `InvalidRequest: ${property} is "${value}", which EKS refuses ${on}: ${rule}; write another one, or leave it out`,
    properties,
  ]),
  ...(
    [
      ['GT-86', role, 'Groups', '["team-a"]'],
      ['GT-86, native', native, 'KubernetesGroups', '["a","b"]'],
    ] as const
  ).map(([what, properties, property, value]): Row => [
    `${what}: group`,
    'CreateAccessEntry',
    PARAMETER,
    'The kubernetes group name system:x is invalid, it cannot start with system:',
    `InvalidRequest: ${property} is ${value}, which EKS refuses ${on}: The kubernetes group name system:x is invalid, it cannot start with system:; remove what it names, or write another group`,
    properties,
  ]),
  ...(
    [
      [
        'GT-78',
        'AccessEntry principalArn must be from the same account as the cluster when using types [EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]',
      ],
      [
        'GT-78',
        'AccessEntry principalArn must be IAM role when using types [EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]',
      ],
      ['GT-80', 'The specified type is invalid: EC2_LINUX is not one of [STANDARD]'],
    ] as const
  ).map(([what, rule]): Row => [
    `${what}: type`,
    'CreateAccessEntry',
    PARAMETER,
    rule,
    `InvalidRequest: Type is "EC2_LINUX", which EKS refuses ${on}: ${rule}; write another Type, or map a role that may have it`,
    node,
  ]),
  ...(
    [
      ['GT-76', PARAMETER, 'The principalArn parameter format is not valid', role, 'RoleArn'],
      ['GT-76, native', PARAMETER, 'The principalArn parameter format is not valid', native, 'PrincipalArn'],
      [
        'GT-77',
        REQUEST,
        'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role',
        role,
        'RoleArn',
      ],
      ['GT-67, an error that is not known', 'SomethingNewException', 'no such thing.', role, 'RoleArn'],
    ] as const
  ).map(([what, error, rule, properties, property]): Row => [
    `${what}: principal`,
    'CreateAccessEntry',
    error,
    rule,
    `InvalidRequest: ${property} is "${ROLE}", which EKS refuses ${on}: ${rule.replace(/\.$/, '')}; correct it, or map another principal`,
    properties,
  ]),
  [
    'GT-74: a principal that does not exist',
    'CreateAccessEntry',
    PARAMETER,
    'The specified principalArn is invalid: invalid principal.',
    `NotStabilized: RoleArn is ${ROLE}, which EKS does not find: the role or user must exist, and its ARN must have its path, as IAM shows it (role/team/NAME; IAM Identity Center: role/aws-reserved/sso.amazonaws.com/…)`,
  ],
  [
    'GT-112: 3,000 entries',
    'CreateAccessEntry',
    'ResourceLimitExceededException',
    'Access entry limit of 3000 exceeded for cluster my-cluster',
    `InvalidRequest: cluster my-cluster takes no more access entries, of which EKS allows 3,000, so ${ROLE} gets none: remove some (aws eks list-access-entries), or map it in aws-auth while the cluster reads that; EKS says: Access entry limit of 3000 exceeded for cluster my-cluster`,
  ],
  [
    'GT-72: tags',
    'CreateAccessEntry',
    PARAMETER,
    'The number of tags must be less than or equal to 50',
    `InvalidRequest: Tags is ["team","cfn-eks-access:owner","cfn-eks-access:at","cfn-eks-access:wrote","cfn-eks-access:aws-auth"], which EKS refuses ${on}: The number of tags must be less than or equal to 50; write fewer or other tags`,
    native,
  ],
  [
    'GT-103: the mode',
    'CreateAccessEntry',
    REQUEST,
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    'InvalidRequest: cluster my-cluster is in authentication mode CONFIG_MAP and has no access entries: run the stack operation again, which then looks at its mode',
  ],
  [
    'GT-95: the cluster is gone',
    'CreateAccessEntry',
    NOT_FOUND,
    'No cluster found for name: my-cluster.',
    'NotFound: cluster my-cluster does not exist: see that nothing deletes it meanwhile',
  ],
  [
    'GT-105: the cluster is being updated',
    'CreateAccessEntry',
    REQUEST,
    'Cannot AccessConfigUpdate because cluster my-cluster currently has update 5 in progress',
    'ResourceConflict: cluster my-cluster is being updated: run the stack operation again once it is ACTIVE; EKS says: Cannot AccessConfigUpdate because cluster my-cluster currently has update 5 in progress',
  ],
  [
    'throttling',
    'CreateAccessEntry',
    'ThrottlingException',
    'Rate exceeded',
    'Throttling: EKS throttles eks:CreateAccessEntry in this account: deploy fewer stacks at once',
  ],
  [
    'denied',
    'CreateAccessEntry',
    DENIED,
    iam('eks:CreateAccessEntry', 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster'),
    `AccessDenied: the provider's role may not do eks:CreateAccessEntry on cluster my-cluster: ${ownerAllows} (IAM: ${iam('eks:CreateAccessEntry', 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster')})`,
  ],
  [
    'GT-117: iam:PassRole',
    'CreateAccessEntry',
    DENIED,
    iam('iam:PassRole', ROLE),
    `AccessDenied: the provider's role may not do iam:PassRole on ${ROLE}, which eks:CreateAccessEntry on cluster my-cluster needs: ${ownerAllows} (IAM: ${iam('iam:PassRole', ROLE)})`,
    node,
  ],
  [
    'denied without IAM’s words',
    'CreateAccessEntry',
    DENIED,
    'x-amz-security-token:5ecre7',
    `AccessDenied: the provider's role may not do eks:CreateAccessEntry on cluster my-cluster: ${ownerAllows} in the role's policy, and to see whether a service control policy or a VPC endpoint policy denies it`,
  ],
  [
    'credentials that have ended',
    'CreateAccessEntry',
    'ExpiredTokenException',
    'x-amz-security-token:5ecre7',
    `AccessDenied: EKS did not accept the credentials of the provider's role for eks:CreateAccessEntry on cluster my-cluster (ExpiredTokenException): they are missing, expired, or not signed as EKS wants; run the stack operation again, and see that the function's role exists`,
  ],
  [
    'GT-94: a policy that is not known',
    'AssociateAccessPolicy',
    NOT_FOUND,
    "The specified policyArn could not be found. You can view your available access policies with 'list-access-policies'",
    'InvalidRequest: AccessPolicies has arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy, which EKS does not know in this Region: aws eks list-access-policies shows the names',
  ],
  ...(
    [
      ['GT-94', PARAMETER, 'The policyArn parameter format is not valid'],
      ['GT-97', PARAMETER, 'At least 1 namespace must be provided if the type is set as namespace'],
      ['GT-97', PARAMETER, 'accessScope should not include namespaces if the type is not set as namespace'],
      ['GT-98', REQUEST, 'This operation can only be performed on Access Entries with a type of "STANDARD"'],
      ['GT-99', PARAMETER, 'The specified policyArn can only be associated with service-linked roles'],
      ['GT-112', REQUEST, 'No more than 20 access policies can be associated with an access entry'],
    ] as const
  ).map(([what, error, rule]): Row => [
    `${what}: policy, ${rule}`,
    'AssociateAccessPolicy',
    error,
    rule,
    `InvalidRequest: AccessPolicies is ${policy}, which EKS refuses ${on}: ${rule}; correct it, or remove it`,
  ]),
  [
    'GT-112: policy, the limit is exceeded',
    'AssociateAccessPolicy',
    'ResourceLimitExceededException',
    'The limit of access policies is exceeded',
    `InvalidRequest: the access entry of ${ROLE} on cluster my-cluster takes no more access policies, of which EKS allows 20: remove some from AccessPolicies; EKS says: The limit of access policies is exceeded`,
  ],
  [
    'GT-110: an entry that does not appear',
    'AssociateAccessPolicy',
    NOT_FOUND,
    "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
    `NotStabilized: EKS does not show the access entry of ${ROLE} on cluster my-cluster that was just made: run the stack operation again`,
  ],
  [
    'an association that is denied',
    'AssociateAccessPolicy',
    DENIED,
    iam('eks:AssociateAccessPolicy', ENTRY),
    `AccessDenied: the provider's role may not do eks:AssociateAccessPolicy on ${entries}: ${ownerAllows} (IAM: ${iam('eks:AssociateAccessPolicy', ENTRY)})`,
  ],
  [
    'a look at the cluster that is denied',
    'DescribeCluster',
    DENIED,
    iam('eks:DescribeCluster', 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster'),
    `AccessDenied: the provider's role may not do eks:DescribeCluster on cluster my-cluster: ${ownerAllows} (IAM: ${iam('eks:DescribeCluster', 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster')})`,
  ],
  [
    'a cluster that is not there',
    'DescribeCluster',
    NOT_FOUND,
    'No cluster found for name: my-cluster.',
    'NotFound: there is no cluster "my-cluster" in account 111122223333, region us-east-1: check the name in Cluster (ClusterName); a provider serves its own account and Region',
  ],
  [
    'a name that no cluster has',
    'DescribeCluster',
    PARAMETER,
    'clusterName is not valid',
    'InvalidRequest: Cluster is "my-cluster", which EKS refuses: clusterName is not valid; write the name of a cluster',
  ],
  [
    'a look at the entry that is denied',
    'DescribeAccessEntry',
    DENIED,
    iam('eks:DescribeAccessEntry', ENTRY),
    `AccessDenied: the provider's role may not do eks:DescribeAccessEntry on ${entries}: ${ownerAllows} (IAM: ${iam('eks:DescribeAccessEntry', ENTRY)})`,
  ],
];

const OF_AN_UPDATE: readonly Row[] = [
  [
    'GT-84: user name',
    'UpdateAccessEntry',
    PARAMETER,
    'The username must not begin with aws:',
    `InvalidRequest: UserName is "other", which EKS refuses ${on}: The username must not begin with aws:; write another one, or leave it out`,
  ],
  [
    'ResourceInUse',
    'UpdateAccessEntry',
    'ResourceInUseException',
    'The specified access entry resource is already in use on this cluster.',
    `ResourceConflict: the access entry of ${ROLE} on cluster my-cluster is being changed by another caller: run the stack operation again`,
  ],
  [
    'a tag that EKS does not take',
    'TagResource',
    'BadRequestException',
    'Invalid resource ARN',
    `InvalidRequest: RoleArn is "${ROLE}", which EKS refuses ${on}: Invalid resource ARN; correct it, or map another principal`,
  ],
  [
    'a disassociation that is denied',
    'DisassociateAccessPolicy',
    DENIED,
    iam('eks:DisassociateAccessPolicy', ENTRY),
    `AccessDenied: the provider's role may not do eks:DisassociateAccessPolicy on ${entries}: ${ownerAllows} (IAM: ${iam('eks:DisassociateAccessPolicy', ENTRY)})`,
  ],
  [
    'a type that may not be made: the entry comes back (GT-92)',
    'CreateAccessEntry',
    DENIED,
    iam('iam:PassRole', ROLE),
    `AccessDenied: the provider's role may not do iam:PassRole on ${ROLE}, which eks:CreateAccessEntry on cluster my-cluster needs: ${ownerAllows} (IAM: ${iam('iam:PassRole', ROLE)})`,
    node,
  ],
];

const TYPES = { ClusterName: 'Custom::EksAccessEntry', Cluster: 'Custom::EksMapRolesEntry' };
const resourceTypeOf = (properties: object) =>
  'ClusterName' in properties ? TYPES.ClusterName : TYPES.Cluster;
const titled = (rows: readonly Row[]) => rows.map((row) => [row[0], row] as const);
const told = (reason: string, operation: string) => `${reason} (${operation}, request id req-7) (log group `;

describe('a Create', () => {
  test.each(titled(OF_A_CREATE))(
    '%s',
    async (_, [, operation, error, message, reason, properties = role]) => {
      answering(operation, error, message);
      const answer = await world.send({
        type: 'Create',
        resourceType: resourceTypeOf(properties),
        properties: { ...properties },
      });
      expect(answer).toMatchObject({
        Status: 'FAILED',
        PhysicalResourceId: expect.stringMatching(/^create-failed\|/) as string,
      });
      expect(answer.Reason?.slice(0, told(reason, operation).length)).toBe(told(reason, operation));
      expect(answer.Reason).not.toContain('5ecre7');
      expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
    },
  );
});

describe('an Update', () => {
  test.each(titled(OF_AN_UPDATE))(
    '%s',
    async (_, [, operation, error, message, reason, change = { UserName: 'other' }]) => {
      world.resourceStatus = 'CREATE_IN_PROGRESS';
      const { PhysicalResourceId: physicalId } = await world.send({
        type: 'Create',
        properties: role,
        age: 10,
      });
      const before = world.cluster.accessEntry(ROLE);
      world.resourceStatus = 'UPDATE_IN_PROGRESS';
      world.liveId = physicalId;
      answering(operation, error, message);
      if (operation === 'CreateAccessEntry') deniedForNodesAlone();
      const wanted = 'Type' in change ? change : { ...role, AccessPolicies: [], ...change };
      const answer = await world.send({ type: 'Update', properties: { ...wanted }, old: role, physicalId });
      expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: physicalId });
      expect(said(answer).slice(0, told(reason, operation).length)).toBe(told(reason, operation));
      // One that had to be made again has an ARN of its own.
      const after = { ...world.cluster.accessEntry(ROLE), accessEntryArn: before?.accessEntryArn };
      expect(after).toEqual(before);
    },
  );

  /** The reason, without what is added where the time was over in the middle of a call that is tried again until then. */
  function said({ Reason = '' }: Answer): string {
    return Reason.replace(/; what had been written could not be taken back: .*?(?= \(log group )/, '');
  }

  /** What comes back is made by the same operation. */
  function deniedForNodesAlone(): void {
    const respond = fault?.respond ?? { status: 403 };
    fault = undefined;
    world.aws.controlPlane.eks.injectFault({
      times: 50,
      match: ({ method, path, body }) =>
        EKS_OPERATIONS.CreateAccessEntry.test(`${method} ${path}`) && body.toString().includes('EC2_LINUX'),
      respond,
    });
  }
});

test('the longest values fit into the answer, and the request id is still told', async () => {
  const Groups = Array.from({ length: 20 }, (_, index) => `${index}-${'é'.repeat(60)}`);
  answering('CreateAccessEntry', PARAMETER, `The kubernetes group name ${'é'.repeat(2_000)} is invalid`);
  const answer = await world.send({ type: 'Create', properties: { ...role, Groups } });
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(4096);
  expect(answer.Reason).toMatch(
    /^InvalidRequest: Groups is .*remove what it names.*request id req-7\) \(log group /,
  );
});

test('where associations may not be read, a Create cannot be taken back either, and answers with the real id', async () => {
  answering('ListAssociatedAccessPolicies', DENIED, iam('eks:ListAssociatedAccessPolicies', ENTRY));
  const answer = await world.send({ type: 'Create', properties: role });
  expect(answer).toMatchObject({
    Status: 'FAILED',
    PhysicalResourceId: 'role|my-cluster|arn:aws:iam::111122223333:role/foo',
    Reason: expect.stringMatching(
      /^AccessDenied: the provider's role may not do eks:ListAssociatedAccessPolicies on the access entries .*; what had been written could not be taken back: /,
    ) as string,
  });
});

test('a Delete that is denied says which call', async () => {
  world.resourceStatus = 'CREATE_IN_PROGRESS';
  const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties: role });
  answering('DeleteAccessEntry', DENIED, iam('eks:DeleteAccessEntry', ENTRY));
  const answer = await world.send({ type: 'Delete', properties: role, physicalId });
  expect(answer.Reason).toContain(
    `AccessDenied: the provider's role may not do eks:DeleteAccessEntry on ${entries}: ${ownerAllows} (IAM: User:`,
  );
  expect(world.cluster.accessEntry(ROLE)).toBeDefined();
});
