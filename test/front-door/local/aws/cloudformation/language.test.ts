/** Loops and the other language extensions, rules, transforms, and patterns of parameters. */
import { javaPattern } from '../../../../../local/aws/cloudformation/template/java-pattern';
import { type Harness, startHarness, TOKEN } from './harness';

const thing = (properties: string): string =>
  `{Type: Custom::Thing, Properties: {ServiceToken: '${TOKEN}', ${properties}}}`;
const extended = 'Transform: AWS::LanguageExtensions';

let cf: Harness;
beforeEach(async () => {
  cf = await startHarness();
});
afterEach(() => cf.stop());
const create = (template: string, parameters = {}) =>
  cf.engine.createStack({ name: 'app', template, parameters });
const sent = () =>
  Object.fromEntries(
    cf.events.map(({ LogicalResourceId: id, ResourceProperties: { ServiceToken: _, ...rest } }) => [
      id,
      rest,
    ]),
  );

describe('AWS::LanguageExtensions', () => {
  test('a loop over a parameter, one in it, and outputs of what it made', async () => {
    const stack = await create(
      `
${extended}
Parameters: {Teams: {Type: CommaDelimitedList, Default: 'pay,sea-rch'}}
Resources:
  Fn::ForEach::Teams:
    - Team
    - !Ref Teams
    - Fn::ForEach::Stages:
        - Stage
        - [Dev, Prod]
        - '&{Team}\${Stage}': ${thing("Name: !Ref Team, Group: !Sub '${Team}-${Stage}-${AWS::Region}'")}
Outputs:
  Fn::ForEach::Out:
    - Id
    - [payDev]
    - '\${Id}Ref': {Value: !Ref payDev}
`,
    );
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(sent()).toEqual({
      payDev: { Name: 'pay', Group: 'pay-Dev-us-east-1' },
      payProd: { Name: 'pay', Group: 'pay-Prod-us-east-1' },
      searchDev: { Name: 'sea-rch', Group: 'sea-rch-Dev-us-east-1' },
      searchProd: { Name: 'sea-rch', Group: 'sea-rch-Prod-us-east-1' },
    });
    expect(stack.outputValues).toEqual({ payDevRef: 'id-payDev' });
  });

  test('an update with one item fewer removes its resource', async () => {
    const template = `${extended}\nParameters: {T: {Type: CommaDelimitedList}}\nResources: {'Fn::ForEach::L': [X, !Ref T, {'R\${X}': ${thing('P: !Ref X')}}]}`;
    await create(template, { T: 'a,b' });
    const stack = await cf.engine.updateStack({ name: 'app', template, parameters: { T: 'b' } });
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect([...stack.resources.keys()]).toEqual(['Rb']);
  });

  test('functions in policies, in names for GetAtt, and defaults of FindInMap', async () => {
    cf.script = ({ LogicalResourceId: id }) => ({ PhysicalResourceId: id, Data: { Name: `name of ${id}` } });
    const stack = await create(`
${extended}
Parameters: {Env: {Type: String, Default: prod}}
Mappings: {Envs: {prod: {Keep: Retain}}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  A:
    Type: Custom::Thing
    DeletionPolicy: !If [IsProd, Retain, Delete]
    UpdateReplacePolicy: !FindInMap [Envs, !Ref Env, Keep]
    Properties: {ServiceToken: '${TOKEN}', Groups: !FindInMap [Envs, !Ref Env, Groups, DefaultValue: [none]]}
  Bprod: ${thing('P: !GetAtt A.Name')}
Outputs: {O: {Value: !GetAtt [!Sub 'B\${Env}', Name]}}
`);
    expect(stack.resources.get('A')).toMatchObject({
      deletionPolicy: 'Retain',
      updateReplacePolicy: 'Retain',
    });
    expect(sent()).toEqual({ A: { Groups: ['none'] }, Bprod: { P: 'name of A' } });
    expect(stack.outputValues).toEqual({ O: 'name of Bprod' });
    await cf.engine.deleteStack('app');
    expect(
      cf.events.filter(({ RequestType: type }) => type === 'Delete').map((event) => event.LogicalResourceId),
    ).toEqual(['Bprod']);
  });

  test.each([
    [
      `Resources: {'Fn::ForEach::L': [X, [a], {'R\${X}': ${thing('P: 1')}}]}`,
      'it uses Fn::ForEach::L, which needs "Transform: AWS::LanguageExtensions"',
    ],
    [
      `Resources: {A: ${thing('P: !Length [a]')}}`,
      'it uses Fn::Length, which needs "Transform: AWS::LanguageExtensions"',
    ],
    [
      `Resources: {A: {Type: Custom::Thing, DeletionPolicy: !Ref X, Properties: {ServiceToken: x}}}`,
      'write one of Delete, Retain, RetainExceptOnCreate, Snapshot, or name "Transform: AWS::LanguageExtensions" for a function',
    ],
    [
      `${extended}\nResources: {'Fn::ForEach::L': [X, [a, a], {'R\${X}': ${thing('P: 1')}}]}`,
      'Resources has "Ra" more than once after Fn::ForEach',
    ],
    [
      `${extended}\nResources: {A: ${thing('P: 1')}, 'Fn::ForEach::L': [X, !Split [',', !Ref A], {'R\${X}': ${thing('P: 1')}}]}`,
      '"A" is not known before the resources are made',
    ],
    [
      `${extended}\nParameters: {T: {Type: CommaDelimitedList}}\nResources: {'Fn::ForEach::L': [X, !Ref T, {'R\${X}': ${thing('P: 1')}}]}`,
      'parameters [T] must have values: give it with --parameters T=VALUE',
    ],
    [
      `${extended}\nParameters: {T: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /t}}\nResources: {'Fn::ForEach::L': [X, !Ref T, {'R\${X}': ${thing('P: 1')}}]}`,
      'the parameter T is read from the parameter store, and no loop or policy can be made of it here',
    ],
    [
      `${extended}\nResources: {'Fn::ForEach::L': [X, [a]]}`,
      'Resources/Fn::ForEach::L takes an identifier, a list and a mapping',
    ],
  ])('%# is refused', async (template, sentence) => {
    await expect(create(template)).rejects.toThrow(sentence);
    expect(cf.events).toEqual([]);
  });
});

