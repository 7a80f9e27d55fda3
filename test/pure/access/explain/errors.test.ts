/** Errors that people are told, as questions: what each means, about whom it is, and that nothing is claimed beyond. */
import { askedIn, inViewOf } from '../../../../access/explain/asked-in-error';
import { ERROR_HELP, errorHelpFor } from '../../../../access/explain/help/error-help';
import { HELP } from '../../../../access/explain/help/help';
import { explain } from '../../../../access/explain/explain';
import { rulesNear } from '../../../../access/explain/help/search-help';
import { seenAwsAuth } from './seen';

const ARN = 'arn:aws:iam::111122223333:role/dev';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/dev/jane';
const cluster = {
  awsAuth: seenAwsAuth({
    mapRoles: `- {rolearn: "${ARN}", username: "dev:{{SessionName}}"}\n- {rolearn: "${ARN}s", username: plain}\n- {rolearn: "${ARN}2", username: "system:node:{{EC2PrivateDNSName}}"}\n`,
    // Whose identities log in under their own ARNs: it has no user name.
    mapAccounts: '- "444455556666"\n',
  }),
};

/** The text, words of what it means, and whom it is about: `itself` where it has an ARN. */
const SAID: readonly (readonly [text: string, meaning: string, caller: string | undefined])[] = [
  ['error: You must be logged in to the server (Unauthorized)', 'does not know the caller', undefined],
  [
    'Error: Kubernetes cluster unreachable: the server has asked for the client to provide credentials',
    'does not know the caller',
    undefined,
  ],
  ['error: the server doesn\'t have a resource type "svc"', 'does not know the caller', undefined],
  [
    `level=warning msg="access denied" arn="${ARN}" error="identity is not mapped"`,
    'does not know the caller',
    'itself',
  ],
  [
    'Error from server (Forbidden): nodes is forbidden: User "dev:jane" cannot list resource "nodes" in API group "" at the cluster scope',
    'RBAC refuses',
    SESSION,
  ],
  ['pods is forbidden: User \\"plain\\" cannot list resource \\"pods\\"', 'RBAC refuses', `${ARN}s`],
  ['pods is forbidden: User "nobody-here" cannot list resource "pods"', 'RBAC refuses', undefined],
  [`pods is forbidden: User "${SESSION}" cannot list resource "pods"`, 'RBAC refuses', 'itself'],
  [
    'Error from server (Forbidden): namespaces is forbidden: User "system:node:ip-10-0-0-1.ec2.internal" cannot list resource "namespaces"',
    'made as a node',
    `${ARN}2`,
  ],
  [
    'configmaps "aws-auth" is forbidden: User "system:serviceaccount:ci:runner" cannot get resource "configmaps"',
    'A pod asked as its service account',
    undefined,
  ],
  ['services is forbidden: User "system:anonymous" cannot get services/proxy', 'without a token', undefined],
  [
    `User: ${SESSION} is not authorized to perform: eks:DescribeCluster on resource: arn:aws:eks:us-west-2:111122223333:cluster/prod`,
    'IAM refuses a call of AWS',
    'itself',
  ],
  [
    `An error occurred (AccessDenied) when calling the AssumeRole operation: User: ${ARN} is not authorized to perform: sts:AssumeRole on resource: ${ARN}s`,
    'STS refuses the role',
    `${ARN}s`,
  ],
  ['The security token included in the request is expired', 'no longer valid', undefined],
  ['could not get token: NoCredentialProviders: no valid providers in chain', 'no credentials', undefined],
  [
    'Your current user or role does not have access to Kubernetes objects on this EKS cluster.',
    'The console asks',
    undefined,
  ],
  [
    "Your current IAM principal doesn't have access to Kubernetes objects on this cluster.",
    'The console asks',
    undefined,
  ],
  ['AccessDenied: The aws-auth ConfigMap in your cluster is invalid.', 'EKS cannot read aws-auth', undefined],
  [
    'Misconfigured Fargate Profile: fargate profile x blocked for new launches due to: Pod execution role is not found in auth config or does not have all required permissions for launching fargate pods.',
    'pod execution role',
    undefined,
  ],
  [
    'InvalidParameterException: The specified principalArn is invalid: invalid principal.',
    'finds no role or user',
    undefined,
  ],
  ['The principalArn parameter format is not valid', 'finds no role or user', undefined],
  [
    'The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role',
    'service-linked',
    undefined,
  ],
  [
    'ResourceNotFoundException: The specified principalArn could not be found.',
    'no access entry for this ARN',
    undefined,
  ],
  [
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    'mode CONFIG_MAP',
    undefined,
  ],
  ['Unable to connect to the server: dial tcp 10.0.12.13:443: i/o timeout', 'was not reached', undefined],
  ['error: exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"', 'do not fit', undefined],
  [
    'kind: Config\nusers:\n- name: arn:aws:eks:us-east-2:111122223333:cluster/prod\n  user:\n    exec:\n      args: [eks, get-token]\n',
    'This is a kubeconfig',
    undefined,
  ],
  [
    `users:\n- user:\n    exec:\n      args: [eks, get-token, --role-arn, ${ARN}]\n`,
    'This is a kubeconfig',
    'itself',
  ],
  ['x509: certificate signed by unknown authority', 'Something else answers', undefined],
  ['NodeCreationFailure: Instances failed to join the kubernetes cluster', 'A node did not join', undefined],
  [
    'kubelet[3214]: E0606 19:33:03.8 3214 kubelet_node_status.go:96] "Unable to register node with API server" err="Unauthorized"',
    'A node did not join',
    undefined,
  ],
  [
    'reflector.go:205] kubernetes/pkg/kubelet/kubelet.go:461: Failed to list *v1.Node: Unauthorized',
    'A node did not join',
    undefined,
  ],
  ['SessionName did not contain an instance id', 'the user name of a node', undefined],
  ['nodes "a" is forbidden: node "b" is not allowed to modify node "a"', 'name of another node', undefined],
  [
    'Error from server: error dialing backend: remote error: tls: internal error',
    'the kubelet of the node',
    undefined,
  ],
  ['Failed to pull image "x": 401 Unauthorized', 'A registry refuses', undefined],
  ['Not authorized to perform sts:AssumeRoleWithWebIdentity', 'token of a pipeline', undefined],
  [
    'AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code',
    'a second factor',
    undefined,
  ],
  [
    'sts getCallerIdentity failed: error from AWS (expected 200, got 403)',
    'STS does not take the token',
    undefined,
  ],
  ['The config profile (prod) could not be found', 'lacks a profile', undefined],
  [
    'Unable to connect to the server: getting credentials: exec: executable aws failed with exit code 255',
    'The command of the kubeconfig',
    undefined,
  ],
  [
    'Error when retrieving token from sso: Token has expired and refresh failed\nUnable to connect to the server: getting credentials: exec: executable aws failed with exit code 255',
    'no longer valid',
    undefined,
  ],
  ['ResourceNotFoundException: No cluster found for name: prod.', 'There is no such cluster', undefined],
  [
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    'no kubeconfig',
    undefined,
  ],
  [
    'Post "http://localhost/api/v1/namespaces": dial tcp 127.0.0.1:80: connect: connection refused',
    'no kubeconfig',
    undefined,
  ],
  [
    `AccessDeniedException: User: ${ARN} is not authorized to perform: iam:PassRole on resource: ${ARN}s`,
    'IAM refuses a call of AWS',
    'itself',
  ],
  [
    'ResourceInUseException: The specified access entry resource is already in use on this cluster.',
    'has an access entry already',
    undefined,
  ],
  [
    'The kubernetes group name system:masters is invalid, it cannot start with system:',
    'EKS lets nobody give',
    undefined,
  ],
  ['The username must not begin with system:', 'EKS lets nobody give', undefined],
  [
    'This operation can only be performed on Access Entries with a type of "STANDARD"',
    'STANDARD alone',
    undefined,
  ],
  [
    'The policyArn is not valid: arn:aws:eks::aws:cluster-access-policy/Admin',
    'no access policy of EKS',
    undefined,
  ],
  [
    'admission webhook "eks-aws-auth-configmap-validation-webhook.amazonaws.com" denied the request',
    'The check that EKS has',
    undefined,
  ],
  ['error converting YAML to JSON: yaml: line 13: did not find expected key', 'is not the YAML', undefined],
  [
    'Operation cannot be fulfilled on configmaps "aws-auth": the object has been modified',
    'Another tool wrote',
    undefined,
  ],
  ['Error: configmaps "aws-auth" already exists', 'aws-auth is there', undefined],
  ['Error: The configmap "aws-auth" does not exist', 'There is no aws-auth', undefined],
  ['pods is forbidden: User "" cannot list resource "pods"', 'an empty user name', undefined],
  [
    'pods is forbidden: User "plain" cannot list resource "pods": RBAC: clusterrole.rbac.authorization.k8s.io "edti" not found',
    'names a role that does not exist',
    `${ARN}s`,
  ],
  [
    'roles "x" is forbidden: user "plain" (groups=["devs"]) is attempting to grant RBAC permissions not currently held',
    'rights that they do not have',
    `${ARN}s`,
  ],
  [
    'users "x" is forbidden: User "plain" cannot impersonate resource "users"',
    'needs the right to impersonate',
    `${ARN}s`,
  ],
  ['error: Metrics API not available', 'metrics-server', undefined],
  // awslabs/amazon-eks-ami#1837, aws/karpenter-provider-aws#1225, eksctl-io/eksctl#2792
  [
    'Failed to contact API server when waiting for CSINode publishing: Unauthorized',
    'A node did not join',
    undefined,
  ],
  [
    'controller.go:145] "Failed to ensure lease exists, will retry" err="Unauthorized" interval="7s"',
    'A node did not join',
    undefined,
  ],
  [
    'Error: timed out (after 25m0s) waiting for at least 1 nodes to join the cluster and become ready in "ng"',
    'A node did not join',
    undefined,
  ],
  // eksctl-io/eksctl#1907
  [
    `level=warning msg="access denied" arn="${ARN}" error="ARN is not mapped: ${ARN}"`,
    'does not know the caller',
    'itself',
  ],
  // aws/containers-roadmap#236
  ['Windows pods not able to resolve internal services', 'kube-proxy of Windows nodes', undefined],
  // argoproj/argo-cd#13557
  [
    'getting credentials: decoding stdout: no kind "ExecCredential" is registered for version "client.authentication.k8s.io/v1alpha1"',
    'do not fit',
    undefined,
  ],
  // pulumi/pulumi-eks#892
  [
    "getting credentials: decoding stdout: couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value",
    'The command of the kubeconfig',
    undefined,
  ],
  // terraform-aws-modules/terraform-aws-eks#145
  [
    'could not get token: AccessDenied: Access denied\nUnable to connect to the server: getting token: exec: exit status 1',
    'The command of the kubeconfig',
    undefined,
  ],
  [
    'Unable to connect to the server: getting credentials: exec: fork/exec /usr/local/bin/aws-iam-authenticator: exec format error',
    'The command of the kubeconfig',
    undefined,
  ],
  [
    'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access',
    'IAM Identity Center does not give',
    undefined,
  ],
  ['(403) User is not authorized to assume IAM Role', 'STS refuses the role', undefined],
  // terraform-aws-modules/terraform-aws-eks#3286
  ['Access Entry username cannot start with "session".', 'colon before {{SessionName}}', undefined],
  [
    'Unsupported authentication mode update from API to API_AND_CONFIG_MAP',
    'one way and one step',
    undefined,
  ],
  // eksctl-io/eksctl#7446
  ['Error: accessEntries[0].policyARN must be set to a valid AWS ARN', 'no access policy of EKS', undefined],
];

