/** Values that have the right form and that AWS refuses all the same: two tables, of what is refused and of what stays. */
import { type Harness, reasonOf, startHarness, TOKEN } from './harness';

let cf: Harness;
beforeAll(async () => {
  cf = await startHarness();
});
afterAll(() => cf.stop());

const allow = 'Effect: Allow, Action: sts:AssumeRole';
const trust = `AssumeRolePolicyDocument: {Statement: {${allow}, Principal: {Service: ec2.amazonaws.com}}}`;
const subnet = (name: string, zone: string): string =>
  `${name}: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-0123456789abcdef0, CidrBlock: 10.0.${name.charCodeAt(0)}.0/24${zone}}}`;
const cluster = (properties: string, subnets = '[s-1, s-2]'): string =>
  `X: {Type: AWS::EKS::Cluster, Properties: {RoleArn: !Sub 'arn:\${AWS::Partition}:iam::1:role/c', ResourcesVpcConfig: {SubnetIds: ${subnets}}, ${properties}}}`;
const of = (type: string, properties: string): string =>
  `X: {Type: AWS::${type}, Properties: {${properties}}}`;
const role = (properties: string): string => of('IAM::Role', `${trust}, ${properties}`);
const trusted = (statement: string): string =>
  of('IAM::Role', `AssumeRolePolicyDocument: {Statement: [{${statement}}]}`);
const may = (statement: string): string =>
  of('IAM::ManagedPolicy', `PolicyDocument: {Version: '2012-10-17', Statement: [{${statement}}]}`);
const code = "Code: {ZipFile: ''}, Handler: index.handler, Role: 'arn:aws:iam::111122223333:role/r'";
const lambda = (properties: string): string =>
  of('Lambda::Function', `${code}, Runtime: nodejs24.x, ${properties}`);
const group = (min: number, desired: number, max: number): string =>
  of(
    'EKS::Nodegroup',
    `ClusterName: c, NodeRole: r, Subnets: [subnet-0123456789abcdef0], ScalingConfig: {MinSize: ${min}, DesiredSize: ${desired}, MaxSize: ${max}}`,
  );
const topic = (protocol: string, endpoint: string): string =>
  of('SNS::Topic', `Subscription: [{Protocol: ${protocol}, Endpoint: '${endpoint}'}]`);

