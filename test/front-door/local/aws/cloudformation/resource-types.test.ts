import { customTemplate, type Harness, reasonOf, startHarness, TOKEN } from './harness';

const statement = { Effect: 'Allow', Action: 'sts:AssumeRole' };
const role = {
  AssumeRolePolicyDocument: { Statement: [{ ...statement, Principal: { Service: 'ec2.amazonaws.com' } }] },
};
const policy = { Statement: [{ ...statement, Resource: '*' }] };
type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: object; readonly [key: string]: unknown }>
>;

describe('resource types', () => {
  let cf: Harness;

  beforeEach(async () => {
    cf = await startHarness();
  });

  afterEach(() => cf.stop());

  const deploy = (resources: Resources, outputs: Readonly<Record<string, unknown>> = {}) => {
    const template = JSON.stringify({
      Resources: resources,
      Outputs: Object.fromEntries(Object.entries(outputs).map(([key, Value]) => [key, { Value }])),
    });
    return cf.engine.stack('app')
      ? cf.engine.updateStack({ name: 'app', template })
      : cf.engine.createStack({ name: 'app', template });
  };
  const at = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] });

  test.each<[string, object, Record<string, RegExp>]>([
    [
      'AWS::IAM::Role',
      role,
      {
        Ref: /^app-X-\w{12}$/,
        Arn: /^arn:aws:iam::111122223333:role\/app-X-\w{12}$/,
        RoleId: /^AROA\w{17}$/,
      },
    ],
    [
      'AWS::IAM::Role',
      { ...role, RoleName: 'r', Path: '/a/b/' },
      { Ref: /^r$/, Arn: /^arn:aws:iam::111122223333:role\/a\/b\/r$/ },
    ],
    [
      'AWS::IAM::User',
      { UserName: 'u', Path: '/p/' },
      { Ref: /^u$/, Arn: /^arn:aws:iam::111122223333:user\/p\/u$/ },
    ],
    [
      'AWS::IAM::ManagedPolicy',
      { PolicyDocument: policy, Path: '/p/' },
      { Ref: /^arn:aws:iam::111122223333:policy\/p\/app-X-\w{12}$/, PolicyArn: /^arn:aws:iam::/ },
    ],
    [
      'AWS::IAM::Policy',
      { PolicyDocument: policy, PolicyName: 'n', Users: ['u'] },
      { Ref: /^app-X-\w{12}$/ },
    ],
    [
      'AWS::IAM::InstanceProfile',
      { Roles: [] },
      { Arn: /^arn:aws:iam::111122223333:instance-profile\/app-X-\w{12}$/ },
    ],
    [
      'AWS::Lambda::Function',
      {
        Code: { S3Bucket: 'bucket', S3Key: 'code.zip' },
        Role: 'arn:aws:iam::111122223333:role/r',
        FunctionName: 'f',
        Handler: 'i.h',
        Runtime: 'java21',
      },
      { Ref: /^f$/, Arn: /^arn:aws:lambda:us-east-1:111122223333:function:f$/ },
    ],
    [
      'AWS::Logs::LogGroup',
      { LogGroupName: '/aws/lambda/x' },
      {
        Ref: /^\/aws\/lambda\/x$/,
        Arn: /^arn:aws:logs:us-east-1:111122223333:log-group:\/aws\/lambda\/x:\*$/,
      },
    ],
    [
      'AWS::SQS::Queue',
      { QueueName: 'q' },
      {
        Ref: /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/111122223333\/q$/,
        Arn: /^arn:aws:sqs:us-east-1:111122223333:q$/,
        QueueName: /^q$/,
      },
    ],
    [
      'AWS::SNS::Topic',
      { TopicName: 't' },
      { Ref: /^arn:aws:sns:us-east-1:111122223333:t$/, TopicName: /^t$/ },
    ],
    [
      'AWS::KMS::Key',
      {},
      { Ref: /^[0-9a-f-]{36}$/, Arn: /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f-]{36}$/ },
    ],
    [
      'AWS::CloudWatch::Alarm',
      { ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 1, MetricName: 'm' },
      { Ref: /^app-X-\w{12}$/, Arn: /^arn:aws:cloudwatch:us-east-1:111122223333:alarm:app-X-\w{12}$/ },
    ],
    [
      'AWS::EC2::SecurityGroup',
      { VpcId: 'vpc-0123456789abcdef0', GroupDescription: 'd' },
      { Ref: /^sg-[0-9a-f]{17}$/, GroupId: /^sg-/, VpcId: /^vpc-0123456789abcdef0$/ },
    ],
    [
      'AWS::EKS::Nodegroup',
      { ClusterName: 'c', NodegroupName: 'n', NodeRole: 'r', Subnets: [] },
      {
        Ref: /^c\/n$/,
        Arn: /^arn:aws:eks:us-east-1:111122223333:nodegroup\/c\/n\/[0-9a-f-]{36}$/,
        NodegroupName: /^n$/,
      },
    ],
    [
      'AWS::CloudFormation::WaitConditionHandle',
      {},
      { Ref: /^https:\/\/cloudformation-waitcondition-us-east-1\.s3\.amazonaws\.com\// },
    ],
    ['AWS::CDK::Metadata', {}, { Ref: /^X$/ }],
    [
      'AWS::IAM::OIDCProvider',
      { Url: 'https://oidc.eks.us-east-1.amazonaws.com/id/ABC' },
      { Arn: /^arn:aws:iam::111122223333:oidc-provider\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/ABC$/ },
    ],
    ['AWS::IAM::AccessKey', { UserName: 'u' }, { Ref: /^AKIA[A-Z2-7]{16}$/ }],
  ])('%s %j gives what CloudFormation would', async (type, properties, expected) => {
    const outputs = Object.fromEntries(
      Object.keys(expected).map((name) => [name, name === 'Ref' ? { Ref: 'X' } : at('X', name)]),
    );
    const stack = await deploy({ X: { Type: type, Properties: properties } }, outputs);
    expect(stack.status).toBe('CREATE_COMPLETE');
    for (const [name, shape] of Object.entries(expected)) expect(stack.outputValues[name]).toMatch(shape);
  });

  test('roles and users are known to IAM under exactly their ARN, while they exist', async () => {
    const stack = await deploy({
      R: { Type: 'AWS::IAM::Role', Properties: { ...role, RoleName: 'r', Path: '/a/' } },
    });
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/a/r')).toBe(true);
    expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/r')).toBe(false);
    await cf.engine.deleteStack('app');
    expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/a/r')).toBe(false);
  });

  test('a role name is taken once, in whatever case', async () => {
    const named = (RoleName: string) => ({ Type: 'AWS::IAM::Role', Properties: { ...role, RoleName } });
    const stack = await deploy({ A: named('same'), B: { ...named('SAME'), DependsOn: 'A' } });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'B', 'CREATE_FAILED')).toContain('Role with name SAME already exists.');
    expect(stack.resources.get('A')?.status).toBe('DELETE_COMPLETE');
  });

  test('a changed path makes a new role, and the dependants follow', async () => {
    const resources = (Path: string): Resources => ({
      Role: { Type: 'AWS::IAM::Role', Properties: { ...role, Path } },
      Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: TOKEN, Role: at('Role', 'Arn') } },
    });
    const first = (await deploy(resources('/a/'))).resources.get('Role')?.physicalId;
    const stack = await deploy(resources('/b/'));
    expect(stack.status).toBe('UPDATE_COMPLETE');
    const arn = `arn:aws:iam::111122223333:role/b/${stack.resources.get('Role')?.physicalId}`;
    expect(cf.events.at(-1)?.ResourceProperties['Role']).toBe(arn);
    expect(stack.resources.get('Role')?.physicalId).not.toBe(first);
    expect(
      stack.events.filter(({ status, physicalId }) => status === 'DELETE_COMPLETE' && physicalId === first),
    ).toHaveLength(1);
    expect(cf.iam.principalExists(`arn:aws:iam::111122223333:role/a/${first}`)).toBe(false);
  });

  test('a named role cannot be replaced under its name', async () => {
    const resources = (Path: string): Resources => ({
      Role: { Type: 'AWS::IAM::Role', Properties: { ...role, RoleName: 'fixed', Path } },
    });
    await deploy(resources('/a/'));
    const stack = await deploy(resources('/b/'));
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'Role', 'UPDATE_FAILED')).toBe(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename "fixed" and update the stack again.',
    );
    expect(cf.iam.principalExists('arn:aws:iam::111122223333:role/a/fixed')).toBe(true);
  });

  test('a replaced role comes back in a rollback', async () => {
    const resources = (Path: string, rest: Resources = {}): Resources => ({
      Role: { Type: 'AWS::IAM::Role', Properties: { ...role, Path } },
      ...rest,
    });
    const first = (await deploy(resources('/a/'))).resources.get('Role')?.physicalId;
    const stack = await deploy(resources('/b/', { Bad: { Type: 'AWS::IAM::Role', DependsOn: 'Role' } }));
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasonOf(stack, 'Bad', 'CREATE_FAILED')).toContain(
      'required key [AssumeRolePolicyDocument] not found',
    );
    expect(stack.resources.get('Role')?.physicalId).toBe(first);
    expect(cf.iam.principalExists(`arn:aws:iam::111122223333:role/a/${first}`)).toBe(true);
  });

  test('inline code runs, is updated, and goes', async () => {
    const resources = (answer: string, extra: object = {}): Resources => ({
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'inline', Role: 'arn:aws:iam::111122223333:role/r', Runtime: 'nodejs22.x', Handler: 'index.main',
          Code: { ZipFile: `exports.main = async () => '${answer} ' + process.env.WORD` }, Environment: { Variables: { WORD: 7 } }, ...extra,
        },
      },
      Async: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Fn' }, Qualifier: '$LATEST', MaximumRetryAttempts: 1 } },
    }); // prettier-ignore
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:inline';
    await deploy(resources('one', { Timeout: 9, MemorySize: 512 }));
    expect(await cf.lambda.invoke(arn, {})).toEqual({ status: 'success', payload: 'one 7' });
    expect(cf.lambda.function(arn)).toMatchObject({
      timeoutSeconds: 9,
      memoryMb: 512,
      maximumRetryAttempts: 1,
    });
    await deploy(resources('two'));
    expect(await cf.lambda.invoke(arn, {})).toEqual({ status: 'success', payload: 'two 7' });
    expect(cf.lambda.function(arn)).toMatchObject({ maximumRetryAttempts: 1 });
    await cf.engine.deleteStack('app');
    await expect(cf.lambda.invoke(arn, {})).rejects.toThrow('Function not found');
  });

  test('SSM parameters can be read by templates', async () => {
    await deploy({
      P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', Value: 'v' } },
    });
    const template = customTemplate(
      { A: { Key: { Ref: 'X' } } },
      { Parameters: { X: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/p' } } },
    );
    expect(
      (await cf.engine.createStack({ name: 'reader', template })).resources.get('A')?.properties['Key'],
    ).toBe('v');
    await cf.engine.deleteStack('app');
    expect(cf.ssm.has('/p')).toBe(false);
  });

  test.each<[string, Resources, string]>([
    [
      'a type of no namespace',
      { X: { Type: 'Nope' } },
      'template: resource X has the type "Nope", which CloudFormation does not know: types begin with AWS:: or Custom::',
    ],
    [
      'a misspelt attribute',
      {
        R: { Type: 'AWS::IAM::Role', Properties: role },
        X: { Type: 'AWS::CDK::Metadata', Properties: { A: at('R', 'Arm') } },
      },
      'template: resource X refers to "R.Arm", and AWS::IAM::Role has no attribute "Arm": did you mean "Arn"?',
    ],
    [
      'a custom resource without a token',
      { X: { Type: 'Custom::Thing' } },
      'template: resource X has no ServiceToken: it names the function that provides Custom::Thing',
    ],
    [
      'a custom type with a dot',
      { X: { Type: 'Custom::a.b', Properties: { ServiceToken: 't' } } },
      'template: resource X has the type "Custom::a.b": Custom:: takes up to 60 letters, digits and _@-',
    ],
  ])('refuses %s before anything starts', async (_name, resources, message) => {
    await expect(deploy(resources)).rejects.toThrow(message);
    expect(cf.engine.stacks.all).toEqual([]);
  });
});