test.each(SAID)('%s', (text, meaning, caller) => {
  expect(askedIn(text, cluster)).toEqual({
    meaning: expect.stringContaining(meaning) as string,
    caller: caller === 'itself' ? text : caller,
  });
});

const FORBIDDEN = (user: string) => `pods is forbidden: User "${user}" cannot list resource "pods"`;

test('who is refused by RBAC is logged in, whatever the document says', () => {
  const told = (text: string) => inViewOf(text, explain(cluster, text));
  // aws/containers-roadmap#2682
  expect(told(FORBIDDEN('arn:aws-us-gov:sts::111122223333:assumed-role/austin/x'))).toMatchObject({
    verdict: 'CANNOT SAY',
    fix: undefined,
    steps: [{}, {}, { label: 'error' }],
  });
  expect(told(FORBIDDEN(SESSION))).toMatchObject({
    verdict: 'YES',
    steps: [{}, {}, {}, {}, { text: `its user is ${SESSION}, which this entry does not give` }],
  });
  expect(inViewOf(FORBIDDEN('plain'), explain(cluster, `${ARN}s`))).toEqual(explain(cluster, `${ARN}s`));
  const refused = `error: You must be logged in to the server (Unauthorized) ${ARN}9`;
  expect(told(refused)).toEqual(explain(cluster, refused));
});

