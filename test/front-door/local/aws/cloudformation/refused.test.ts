/** Templates that the local CloudFormation refuses by name, before anything happens; and what it says of stand-ins. */
import { RESOURCE_TYPES } from '../../../../../access/contract';
import { LocalCloudFormation } from '../../../../../local/aws/cloudformation/stack/engine';
import { type Harness, startHarness } from './harness';

const body = (resources: string, rest = ''): string =>
  `${rest}\nResources:\n${resources.replace(/^/gm, '  ')}`;
/** A trust policy that IAM takes. */
const trust = '{Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {Service: ec2.amazonaws.com}}}';
const role = `R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${trust}}}`;
const custom = (properties: string): string =>
  `A: {Type: Custom::Thing, Properties: {ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider', ${properties}}}`;
const onFunction = (properties: string, rest = ''): string =>
  `F: {Type: AWS::Lambda::Function, Properties: {Role: 'arn:aws:iam::111122223333:role/r', ${properties}}}\nA: {Type: Custom::Thing, Properties: {ServiceToken: !GetAtt F.Arn}}${rest}`;
const inline = (code: string): string =>
  `Runtime: nodejs22.x, Handler: index.handler, Code: {ZipFile: ${JSON.stringify(code)}}`;

describe('refused by name', () => {
  let cf: Harness;
  beforeAll(async () => {
    cf = await startHarness();
  });
  afterAll(() => cf.stop());

  test.each<[string, string, string]>([
    [
      'a type that is misspelt',
      body('A: {Type: AWS::EKS::AccessEntrie}'),
      'resource A has the type "AWS::EKS::AccessEntrie", which is no type of CloudFormation: did you mean "AWS::EKS::AccessEntry"?',
    ],
    [
      'a service that is misspelt',
      body('A: {Type: AWS::IMA::Role}'),
      'resource A has the type "AWS::IMA::Role", which is no type of CloudFormation: did you mean "AWS::IAM::Role"?',
    ],
    [
      'a type that was never one',
      body('A: {Type: AWS::EKS::AccessPolicyAssociation}'),
      'resource A has the type "AWS::EKS::AccessPolicyAssociation", which is no type of CloudFormation: AccessPolicies is a property of AWS::EKS::AccessEntry',
    ],
    [
      'a type that it does not have',
      body('A: {Type: AWS::Redshift::Cluster}'),
      'resource A has the type "AWS::Redshift::Cluster", which the local AWS does not have: leave the resource out here, and pass what it would give in as parameters',
    ],
    [
      'a type of the registry',
      body('A: {Type: AWSQS::EKS::Cluster}'),
      'resource A has the type "AWSQS::EKS::Cluster", which is a type of the CloudFormation registry: only types of AWS and custom resources can run here',
    ],
    [
      'a module',
      body('A: {Type: My::S3::Bucket::MODULE}'),
      'resource A has the type "My::S3::Bucket::MODULE", which is a module of the CloudFormation registry: it cannot run here',
    ],
    [
      'a property that a type does not have',
      body(
        `${role}\nC: {Type: AWS::EKS::Cluster, Properties: {RoleArn: !GetAtt R.Arn, ResourcesVpcConfig: {SubnetIds: []}, AccesConfig: {AuthenticationMode: API}}}`,
      ),
      'resource C has the property AccesConfig, which AWS::EKS::Cluster does not have: did you mean "AccessConfig"?',
    ],
    [
      'one further in, in a branch of Fn::If',
      body(
        `C: {Type: AWS::EKS::Cluster, Properties: {RoleArn: r, ResourcesVpcConfig: {SubnetIds: []}, AccessConfig: !If [Is, {AuthenticationMod: API}, !Ref AWS::NoValue]}}`,
        'Conditions: {Is: !Equals [1, 1]}',
      ),
      'resource C has the property AccessConfig.AuthenticationMod, which AWS::EKS::Cluster does not have: did you mean "AuthenticationMode"?',
    ],
    [
      'tags as a mapping',
      body(`R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: ${trust}, Tags: {team: a}}}`),
      'resource R has Tags as a mapping, and AWS::IAM::Role takes a list of Key and Value there',
    ],
    [
      'an attribute that would have to be made up',
      body(
        'K: {Type: AWS::IAM::AccessKey, Properties: {UserName: u}}',
        'Outputs: {S: {Value: !GetAtt K.SecretAccessKey}}',
      ),
      'output S refers to "K.SecretAccessKey", and the local AWS has no SecretAccessKey of AWS::IAM::AccessKey and makes none up: leave the output out here',
    ],
    [
      'a secret for a custom resource',
      body(custom(`User: '{{resolve:secretsmanager:eks:SecretString:user}}'`)),
      'resource A has {{resolve:secretsmanager:eks:SecretString:user}}: CloudFormation fills in no secretsmanager references in custom resources, where this text itself would arrive',
    ],
    [
      'a secret for a resource of AWS',
      body(
        `U: {Type: AWS::IAM::User, Properties: {LoginProfile: {Password: !Sub 'x{{resolve:ssm-secure:p:1}}'}}}`,
      ),
      'resource U has {{resolve:ssm-secure:p:1}}: the local AWS has no secrets, and makes none up: use a parameter with NoEcho',
    ],
    [
      'a dynamic reference of no kind',
      body(custom(`User: '{{resolve:sms:x}}'`)),
      'resource A has {{resolve:sms:x}}: a dynamic reference is {{resolve:ssm:NAME}}, {{resolve:ssm-secure:NAME}} or {{resolve:secretsmanager:ID}}',
    ],
    [
      'an SSM parameter that is not there',
      body(custom(`User: '{{resolve:ssm:/eks/user:3}}'`)),
      'resource A has {{resolve:ssm:/eks/user:3}}, and there is no SSM parameter /eks/user here: give it with --ssm /eks/user=VALUE',
    ],
    [
      'a wait that CloudFormation does not wait',
      body(custom('ServiceTimeout: !Ref T'), 'Parameters: {T: {Type: Number, Default: 7200}}'),
      'resource A has ServiceTimeout "7200": CloudFormation waits for a whole number of seconds from 1 to 3600',
    ],
    [
      'a topic in the place of a function',
      body(`A: {Type: Custom::Thing, Properties: {ServiceToken: 'arn:aws:sns:us-east-1:111122223333:t'}}`),
      'resource A has an SNS topic as its ServiceToken, and the local AWS calls functions only',
    ],
    [
      'a function of another language',
      body(
        onFunction('Runtime: python3.12, Handler: index.handler, Code: {ZipFile: "def handler(e, c): pass"}'),
      ),
      'resource A cannot be provided here: F, the function of its ServiceToken, runs on python3.12, and only Node.js code can run here',
    ],
    [
      'one whose runtime is a parameter',
      body(
        onFunction('Runtime: !Ref P, Handler: index.handler, Code: {ZipFile: x}'),
        'Parameters: {P: {Type: String, Default: python3.13}}',
      ),
      'F, the function of its ServiceToken, runs on python3.13, and only Node.js code can run here',
    ],
    [
      'code in a bucket',
      body(
        onFunction('Runtime: nodejs22.x, Handler: index.handler, Code: {S3Bucket: cdk-assets, S3Key: a.zip}'),
      ),
      'F, the function of its ServiceToken, has its code in the bucket cdk-assets, and what can run here is code inline (ZipFile), or a zip of one JavaScript file in a bucket of the local S3',
    ],
    [
      'a path as code',
      body(onFunction('Runtime: nodejs22.x, Handler: index.handler, Code: ./src')),
      'resource F has Code as "./src", and AWS::Lambda::Function takes a mapping there: "aws cloudformation package" makes one of a path',
    ],
    [
      'a container image',
      body(onFunction('PackageType: Image, Code: {ImageUri: x}')),
      'is a container image, and only Node.js code can run here',
    ],
    [
      'a client of the SDK that is not installed',
      body(onFunction(inline("const { GameLiftClient } = require('@aws-sdk/client-gamelift')"))),
      'needs the module @aws-sdk/client-gamelift, which Lambda has and this machine has not: npm install --no-save @aws-sdk/client-gamelift',
    ],
    [
      'a module that Lambda has not either, though this machine has',
      body(onFunction(inline("const yaml = require('js-yaml')"))),
      "needs the module js-yaml, which Lambda's runtime does not have: inline code has the SDK and cfn-response",
    ],
  ])('%s', async (_name, template, sentence) => {
    await expect(cf.engine.createStack({ name: 'app', template })).rejects.toThrow(sentence);
    expect(cf.engine.stacks.all).toEqual([]);
    expect(cf.events).toEqual([]);
  });

  test.each([
    ['AWS::EKS::MapRoles::Entry', 'Custom::EksMapRolesEntry'],
    ['AWS::EKS::MapRolesEntry', 'Custom::EksMapRolesEntry'],
    ['AWS::EKS::MapUsers', 'Custom::EksMapUsersEntry'],
  ])('a type of the provider under the name of AWS: %s', async (type, meant) => {
    const types = () => undefined;
    const engine = new LocalCloudFormation({
      accountId: '111122223333',
      region: 'us-east-1',
      types,
      customTypes: RESOURCE_TYPES,
    });
    await expect(engine.createStack({ name: 'app', template: body(`A: {Type: ${type}}`) })).rejects.toThrow(
      `which is no type of CloudFormation: did you mean "${meant}"?`,
    );
  });
});

