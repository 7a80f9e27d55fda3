/**
 * Rules of the EKS API (part C of docs/rules.md) that no vector of `test/fixtures/eks-api-vectors.json` tries, in the same form.
 * Where no text of the service is known, none is expected.
 */
const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/my-role`;
const FOREIGN = 'arn:aws:iam::999999999999:role/theirs';
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKS';
const NODES = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'EC2'];
const MODE =
  "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";

type Expected =
  | { readonly accept: true; readonly response?: Readonly<Record<string, unknown>> }
  | { readonly accept: false; readonly errorName?: string; readonly message?: string };

const accepted = (response?: Readonly<Record<string, unknown>>): Expected => ({
  accept: true,
  ...(response ? { response } : {}),
});
const refused = (message?: string, errorName = 'InvalidParameterException'): Expected => ({
  accept: false,
  errorName,
  ...(message === undefined ? {} : { message }),
});

const create = (name: string, request: object, expected: Expected) => ({
  name,
  operation: 'CreateAccessEntry',
  request: { clusterName: 'c', principalArn: ROLE, ...request },
  clusterState: { authenticationMode: 'API' },
  expect: expected.accept ? { httpStatus: 200, ...expected } : expected,
});

const associate = (
  name: string,
  policyArn: string,
  accessScope: object,
  expected: Expected,
  type = 'STANDARD',
) => ({
  name,
  operation: 'AssociateAccessPolicy',
  request: { clusterName: 'c', principalArn: ROLE, policyArn, accessScope },
  clusterState: { authenticationMode: 'API', existing: { type } },
  expect: expected.accept ? { httpStatus: 200, ...expected } : expected,
});

const tags = (count: number, key = 'k', value = 'v') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${key}${index}`, value]));
const namespaces = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