test('of a session the user name is the same with what login makes of @', () => {
  const named = `- {rolearn: "${ARN}", username: "arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}"}\n`;
  const text = FORBIDDEN('arn:aws:sts::111122223333:assumed-role/dev/jane@example.com');
  const answer = explain({ awsAuth: seenAwsAuth({ mapRoles: named }) }, text);
  expect(answer.as?.userName).toBe('arn:aws:sts::111122223333:assumed-role/dev/jane-example.com');
  expect(inViewOf(text, answer)).toBe(answer);
});

test('a user name alone tells whom it is of', () => {
  expect(askedIn('User "dev:jane"', cluster)).toEqual({ meaning: undefined, caller: SESSION });
  expect(askedIn('User "foo:jane"', cluster)).toEqual({ meaning: undefined, caller: undefined });
  expect(askedIn('User "system:serviceaccount:ci:runner"', cluster)).toEqual({
    meaning: expect.stringContaining('as its service account') as string,
    caller: undefined,
  });
});

test('who is meant by a user name: of those who get in, and only where it is one', () => {
  const entries = [
    [ARN, 'old'],
    [ARN, 'new'],
    [`${ARN}a`, 'team'],
    [`${ARN}b`, 'team'],
    [`${ARN}c`, '"{{AccountID}}:x"'],
  ].map(([arn, name]) => `- {rolearn: "${arn}", username: ${name}}\n`);
  const twice = { awsAuth: seenAwsAuth({ mapRoles: entries.join('') }) };
  const caller = (user: string) => askedIn(FORBIDDEN(user), twice).caller;
  expect(caller('new')).toBe(ARN);
  // The first entry does not count: its user name comes from elsewhere.
  expect(caller('old')).toBeUndefined();
  expect(caller('team')).toBeUndefined();
  expect(caller('111122223333:x')).toBe(`${ARN}c`);
});