describe('what only the resource itself shows', () => {
  let cf: Harness;
  beforeEach(async () => {
    cf = await startHarness();
  });
  afterEach(() => cf.stop());

  test('a required key further in, before any call', async () => {
    const policy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
    const stack = await cf.engine.createStack({
      name: 'app',
      template: body(
        `E: {Type: AWS::EKS::AccessEntry, Properties: {ClusterName: c, PrincipalArn: 'arn:aws:iam::111122223333:role/x', AccessPolicies: [{PolicyArn: '${policy}'}]}}`,
      ),
    });
    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(stack.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toBe(
      'Properties validation failed for resource of type AWS::EKS::AccessEntry with message: #/AccessPolicies/0: required key [AccessScope] not found',
    );
  });

  test('a property that only a function knows', async () => {
    const stack = await cf.engine.createStack({
      name: 'app',
      template: body(
        `S: {Type: AWS::SNS::Topic, Properties: {Subscription: !FindInMap [M, a, b]}}`,
        'Mappings: {M: {a: {b: [x]}}}',
      ),
    });
    expect(stack.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toContain(
      '#/Subscription/0: expected a mapping, found "x"',
    );
  });

  test('a stand-in says so in its events, and what runs does not', async () => {
    const template = body(`${role}\nV: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}`);
    const stack = await cf.engine.createStack({ name: 'app', template });
    const reasons = stack.events
      .filter(({ status }) => status === 'CREATE_COMPLETE')
      .map(({ logicalId, reason }) => [logicalId, reason]);
    expect(reasons.sort()).toEqual([
      ['R', undefined],
      ['V', 'stand-in: the local AWS has a name and attributes for it, and nothing behind them'],
      ['app', undefined],
    ]);
  });

  test('ssm references get the value of a parameter that the stack makes, by version', async () => {
    cf.ssm.set('/old', 'one');
    cf.ssm.set('/old', 'two');
    const stack = await cf.engine.createStack({
      name: 'app',
      template: body(
        `P: {Type: AWS::SSM::Parameter, Properties: {Name: /new, Type: String, Value: three}}\n` +
          custom(
            `User: '{{resolve:ssm:/old:1}}-{{resolve:ssm:/old}}', Groups: [!Sub '{{resolve:ssm:/\${N}}}']`,
          ).replace('Type: Custom', 'DependsOn: P, Type: Custom'),
        "Parameters: {N: {Type: String, Default: new}}\nOutputs: {O: {Value: '{{resolve:ssm:/old}}'}}",
      ),
    });
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(cf.events[0]?.ResourceProperties).toMatchObject({ User: 'one-two', Groups: ['three'] });
    expect(stack.outputValues['O']).toBe('two');
  });

  test('public images and the bootstrap of the CDK are stood in for', async () => {
    const image = '/aws/service/eks/optimized-ami/1.31/amazon-linux-2/recommended/image_id';
    const stack = await cf.engine.createStack({
      name: 'app',
      template: body(
        custom('Image: !Ref I, Version: !Ref V'),
        `Parameters:\n  I: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: ${image}}\n  V: {Type: "AWS::SSM::Parameter::Value<String>", Default: /cdk-bootstrap/acme/version}`,
      ),
    });
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(cf.events[0]?.ResourceProperties).toMatchObject({
      Image: expect.stringMatching(/^ami-0[0-9a-f]{16}$/) as string,
      Version: '30',
    });
  });
});