export const RULES = [
  create('GT-72-tag-aws-in-capitals', { tags: { 'AWS:x': '1' } }, refused()),
  create('GT-72-tag-key-too-long', { tags: { ['k'.repeat(129)]: '1' } }, refused()),
  create('GT-72-tag-value-too-long', { tags: { k: 'v'.repeat(257) } }, refused()),
  create('GT-72-51-tags', { tags: tags(51) }, refused()),
  create('GT-72-40-tags', { tags: tags(40, 'k'.repeat(126), 'v'.repeat(256)) }, accepted()),
  ...NODES.map((type) =>
    create(
      `GT-77-service-linked-role-${type}`,
      {
        principalArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
        type,
      },
      refused(
        'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role',
        'InvalidRequestException',
      ),
    ),
  ),
  create('GT-78-cross-account-STANDARD', { principalArn: FOREIGN }, accepted({ type: 'STANDARD' })),
  ...['EC2_LINUX', 'FARGATE_LINUX', 'EC2'].map((type) =>
    create(
      `GT-78-cross-account-${type}`,
      { principalArn: FOREIGN, type },
      refused(
        `AccessEntry principalArn must be from the same account as the cluster when using types [${NODES.join(', ')}]`,
      ),
    ),
  ),
  create('GT-80-type-in-small-letters', { type: 'ec2_linux' }, refused()),
  create(
    'GT-81-user-in-a-path',
    { principalArn: `arn:aws:iam::${ACCOUNT}:user/team/jane` },
    accepted({ username: `arn:aws:iam::${ACCOUNT}:user/team/jane` }),
  ),
  create(
    'GT-81-role-in-a-path',
    { principalArn: `arn:aws:iam::${ACCOUNT}:role/team/dev` },
    accepted({ username: `arn:aws:sts::${ACCOUNT}:assumed-role/dev/{{SessionName}}` }),
  ),
  create(
    'GT-81-HYBRID_LINUX',
    { type: 'HYBRID_LINUX' },
    accepted({ username: 'system:node:{{SessionName}}' }),
  ),
  create('GT-82-EC2_LINUX', { type: 'EC2_LINUX' }, accepted({ kubernetesGroups: ['system:nodes'] })),
  ...NODES.map((type) =>
    create(
      `GT-83-groups-${type}`,
      { type, kubernetesGroups: ['a'] },
      refused(
        `The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "${type}"`,
      ),
    ),
  ),
  ...NODES.filter((type) => type !== 'EC2_LINUX').map((type) =>
    create(
      `GT-83-username-${type}`,
      { type, username: 'x' },
      refused(
        `The specified username is invalid: setting username is not allowed when the type is "${type}"`,
      ),
    ),
  ),
  create('GT-84-username-iam', { username: 'iam:x' }, refused('The username must not begin with iam:')),
  create('GT-84-username-system-without-colon', { username: 'system' }, accepted({ username: 'system' })),
  create('GT-84-username-prefix-in-the-middle', { username: 'x:system:y' }, accepted()),
  create('GT-85-raw-without-colon', { username: 'x{{SessionNameRaw}}' }, refused()),
  create(
    'GT-85-second-template-after-colon',
    { username: 'x:{{SessionName}}-{{SessionNameRaw}}' },
    accepted(),
  ),
  create('GT-85-account-and-key', { username: 'x-{{AccountID}}-{{AccessKeyID}}' }, accepted()),
  create(
    'GT-86-group-eks',
    { kubernetesGroups: ['eks:x'] },
    refused('The kubernetes group name eks:x is invalid, it cannot start with eks:'),
  ),
  create('GT-86-group-system-without-colon', { kubernetesGroups: ['system', 'my:system:x'] }, accepted()),
  create(
    'GT-76-federated-user',
    { principalArn: `arn:aws:sts::${ACCOUNT}:federated-user/x` },
    refused('The principalArn parameter format is not valid'),
  ),
  create(
    'GT-76-group',
    { principalArn: `arn:aws:iam::${ACCOUNT}:group/x` },
    refused('The principalArn parameter format is not valid'),
  ),
  create(
    'GT-76-instance-profile',
    { principalArn: `arn:aws:iam::${ACCOUNT}:instance-profile/x` },
    refused('The principalArn parameter format is not valid'),
  ),
  create(
    'GT-74-another-partition',
    { principalArn: `arn:aws-cn:iam::${ACCOUNT}:role/x` },
    refused('The specified principalArn is invalid: invalid principal.'),
  ),
  ...['aws-cn', 'aws-us-gov'].map((partition) =>
    associate(
      `GT-94-policy-of-${partition}`,
      `${POLICY}ViewPolicy`.replace('arn:aws:', `arn:${partition}:`),
      { type: 'cluster' },
      refused(
        "The specified policyArn could not be found. You can view your available access policies with 'list-access-policies'",
        'ResourceNotFoundException',
      ),
    ),
  ),
  associate('GT-97-scope-of-no-type', `${POLICY}ViewPolicy`, { type: 'Cluster' }, refused()),
  associate(
    'GT-97-all-namespaces-by-a-wildcard',
    `${POLICY}ViewPolicy`,
    { type: 'namespace', namespaces: ['*'] },
    accepted(),
  ),
  associate('GT-98-EC2-with-its-policy', `${POLICY}AutoNodePolicy`, { type: 'cluster' }, accepted(), 'EC2'),
  ...['EC2', 'EC2_WINDOWS', 'FARGATE_LINUX'].map((type) =>
    associate(
      `GT-98-view-on-${type}`,
      `${POLICY}ViewPolicy`,
      { type: 'cluster' },
      refused(
        'This operation can only be performed on Access Entries with a type of "STANDARD"',
        'InvalidRequestException',
      ),
      type,
    ),
  ),
  ...['ComputeCluster', 'ClusterInsights'].map((name) =>
    associate(
      `GT-99-${name}`,
      `${POLICY}${name}Policy`,
      { type: 'cluster' },
      refused('The specified policyArn can only be associated with service-linked roles'),
    ),
  ),
  associate(
    'GT-112-25-namespaces',
    `${POLICY}ViewPolicy`,
    { type: 'namespace', namespaces: namespaces(25) },
    accepted(),
  ),
  associate(
    'GT-112-26-namespaces',
    `${POLICY}ViewPolicy`,
    { type: 'namespace', namespaces: namespaces(26) },
    refused(),
  ),
  associate(
    'GT-112-wildcard-in-the-middle',
    `${POLICY}ViewPolicy`,
    { type: 'namespace', namespaces: ['a*b'] },
    refused(),
  ),
  associate(
    'GT-112-wildcard-first',
    `${POLICY}ViewPolicy`,
    { type: 'namespace', namespaces: ['*-dev'] },
    refused(),
  ),
  {
    ...associate(
      'GT-103-associate',
      `${POLICY}ViewPolicy`,
      { type: 'cluster' },
      refused(MODE, 'InvalidRequestException'),
    ),
    clusterState: { authenticationMode: 'CONFIG_MAP' },
  },
];