describe('rules', () => {
  const ruled = (
    rule: string,
    parameters = 'E: {Type: String, Default: prod}, L: {Type: List<String>, Default: "a,b"}',
  ) => create(`Parameters: {${parameters}}\nRules: {R: ${rule}}\nResources: {A: ${thing('L: !Ref L')}}`);

  test.each([
    `{Assertions: [{Assert: {"Fn::Contains": [[dev], !Ref E]}, AssertDescription: must be dev}]}`,
    `{RuleCondition: !Equals [!Ref E, prod], Assertions: [{Assert: !Contains [[dev], !Ref E], AssertDescription: must be dev}]}`,
    `{Assertions: [{Assert: !EachMemberIn [!Ref L, [a]], AssertDescription: must be dev}]}`,
    `{Assertions: [{Assert: !EachMemberEquals [!Ref L, a], AssertDescription: must be dev}]}`,
    `{Assertions: [{Assert: !Not [!Contains [!RefAll String, prod]], AssertDescription: must be dev}]}`,
  ])('%s does not hold', async (rule) => {
    await expect(ruled(rule)).rejects.toThrow('template: rule R does not hold: must be dev');
    expect(cf.engine.stacks.all).toEqual([]);
  });

  test.each([
    `{RuleCondition: !Equals [!Ref E, dev], Assertions: [{Assert: !Contains [[dev], !Ref E]}]}`,
    `{Assertions: [{Assert: !And [!EachMemberIn [!Ref L, [a, b, c]], !Or [!Contains [!Ref L, b], !Contains [!Ref L, z]]]}]}`,
  ])('%s holds', async (rule) => {
    expect((await ruled(rule)).status).toBe('CREATE_COMPLETE');
    expect(sent()).toEqual({ A: { L: ['a', 'b'] } });
  });

  test('attributes of what parameters name are refused by name', async () => {
    const rule = `{Assertions: [{Assert: !EachMemberIn [!ValueOfAll ['AWS::EC2::VPC::Id', Tags.a], [b]]}]}`;
    await expect(ruled(rule)).rejects.toThrow('which the local AWS does not have');
  });
});