/** One resource, and what follows its name in the sentence. */
const REFUSED: readonly (readonly [string, string])[] = [
  [
    cluster("Version: '1.3'"),
    `has Version "1.3", and EKS answers "unsupported Kubernetes version 1.3": without quotes YAML reads 1.30 as the number 1.3: write '1.30'`,
  ],
  [cluster('Version: 1.30'), `has Version 1.3, and EKS answers "unsupported Kubernetes version 1.3"`],
  [cluster('Version: v1.35'), "write the minor version in quotes, as '1.35'"],
  [cluster("Version: '1.35.2'"), 'unsupported Kubernetes version 1.35.2'],
  [
    cluster('Name: c', '[subnet-1]'),
    'has ResourcesVpcConfig.SubnetIds ["subnet-1"], and EKS answers "Subnets specified must be in at least two different AZs": give a second subnet, in another zone',
  ],
  [cluster('Name: c', '[subnet-1, subnet-1]'), 'in at least two different AZs'],
  [cluster('Name: c', '[]'), 'in at least two different AZs'],
  [
    `${cluster('Name: c', '[!Ref A, !GetAtt B.SubnetId]')}\n${subnet('A', ", AvailabilityZone: !Select [0, !GetAZs '']")}\n${subnet('B', ', AvailabilityZone: us-east-1a')}`,
    'has ResourcesVpcConfig.SubnetIds, and EKS answers "Subnets specified must be in at least two different AZs": all of them are in us-east-1a: give a subnet of another zone, too',
  ],
  [`${cluster('Name: c', '[!Ref A, !Ref A]')}\n${subnet('A', '')}`, 'in at least two different AZs'],
  [
    cluster('AccessConfig: {AuthenticationMode: API_AND_CONFIGMAP}'),
    'has AccessConfig.AuthenticationMode "API_AND_CONFIGMAP", and AWS::EKS::Cluster takes one of CONFIG_MAP, API_AND_CONFIG_MAP, API there: did you mean "API_AND_CONFIG_MAP"?',
  ],
  [
    cluster("AccessConfig: {BootstrapClusterCreatorAdminPermissions: 'yes'}"),
    'has AccessConfig.BootstrapClusterCreatorAdminPermissions as "yes", and AWS::EKS::Cluster takes true or false there',
  ],
  [cluster('Name: my.cluster'), 'has Name "my.cluster"'],
  [
    group(3, 2, 4),
    `has ScalingConfig.MinSize 3, and EKS answers "Minimum capacity 3 can't be greater than desired size 2": make DesiredSize 3 or more`,
  ],
  [group(1, 5, 4), "desiredSize can't be greater than maxSize"],
  [
    group(0, 0, 0),
    'has ScalingConfig.MaxSize 0, and AWS::EKS::Nodegroup takes a whole number from 1 on there',
  ],
  [
    of(
      'EKS::AccessEntry',
      'ClusterName: c, PrincipalArn: p, AccessPolicies: [{PolicyArn: p, AccessScope: {Type: Namespace}}]',
    ),
    'has AccessPolicies.0.AccessScope.Type "Namespace", and AWS::EKS::AccessEntry takes one of namespace, cluster there: did you mean "namespace"?',
  ],
  [
    role('ManagedPolicyArns: [AdministratorAccess]'),
    'has ManagedPolicyArns.0 "AdministratorAccess", and IAM answers "ARN AdministratorAccess is not valid.": write the ARN, as arn:aws:iam::aws:policy/AdministratorAccess for a policy of AWS',
  ],
  [
    of('IAM::User', "ManagedPolicyArns: ['arn:aws:iam:aws:policy/ReadOnlyAccess']"),
    'the ARN of a policy is arn:aws:iam::aws:policy/NAME or arn:aws:iam::ACCOUNT:policy/NAME',
  ],
  [
    role("PermissionsBoundary: 'arn:aws:iam::111122223333:role/b'"),
    'has PermissionsBoundary "arn:aws:iam::111122223333:role/b"',
  ],
  [
    role('MaxSessionDuration: 60'),
    'has MaxSessionDuration 60, and AWS::IAM::Role takes a whole number from 3600 to 43200 there',
  ],
  [role('MaxSessionDuration: 1h'), 'has MaxSessionDuration as "1h", and AWS::IAM::Role takes a number there'],
  [
    role(`RoleName: ${'r'.repeat(65)}`),
    'Member must have length less than or equal to 64": it has 65 characters',
  ],
  [
    role("RoleName: 'team role'"),
    `Value 'team role' at 'roleName' failed to satisfy constraint: Member must satisfy`,
  ],
  [
    role('Path: team'),
    'It must begin and end with / and contain only alphanumeric characters and/or / characters.": write /team/',
  ],
  [role("Path: ''"), 'write /, or leave it out'],
  [
    of('IAM::Role', "AssumeRolePolicyDocument: {Version: '2012-10-17'}"),
    'has AssumeRolePolicyDocument, and IAM answers "Syntax errors in policy.": its Statement is missing',
  ],
  [
    of('IAM::Role', 'AssumeRolePolicyDocument: {Statements: []}'),
    'a policy has no Statements: did you mean "Statement"?',
  ],
  [
    of(
      'IAM::Role',
      `AssumeRolePolicyDocument: {Version: '2012-10-18', Statement: {${allow}, Principal: '*'}}`,
    ),
    'has AssumeRolePolicyDocument.Version "2012-10-18", and IAM answers "Syntax errors in policy."',
  ],
  [trusted(`Effect: allow, Action: sts:AssumeRole, Principal: '*'`), 'Statement.0.Effect "allow"'],
  [
    trusted(allow),
    'has AssumeRolePolicyDocument.Statement.0, and IAM answers "Missing required field Principal"',
  ],
  [trusted(`${allow}, Principal: {Service: eks}`), 'Invalid principal in policy: "SERVICE":"eks"'],
  [trusted(`${allow}, Principal: {AWS: deployer}`), 'Invalid principal in policy: "AWS":"deployer"'],
  [trusted(`${allow}, Principal: {Services: a.b}`), 'did you mean "Service"?'],
  [trusted(`${allow}, Principal: '*', Resource: '*'`), 'Has prohibited field Resource'],
  [
    trusted("Effect: Allow, Action: ['eks:*'], Principal: '*'"),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [may('Effect: Allow, Resource: "*"'), 'Policy statement must contain actions.'],
  [may('Effect: Allow, Action: "eks:*"'), 'Policy statement must contain resources.'],
  [may('Effect: Allow, Action: DescribeCluster, Resource: "*"'), 'must be prefaced by a vendor'],
  [may('Effect: Allow, Action: "eks:*", Resource: demo'), 'Resource demo must be in ARN format or "*".'],
  [
    may('Effect: Allow, Action: "eks:*", Resource: "*", Principal: "*"'),
    'Policy document should not specify a principal.',
  ],
  [
    may('Effect: Allow, Actions: "eks:*", Resource: "*"'),
    'a statement has no Actions: did you mean "Action"?',
  ],
  [
    of(
      'IAM::Policy',
      "PolicyName: p, PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*'}}",
    ),
    'At least one of [Groups,Roles,Users] must be non-empty.',
  ],
  [
    lambda('Timeout: 901'),
    `'Timeout' value failed to satisfy constraint: Member must have value less than or equal to 900`,
  ],
  [lambda('MemorySize: 64'), 'Member must have value greater than or equal to 128'],
  [lambda('Architectures: [x86]'), 'takes one of x86_64, arm64 there'],
  [lambda('Environment: {Variables: {AWS_REGION: a}}'), 'Reserved keys used in this request: AWS_REGION'],
  [lambda('Environment: {Variables: {cluster-name: a}}'), 'Map keys must satisfy constraint'],
  [lambda(`Environment: {Variables: {AB: ${'a'.repeat(4095)}}}`), 'exceeded the 4KB limit.'],
  [
    of('Lambda::Function', `${code}, Runtime: nodejs24`),
    'has Runtime "nodejs24", and AWS::Lambda::Function takes the identifier of a runtime, as nodejs24.x or python3.14 there: did you mean "nodejs24.x"?',
  ],
  [of('Lambda::Function', code), 'Runtime and Handler are mandatory parameters'],
  [of('Lambda::Function', `${code}, Runtime: java21`), 'put the code of other runtimes into a bucket'],
  [lambda('Timeout: soon'), 'has Timeout as "soon", and AWS::Lambda::Function takes a number there'],
  [
    of(
      'Scheduler::Schedule',
      "ScheduleExpression: every 5 minutes, FlexibleTimeWindow: {Mode: 'OFF'}, Target: {Arn: a, RoleArn: r}",
    ),
    'has ScheduleExpression "every 5 minutes", and Scheduler answers "Invalid Schedule Expression every 5 minutes."',
  ],
  [
    of('Events::Rule', 'ScheduleExpression: rate(1 minutes)'),
    'write rate(1 minute), rate(5 minutes), or cron()',
  ],
  [
    topic('email', 'team'),
    'has Subscription.0.Endpoint "team", and SNS answers "Invalid parameter: Email address"',
  ],
  [topic('mail', 'team@example.com'), 'did you mean "email"?'],
  [topic('lambda', 'function'), 'Invalid parameter: Lambda endpoint ARN'],
  [topic('https', 'http://a.example'), 'Endpoint must match the specified protocol'],
  [
    of('Logs::LogGroup', 'RetentionInDays: 10'),
    'has RetentionInDays 10, and AWS::Logs::LogGroup takes one of 1, 3, 5',
  ],
  [of('SSM::Parameter', 'Type: SecureString, Value: v'), 'takes one of String, StringList there'],
  [of('EC2::VPC', 'CidrBlock: 10.0.0.0/8'), `The CIDR '10.0.0.0/8' is invalid.`],
  [of('EC2::VPC', 'CidrBlock: 10.0.0.0'), 'This is not a valid CIDR block.'],
  [of('EC2::SecurityGroup', `GroupDescription: the team's`), 'Invalid security group description.'],
];

test.each(REFUSED)('%s: %s', async (resources, sentence) => {
  const refused = cf.engine.createStack({ name: 'refused', template: `Resources:\n${indented(resources)}` });
  await expect(refused).rejects.toThrow(`resource X `);
  await expect(refused).rejects.toThrow(sentence);
  expect(cf.engine.stack('refused')).toBeUndefined();
});

/** In a stack with the parameters and the condition of `head`. */
const TAKEN: readonly string[] = [
  of('IAM::User', "ManagedPolicyArns: ['arn:aws:iam::aws:policy/job-function/Billing']"),
  role("ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/a/b']"),
  role("MaxSessionDuration: '3600', Path: /service-role/"),
  role('MaxSessionDuration: 43200, RoleName: a+b=c@d.e_f-g, Path: /'),
  trusted(
    `${allow}, Principal: {AWS: [111122223333, !Sub 'arn:aws:iam::\${AWS::AccountId}:root', !Ref Arn]}`,
  ),
  trusted(
    "Sid: 'a b', Effect: Deny, NotAction: sts:AssumeRole, NotPrincipal: {Federated: accounts.google.com}, Condition: {Bool: {a: true}}",
  ),
  trusted(
    "Effect: Allow, Action: ['STS:AssumeRoleWithWebIdentity', 'sts:TagSession'], Principal: {AWS: '*'}",
  ),
  of(
    'IAM::Role',
    `AssumeRolePolicyDocument: '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'`,
  ),
  may("Effect: Allow, NotAction: 'iam:*', NotResource: 'arn:aws:s3:::a/*'"),
  may(`Effect: Allow, Action: '*', Resource: !If [Never, nothing, '*']`),
  lambda(
    'Timeout: 900, MemorySize: 10240, Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: /opt/a, b1: !Ref Arn}}',
  ),
  lambda('Timeout: !If [Never, 5000, "30"], MemorySize: !If [Never, 1, !Ref AWS::NoValue]'),
  of(
    'EKS::Nodegroup',
    'ClusterName: !ImportValue c, NodeRole: r, Subnets: [subnet-0123456789abcdef0], ScalingConfig: {MinSize: 0, MaxSize: 2}',
  ),
  of('Lambda::Function', `${code}, Runtime: nodejs6.10`),
  topic('email', 'team@example.com'),
  topic('sqs', 'arn:aws-cn:sqs:cn-north-1:111122223333:q'),
  of('Events::Rule', 'ScheduleExpression: rate(1 minute)'),
  of('Events::Rule', "ScheduleExpression: 'cron(0 10 ? * MON-FRI *)'"),
  of('Logs::LogGroup', "RetentionInDays: '731'"),
  of('EC2::VPC', 'Ipv4IpamPoolId: p, Ipv4NetmaskLength: 20'),
  of('EC2::SecurityGroup', "GroupDescription: 'nodes: 443/tcp, [all] & more'"),
];

/** Clusters, which are looked at without being made: no EKS is there. */
const CLUSTERS: readonly string[] = [
  cluster("Version: '1.30', Name: c"),
  cluster('Version: 1.35, UpgradePolicy: {SupportType: STANDARD}'),
  cluster('Version: !Ref Later'),
  cluster('Name: c', '!Split [",", !ImportValue subnets]'),
  cluster('Name: c', '[!Select [0, !Split [",", !ImportValue subnets]]]'),
  cluster('OutpostConfig: {OutpostArns: [a], ControlPlaneInstanceType: m5.large}', '[s-1]'),
  cluster("AccessConfig: {AuthenticationMode: API, BootstrapClusterCreatorAdminPermissions: 'false'}"),
  `${cluster('Name: c', '[!Ref A, !Ref B]')}\n${subnet('A', '')}\n${subnet('B', '')}`,
  `${cluster('Name: c', '[!Ref A, s-1]')}\n${subnet('A', ', AvailabilityZone: us-east-1a')}`,
];

const head = `Parameters: {Arn: {Type: String, Default: 'arn:aws:iam::111122223333:role/r'}, Later: {Type: String, Default: "1.35"}}
Conditions: {Never: !Equals [a, b]}
`;

test.each([...TAKEN, ...CLUSTERS])('%s is taken', async (resources) => {
  const stack = await cf.engine.createStack({
    name: 'taken',
    template: `${head}Resources:\n${indented(resources)}`,
  });
  const reasons = stack.events.flatMap(({ status, reason = '' }) =>
    status === 'CREATE_FAILED' ? [reason] : [],
  );
  expect(reasons.filter((reason) => !/no local EKS|No export named/.test(reason))).toEqual([]);
  await cf.engine.deleteStack('taken');
});

test.each([
  [
    of('IAM::User', 'ManagedPolicyArns: [!Ref A]'),
    'Resource handler returned message: "ARN id-A is not valid. (Service: Iam, Status Code: 400)" (HandlerErrorCode: InvalidRequest; write the ARN, as arn:aws:iam::aws:policy/id-A for a policy of AWS)',
  ],
  [
    of('Logs::LogGroup', "LogGroupName: !Sub '${A} group'"),
    'Properties validation failed for resource of type AWS::Logs::LogGroup with message: #/LogGroupName: failed validation constraint for keyword [pattern] (it takes up to 512 letters, digits and .-_/#)',
  ],
])('%s: a value that only another resource gives is refused when it is there', async (resource, reason) => {
  const other = `  A: {Type: Custom::Thing, Properties: {ServiceToken: '${TOKEN}'}}`;
  const stack = await cf.engine.createStack({
    name: 'later',
    template: `Resources:\n${other}\n${indented(resource)}`,
  });
  expect(reasonOf(stack, 'X', 'CREATE_FAILED')).toBe(reason);
  await cf.engine.deleteStack('later');
});

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
