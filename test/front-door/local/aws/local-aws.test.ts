import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, startLocalAws } from '../../../../local/aws/local-aws';
import { deployProvider } from '../../../../local/demo/provider';

const code = `
const http = require('node:http');
exports.handler = (event, context) => new Promise((resolve, reject) => {
  console.log(event.RequestType + ' ' + event.LogicalResourceId);
  const fail = event.ResourceProperties.Fail === event.RequestType || event.ResourceProperties.Fail === 'true';
  const body = JSON.stringify({
    Status: fail && event.RequestType !== 'Delete' ? 'FAILED' : 'SUCCESS',
    Reason: 'told to',
    PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : 'thing-' + event.ResourceProperties.Name,
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Name: event.ResourceProperties.Name, Region: process.env.AWS_REGION, Flag: typeof event.ResourceProperties.Flag },
  });
  const request = http.request(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } }, (response) => {
    response.resume();
    response.on('end', () => response.statusCode === 200 ? resolve() : reject(new Error('answer refused: ' + response.statusCode)));
  });
  request.on('error', reject);
  request.end(body);
});
`;

const template = (name: string, fail = 'no'): string => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /team/
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}}
  Thing:
    Type: Custom::Thing
    Properties:
      ServiceToken: !ImportValue EksAccessServiceToken
      Name: ${name}
      Flag: true
      RoleArn: !GetAtt Role.Arn
  Second:
    Type: Custom::Thing
    Properties:
      ServiceToken: !ImportValue EksAccessServiceToken
      Name: !Sub "\${Thing.Name}-second"
      Fail: ${fail}
Outputs:
  Flag: {Value: !GetAtt Thing.Flag}
  Thing: {Value: !Ref Thing}
  Role: {Value: !GetAtt Role.Arn}