test('of a kubeconfig the role is asked about, and not its cluster', () => {
  const question = `- name: arn:aws:eks:us-east-2:111122223333:cluster/prod\n  args: [get-token, --role-arn, ${ARN}]`;
  expect(explain(cluster, question).lookedUp).toBe(ARN);
});

test('what is no known error is a question as it was', () => {
  expect(askedIn('who am I', cluster).meaning).toBeUndefined();
  expect(errorHelpFor('role/dev')).toBeUndefined();
});

test('every help is in sentences, reached by a text above, and names rules', () => {
  const reached = new Set(SAID.map(([text]) => errorHelpFor(text)));
  expect(ERROR_HELP.filter((help) => !reached.has(help)).map(({ meaning }) => meaning)).toEqual([]);
  for (const { meaning, look, rules } of ERROR_HELP) {
    expect([meaning, ...look].filter((text) => !/^[A-Za-z].*\.$/s.test(text))).toEqual([]);
    expect(look.length).toBeGreaterThan(0);
    expect(rules.filter((rule) => !(rule in HELP))).toEqual([]);
  }
});

test('other words find the rules that have them', () => {
  expect(rulesNear('the dash is indented further than its neighbours')[0]).toBe('item-folded');
  expect(rulesNear('xyzzy')).toEqual([]);
  expect(rulesNear('401 (x509)')).toEqual([]);
});