test.each([
  ['Transform: AWS::Include', 'the transform "AWS::Include" cannot run here'],
  ['Transform: {Name: My, Parameters: {}}', 'the transform "My" cannot run here'],
  ['Globals: {Function: {}}', '"Globals" belongs to the transform AWS::Serverless-2016-10-31'],
  ['Hooks: {}', 'the section Hooks cannot run here'],
  [
    'Mappings: {M: {Fn::Transform: {Name: AWS::Include}}}',
    'Mappings/M uses Fn::Transform (AWS::Include), which cannot run here',
  ],
])('%s is refused', async (section, sentence) => {
  await expect(create(`${section}\nResources: {A: ${thing('P: 1')}}`)).rejects.toThrow(sentence);
});

test('a byte order mark before JSON, and the version of a custom resource, are taken', async () => {
  const template = `\ufeff${JSON.stringify({ Resources: { A: { Type: 'Custom::Thing', Version: '1.0', Properties: { ServiceToken: TOKEN } } } })}`;
  expect((await create(template)).status).toBe('CREATE_COMPLETE');
});

/** What java.util.regex of JDK 17 says of each. */
test.each<[string, readonly string[], readonly string[]]>([
  [
    '(?i)^arn:aws[a-z-]*:iam::\\d{12}:role/[\\p{Alnum}_+=,.@/-]++$',
    ['ARN:aws:iam::111122223333:role/x'],
    ['arn:aws:iam::1:role/x', 'x'],
  ],
  ['[\\w&&[^_]-]+|[a-z\\-]+\\z', ['my-cluster', 'A1'], ['my_cluster', '']],
  ['\\d+', ['12'], ['١٢', '']],
  ['\\w+', ['a_1'], ['é']],
  ['\\p{IsAlphabetic}+', ['aé'], ['1']],
  ['[a-z[A-Z]]+', ['aB'], ['1']],
  ['\\Qa.b\\E', ['a.b'], ['axb']],
  ['(?s).*', ['a\nb', ''], []],
  ['.*', ['ab'], ['a\nb']],
  ['^$|^[a-z]', ['', 'a'], ['ab']],
  ['(?!aws:)[a-z:]*', ['a:b'], ['aws:b']],
  ['a*+a', [], ['aa']],
])('AllowedPattern %s', (pattern, good, bad) => {
  const compiled = javaPattern(pattern);
  if ('obstacle' in compiled) throw new Error(compiled.obstacle);
  expect([...good, ...bad].map((text) => compiled.test(text))).toEqual([
    ...good.map(() => true),
    ...bad.map(() => false),
  ]);
});

test.each(['\\p{javaLowerCase}', '(?m)^a$', '(?U)\\w', '[a-', '[[:alpha:]]', 'a{,3}'])(
  'AllowedPattern %s is refused by name',
  async (pattern) => {
    const parameters = JSON.stringify({ P: { Type: 'String', Default: 'a', AllowedPattern: pattern } });
    await expect(create(`Parameters: ${parameters}\nResources: {A: ${thing('P: 1')}}`)).rejects.toThrow(
      `template: parameter P has the AllowedPattern ${pattern}, which cannot be tried here: `,
    );
  },
);

describe('properties that a condition chooses', () => {
  const chosen = (region: string): string => `
Conditions: {Here: !Equals [!Ref AWS::Region, ${region}], Never: !Equals [a, b]}
Resources:
  A:
    Type: Custom::Thing
    Properties: !If
      - Here
      - {ServiceToken: '${TOKEN}', P: 1, Q: !Ref AWS::StackName}
      - !If [Never, !Ref AWS::NoValue, {ServiceToken: '${TOKEN}', P: 2}]
  B: {Type: AWS::SNS::Topic, Properties: !If [Here, {TopicName: here}, !Ref AWS::NoValue]}`;

  test.each([
    ['us-east-1', { P: '1', Q: 'app' }, 'here'],
    ['eu-west-1', { P: '2' }, undefined],
  ])('in a template for %s', async (region, properties, topicName) => {
    const stack = await create(chosen(region));
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(sent()).toEqual({ A: properties });
    expect(stack.resources.get('B')?.properties['TopicName']).toBe(topicName);
  });
});

test('the id of a new stack has the parts that templates take of it', async () => {
  const stack = await create(
    `Resources: {A: ${thing("P: !Select [2, !Split ['/', !Ref AWS::StackId]], Q: !Select [1, !Split ['/', !Ref AWS::StackId]]")}}`,
  );
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(sent()).toEqual({ A: { P: stack.id.split('/')[2], Q: 'app' } });
});