`;

describe('local AWS', () => {
  let aws: LocalAws;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
    writeFileSync(join(folder, 'index.js'), code);
    aws = await startLocalAws({ retryDelays: [1, 1] });
    await deployProvider(aws, { bundle: join(folder, 'index.js') });
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(folder, { recursive: true });
  });

  test('creates, updates, rolls back and deletes a stack', async () => {
    const { cloudformation } = aws;
    const created = await cloudformation.createStack({ name: 'sample', template: template('one') });
    expect(created.status).toBe('CREATE_COMPLETE');
    expect(created.outputValues).toMatchObject({ Flag: 'string', Thing: 'thing-one' });
    expect(created.outputValues['Role']).toMatch(
      /^arn:aws:iam::111122223333:role\/team\/sample-Role-\w{12}$/,
    );
    await expect(cloudformation.updateStack({ name: 'sample', template: template('one') })).rejects.toThrow(
      'No updates are to be performed.',
    );
    const updated = await cloudformation.updateStack({ name: 'sample', template: template('two') });
    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(updated.outputValues['Thing']).toBe('thing-two');
    const broken = await cloudformation.updateStack({
      name: 'sample',
      template: template('three', 'Update'),
    });
    expect(broken.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(broken.resources.get('Thing')?.physicalId).toBe('thing-two');
    const refused = await cloudformation.deleteStack('eks-access-provider');
    expect(refused.status).toBe('CREATE_COMPLETE');
    expect(refused.reason).toBe('Export EksAccessServiceToken cannot be deleted as it is in use by sample');
    const deleted = await cloudformation.deleteStack('sample');
    expect(deleted.status).toBe('DELETE_COMPLETE');
    expect(aws.answerBucket.violations).toEqual([]);
  });
  describe('EKS in templates', () => {
    const appRole = 'arn:aws:iam::111122223333:role/app';
    const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
    const eks = (entry: object, mode = 'API_AND_CONFIG_MAP', more: object = {}): string =>
      JSON.stringify({
        Resources: {
          Cluster: {
            Type: 'AWS::EKS::Cluster',
            Properties: {
              Name: 'from-template',
              RoleArn: 'arn:aws:iam::111122223333:role/eks',
              ResourcesVpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
              AccessConfig: { AuthenticationMode: mode, BootstrapClusterCreatorAdminPermissions: false },
            },
          },
          Entry: {
            Type: 'AWS::EKS::AccessEntry',
            Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: appRole, ...entry },
          },
          ...more,
        },
        Outputs: {
          Arn: { Value: { 'Fn::GetAtt': ['Cluster', 'Arn'] } },
          Endpoint: { Value: { 'Fn::GetAtt': ['Cluster', 'Endpoint'] } },
          Entry: { Value: { 'Fn::GetAtt': ['Entry', 'AccessEntryArn'] } },
        },
      });
    const deploy = (body: string) =>
      aws.cloudformation.stack('eks')
        ? aws.cloudformation.updateStack({ name: 'eks', template: body })
        : aws.cloudformation.createStack({ name: 'eks', template: body });
    const entry = () => aws.controlPlane.cluster('from-template').accessEntry(appRole);

    afterEach(async () => {
      if (aws.cloudformation.stack('eks')) await aws.cloudformation.deleteStack('eks');
    });

    test('a cluster and an access entry are made, changed and deleted through the EKS API', async () => {
      const view = {
        PolicyArn: policy('AmazonEKSViewPolicy'),
        AccessScope: { Type: 'namespace', Namespaces: ['a'] },
      };
      const stack = await deploy(
        eks({ KubernetesGroups: ['readers'], AccessPolicies: [view], Tags: [{ Key: 'k', Value: 'v' }] }),
      );
      expect(stack.status).toBe('CREATE_COMPLETE');
      expect(stack.outputValues['Arn']).toBe('arn:aws:eks:us-east-1:111122223333:cluster/from-template');
      expect(stack.outputValues['Endpoint']).toMatch(/^https:\/\/127\.0\.0\.1:/);
      expect(stack.resources.get('Entry')?.physicalId).toBe(`${appRole}|from-template`);
      expect(entry()).toMatchObject({
        accessEntryArn: stack.outputValues['Entry'],
        kubernetesGroups: ['readers'],
        policies: [{ policyArn: view.PolicyArn, scope: 'namespace', namespaces: ['a'] }],
        tags: { k: 'v' },
      });

      const before = aws.controlPlane.eks.requests.length;
      await deploy(eks({ KubernetesGroups: ['writers'], AccessPolicies: [view] }));
      expect(entry()).toMatchObject({ kubernetesGroups: ['writers'], tags: {} });
      // GT-122: no policy call without a change of policies.
      const calls = aws.controlPlane.eks.requests.slice(before);
      expect(calls.filter(({ path }) => path.includes('access-policies'))).toEqual([]);

      const adminView = policy('AmazonEKSAdminViewPolicy');
      await deploy(
        eks({ AccessPolicies: [{ PolicyArn: adminView, AccessScope: { Type: 'cluster' } }] }, 'API'),
      );
      expect(entry()).toMatchObject({
        kubernetesGroups: [],
        policies: [{ policyArn: adminView, scope: 'cluster' }],
      });
      expect(aws.controlPlane.cluster('from-template').authenticationMode).toBe('API');

      expect((await aws.cloudformation.deleteStack('eks')).status).toBe('DELETE_COMPLETE');
      expect(aws.controlPlane.clusters().map(({ name }) => name)).not.toContain('from-template');
    });

    test('an access entry that exists is refused, and stays', async () => {
      const Second = {
        Type: 'AWS::EKS::AccessEntry',
        DependsOn: 'Entry',
        Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: appRole },
      };
      await deploy(eks({ KubernetesGroups: ['first'] }));
      const stack = await deploy(eks({ KubernetesGroups: ['first'] }, 'API_AND_CONFIG_MAP', { Second }));
      expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stack.events.findLast(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(
        /^Resource handler returned message: "The specified access entry resource is already in use on this cluster\. \(Service: Eks, Status Code: 409, Request ID: .*\)" \(HandlerErrorCode: AlreadyExists\)$/,
      );
      expect(entry()).toMatchObject({ kubernetesGroups: ['first'] });
    });

    test('a changed type collides with itself', async () => {
      await deploy(eks({}));
      const stack = await deploy(eks({ Type: 'EC2_LINUX' }));
      expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stack.events.findLast(({ status }) => status === 'UPDATE_FAILED')?.reason).toContain(
        'AlreadyExists',
      );
      expect(entry()).toMatchObject({ type: 'STANDARD' });
    });
  });

  test('the provider can be narrowed, moved to another Node, and given a cluster', async () => {
    const { serviceToken, roleArn } = await deployProvider(aws, {
      bundle: join(folder, 'index.js'),
      functionName: 'narrow',
      exportName: 'NarrowToken',
      guardrails: { clusters: ['one'] },
      environment: { EXTRA: 'x' },
      timeoutSeconds: 30,
      nodePath: process.execPath,
      creatorOf: ['owned'],
    });
    expect(serviceToken).toBe('arn:aws:lambda:us-east-1:111122223333:function:narrow');
    expect(roleArn).toBe('arn:aws:iam::111122223333:role/narrow');
    expect(aws.lambda.function(serviceToken)).toMatchObject({
      timeoutSeconds: 30,
      nodePath: process.execPath,
      environment: {
        EKS_ACCESS_GUARDRAILS: '{"clusters":["one"]}',
        EKS_ACCESS_RESPONSE_HOSTS: aws.answerBucket.url,
        EXTRA: 'x',
      },
    });
    expect(aws.cloudformation.stacks.exports()).toContainEqual(
      expect.objectContaining({ name: 'NarrowToken', value: serviceToken }),
    );
    expect(aws.controlPlane.cluster('owned').loginAs(roleArn)?.groups).toContain('system:masters');
    const stack = await aws.cloudformation.createStack({
      name: 'in-process',
      template: template('a').replaceAll('EksAccessServiceToken', 'NarrowToken'),
    });
    expect(stack.status).toBe('CREATE_COMPLETE');
  });

  test('inline code of a template can be its own provider, by cfn-response', async () => {
    const body = `
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/r
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          const response = require('cfn-response');
          exports.handler = (event, context) =>
            response.send(event, context, response.SUCCESS, { Word: 'größe' }, 'fixed');
  Thing:
    Type: AWS::CloudFormation::CustomResource
    Properties: {ServiceToken: !GetAtt Function.Arn, ServiceTimeout: 60}
Outputs:
  Word: {Value: !GetAtt Thing.Word}
`;
    const stack = await aws.cloudformation.createStack({ name: 'inline', template: body });
    expect([stack.status, stack.outputValues['Word']]).toEqual(['CREATE_COMPLETE', 'größe']);
    expect((await aws.cloudformation.deleteStack('inline')).status).toBe('DELETE_COMPLETE');
  });

  test('stops in the middle of everything', async () => {
    const other = await startLocalAws();
    writeFileSync(join(folder, 'stuck.js'), 'exports.handler = () => { for (;;); };');
    await deployProvider(other, { bundle: join(folder, 'stuck.js') });
    const { done } = other.cloudformation.beginCreate({ name: 's', template: template('x') });
    while (other.lambda.deliveries.length === 0) await new Promise(setImmediate);
    await other.stop();
    expect((await done).status).toMatch(/^ROLLBACK_/);
  });

  test('says what to build when there is no bundle', async () => {
    const bundle = join(folder, 'none.js');
    await expect(deployProvider(aws, { functionName: 'other', bundle })).rejects.toThrow(
      'build it first with npm run build:lambda',
    );
  });
});
