import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { startCloudFormationApi } from '../../../../../local/aws/cloudformation/api/query-api';
import { type LoopbackServer } from '../../../../../local/aws/server/loopback-server';
import { customTemplate, type Harness, startHarness, TOKEN } from './harness';

const yaml = (key = '1'): string => `
Description: a & b <c>
Parameters:
  Key: {Type: String, Default: '${key}'}
  Secret: {Type: String, NoEcho: true, Default: hidden}
Resources:
  Thing:
    Type: Custom::Thing
    Metadata: {Note: x}
    Properties: {ServiceToken: '${TOKEN}', Key: !Ref Key}
Outputs:
  Id: {Value: !Ref Thing, Description: the id, Export: {Name: !Sub '\${AWS::StackName}-id'}}
`;

describe('CloudFormation API, by the real SDK', () => {
  let cf: Harness;
  let server: LoopbackServer;
  let client: CloudFormationClient;

  beforeAll(async () => {
    cf = await startHarness();
    server = await startCloudFormationApi({ engine: cf.engine, iam: cf.iam });
    const credentials = cf.iam.credentialsFor(cf.iam.roleArn('admin'));
    client = new CloudFormationClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
  });

  afterAll(async () => {
    client.destroy();
    await cf.stop();
    await server.stop();
  });

  const rest = () => cf.engine.idle();

  test('creates, describes, updates and deletes', async () => {
    const { StackId: id } = await client.send(
      new CreateStackCommand({
        StackName: 'one',
        TemplateBody: yaml(),
        Parameters: [{ ParameterKey: 'Key', ParameterValue: 'given' }],
        Tags: [{ Key: 't', Value: 'v' }],
      }),
    );
    const early = await client.send(new DescribeStacksCommand({ StackName: 'one' }));
    expect(early.Stacks?.[0]).toMatchObject({
      StackId: id,
      StackStatus: expect.stringMatching(/^CREATE_/) as string,
    });
    await rest();
    const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: id }));
    expect(stacks?.[0]).toMatchObject({
      StackName: 'one',
      StackStatus: 'CREATE_COMPLETE',
      Description: 'a & b <c>',
      CreationTime: expect.any(Date) as Date,
      Parameters: [
        { ParameterKey: 'Key', ParameterValue: 'given' },
        { ParameterKey: 'Secret', ParameterValue: '****' },
      ],
      Tags: [{ Key: 't', Value: 'v' }],
      Outputs: [{ OutputKey: 'Id', OutputValue: 'id-Thing', Description: 'the id', ExportName: 'one-id' }],
    });
    const resource = await client.send(
      new DescribeStackResourceCommand({ StackName: id, LogicalResourceId: 'Thing' }),
    );
    expect(resource.StackResourceDetail).toMatchObject({
      StackId: id,
      LogicalResourceId: 'Thing',
      PhysicalResourceId: 'id-Thing',
      ResourceType: 'Custom::Thing',
      ResourceStatus: 'CREATE_COMPLETE',
      Metadata: '{"Note":"x"}',
    });
    expect(
      (await client.send(new DescribeStackResourcesCommand({ StackName: 'one' }))).StackResources,
    ).toHaveLength(1);
    expect(
      (await client.send(new ListStackResourcesCommand({ StackName: 'one' }))).StackResourceSummaries,
    ).toHaveLength(1);
    expect((await client.send(new GetTemplateCommand({ StackName: 'one' }))).TemplateBody).toBe(yaml());
    const { Exports: exported } = await client.send(new ListExportsCommand({}));
    expect(exported).toContainEqual({ ExportingStackId: id, Name: 'one-id', Value: 'id-Thing' });

    await client.send(
      new UpdateStackCommand({
        StackName: 'one',
        UsePreviousTemplate: true,
        Parameters: [
          { ParameterKey: 'Key', ParameterValue: 'second' },
          { ParameterKey: 'Secret', UsePreviousValue: true },
        ],
      }),
    );
    await rest();
    const { StackEvents: events } = await client.send(new DescribeStackEventsCommand({ StackName: 'one' }));
    expect(
      events
        ?.map(({ ResourceStatus: status, LogicalResourceId: logical }) => `${status} ${logical}`)
        .slice(0, 5),
    ).toEqual([
      'UPDATE_COMPLETE one',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS one',
      'UPDATE_COMPLETE Thing',
      'UPDATE_IN_PROGRESS Thing',
      'UPDATE_IN_PROGRESS one',
    ]);
    expect(JSON.parse(events?.[2]?.ResourceProperties ?? '')).toEqual({ ServiceToken: TOKEN, Key: 'second' });

    await client.send(new DeleteStackCommand({ StackName: 'one' }));
    await rest();
    await expect(client.send(new DescribeStacksCommand({ StackName: 'one' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id one does not exist',
    });
    const gone = await client.send(
      new DescribeStackResourceCommand({ StackName: id, LogicalResourceId: 'Thing' }),
    );
    expect(gone.StackResourceDetail?.ResourceStatus).toBe('DELETE_COMPLETE');
    const listed = await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
    expect(listed.StackSummaries?.map(({ StackId: stackId }) => stackId)).toContain(id);
  });

  test('change sets create, update, and say when nothing changes', async () => {
    const set = (name: string, body: string, type: 'CREATE' | 'UPDATE') =>
      client.send(
        new CreateChangeSetCommand({
          StackName: 'two',
          ChangeSetName: name,
          ChangeSetType: type,
          TemplateBody: body,
        }),
      );
    const { Id: id } = await set('first', customTemplate({ A: {} }), 'CREATE');
    const described = await client.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
    expect(described).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'Custom::Thing' } }],
    });
    const review = await client.send(new DescribeStacksCommand({ StackName: 'two' }));
    expect(review.Stacks?.[0]?.StackStatus).toBe('REVIEW_IN_PROGRESS');
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: 'first', StackName: 'two' }));
    await rest();
    await set('second', customTemplate({ A: { Key: '2' }, B: {} }), 'UPDATE');
    const second = await client.send(
      new DescribeChangeSetCommand({ ChangeSetName: 'second', StackName: 'two' }),
    );
    expect(
      second.Changes?.map(({ ResourceChange: change }) => `${change?.Action} ${change?.LogicalResourceId}`),
    ).toEqual(['Modify A', 'Add B']);
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: 'second', StackName: 'two' }));
    await rest();
    await set('third', customTemplate({ A: { Key: '2' }, B: {} }), 'UPDATE');
    expect(
      await client.send(new DescribeChangeSetCommand({ ChangeSetName: 'third', StackName: 'two' })),
    ).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringContaining("The submitted information didn't contain changes.") as string,
    });
    await expect(
      client.send(new ExecuteChangeSetCommand({ ChangeSetName: 'third', StackName: 'two' })),
    ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: 'third', StackName: 'two' }));
    // As the CDK CLI does before it makes one.
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: 'third', StackName: 'two' }));
    await expect(
      client.send(new DeleteChangeSetCommand({ ChangeSetName: 'third', StackName: 'none' })),
    ).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    await expect(
      client.send(new DescribeChangeSetCommand({ ChangeSetName: 'third', StackName: 'two' })),
    ).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    expect(cf.engine.stack('two')?.status).toBe('UPDATE_COMPLETE');
  });

  test('lists who imports an export', async () => {
    await cf.engine.createStack({ name: 'three', template: yaml() });
    await expect(client.send(new ListImportsCommand({ ExportName: 'three-id' }))).rejects.toThrow(
      "Export 'three-id' is not imported by any stack.",
    );
    await cf.engine.createStack({
      name: 'four',
      template: customTemplate({ A: { Key: { 'Fn::ImportValue': 'three-id' } } }),
    });
    expect((await client.send(new ListImportsCommand({ ExportName: 'three-id' }))).Imports).toEqual(['four']);
  });

  const role =
    '{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}}, "Description": "d"}}}}';
  test.each([
    ['CAPABILITY_IAM', role],
    ['CAPABILITY_NAMED_IAM', role.replace('Description', 'RoleName')],
  ])('wants %s acknowledged', async (capability, body) => {
    await expect(
      client.send(new CreateStackCommand({ StackName: 'iam', TemplateBody: body })),
    ).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: `Requires capabilities : [${capability}]`,
    });
    const validated = await client.send(new ValidateTemplateCommand({ TemplateBody: body }));
    expect(validated.Capabilities).toEqual([capability]);
    await client.send(
      new CreateStackCommand({
        StackName: `iam-${capability.length}`,
        TemplateBody: body,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      }),
    );
    await rest();
    expect(cf.engine.stack(`iam-${capability.length}`)?.status).toBe('CREATE_COMPLETE');
  });

  test.each<[string, () => Promise<unknown>, object]>([
    [
      'a broken template',
      () => client.send(new ValidateTemplateCommand({ TemplateBody: '{"Resources": {}}' })),
      { name: 'ValidationError', message: expect.stringContaining('at least one resource') as string },
    ],
    [
      'an unknown stack',
      () => client.send(new DescribeStackResourceCommand({ StackName: 'none', LogicalResourceId: 'A' })),
      { name: 'ValidationError', message: "Stack 'none' does not exist" },
    ],
    [
      'a missing parameter',
      () => client.send(new CreateStackCommand({ StackName: 'x' })),
      { name: 'ValidationError', message: 'Either Template URL or Template Body must be specified.' },
    ],
    [
      'an existing stack',
      async () => {
        await cf.engine.createStack({ name: 'five', template: yaml() });
        return client.send(new CreateStackCommand({ StackName: 'five', TemplateBody: yaml() }));
      },
      { name: 'AlreadyExistsException', message: 'Stack [five] already exists' },
    ],
  ])('answers an error for %s', async (_name, act, error) => {
    await expect(act()).rejects.toMatchObject(error);
  });

  test('refuses unsigned and wrongly signed requests', async () => {
    const unsigned = await fetch(`${server.url}/?Action=ListStacks`);
    expect([unsigned.status, await unsigned.text()]).toEqual([
      403,
      expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
    ]);
    const { accessKeyId } = cf.iam.credentialsFor(cf.iam.userArn('u'));
    const forger = new CloudFormationClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey: 'guess' },
    });
    await expect(forger.send(new ListStacksCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    forger.destroy();
  });

  test.each([
    [
      'DetectStackDrift',
      { StackName: 'x' },
      'the local CloudFormation does not have DetectStackDrift (drift detection)',
    ],
    ['CreateStackSet', {}, 'the local CloudFormation does not have CreateStackSet (StackSets)'],
    ['SetStackPolicy', {}, 'the local CloudFormation does not have SetStackPolicy (stack policies)'],
    ['DescribeType', {}, 'the local CloudFormation does not have DescribeType (the registry)'],
    ['ListTypes', {}, 'the local CloudFormation does not have ListTypes (the registry)'],
    [
      'CreateChangeSet',
      { StackName: 'x', ChangeSetName: 'c', ChangeSetType: 'IMPORT', TemplateBody: yaml() },
      'the local CloudFormation does not have ChangeSetType (import of resources): leave it out here',
    ],
    [
      'CreateStack',
      { StackName: 'x', StackPolicyBody: '{}', TemplateBody: yaml() },
      'the local CloudFormation does not have StackPolicyBody (stack policies): leave it out here',
    ],
    [
      'CreateStack',
      { StackName: 'x', TemplateURL: 'https://b.s3.amazonaws.com/t.yaml' },
      'TemplateURL is https://b.s3.amazonaws.com/t.yaml, and the local S3 has no s3://b/t.yaml',
    ],
  ])('%s is refused by name, and makes nothing', async (Action, parameters, sentence) => {
    const before = cf.engine.stacks.all.length;
    const unsigned = await startCloudFormationApi({ engine: cf.engine });
    const response = await fetch(unsigned.url, {
      method: 'POST',
      body: new URLSearchParams({ Action, ...parameters } as Record<string, string>),
    });
    await unsigned.stop();
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`<Code>ValidationError</Code><Message>${sentence}`);
    expect(cf.engine.stacks.all).toHaveLength(before);
  });

  test('a change set says which properties change, and whether the resource is replaced', async () => {
    const template = (Path: string, key: string): string => `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}}, Path: ${Path}}}
  Thing: {Type: Custom::Thing, Properties: {ServiceToken: '${TOKEN}', Key: ${key}, Role: !GetAtt Role.Arn}}
`;
    await cf.engine.createStack({ name: 'planned', template: template('/a/', '1') });
    await client.send(
      new CreateChangeSetCommand({
        StackName: 'planned',
        ChangeSetName: 'c',
        TemplateBody: template('/b/', '2'),
        Capabilities: ['CAPABILITY_IAM'],
      }),
    );
    const { Changes = [] } = await client.send(
      new DescribeChangeSetCommand({ StackName: 'planned', ChangeSetName: 'c' }),
    );
    const told = Changes.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Replacement,
      change?.Details?.map(
        ({ Target, Evaluation }) => `${Target?.Name} ${Target?.RequiresRecreation} ${Evaluation}`,
      ),
    ]);
    expect(told).toEqual([
      ['Role', 'True', ['Path Always Static']],
      ['Thing', 'False', ['Key Never Static']],
    ]);
  });
});
