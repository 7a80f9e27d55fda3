/** Forms, names and limits of what a template is made of: what AWS refuses is refused, before anything happens. */
import { type Harness, startHarness, TOKEN } from './harness';

const user = 'A: {Type: AWS::IAM::User}';
const body = (resources: string, rest = ''): string =>
  `${rest}\nResources:\n${resources.replace(/^/gm, '  ')}`;
const condition = (value: string): string => body(user, `Conditions: {Other: !Equals [a, b], C: ${value}}`);
const parameter = (value: string): string => body(user, `Parameters: {P: ${value}}`);
const output = (value: string): string => body(user, `Outputs: {O: ${value}}`);
const attribute = (value: string): string => body(`A: {Type: AWS::IAM::User, ${value}}`);
const FORMS = 'write Fn::Equals, Fn::And, Fn::Or, Fn::Not, or Condition and the name of another one';
const BEFORE =
  'and must be known before anything is made: put it together from parameters and pseudo parameters';

type Case = readonly [what: string, template: string, sentence: string, parameters?: Record<string, string>];

const CONDITIONS: readonly Case[] = [
  ['true', condition('true'), `condition C is true, which is no condition: ${FORMS}`],
  ['a text', condition('"true"'), `condition C is "true", which is no condition: ${FORMS}`],
  ['a parameter', condition('!Ref AWS::Region'), 'condition C is {"Ref":"AWS::Region"}, which is no condition'],
  ['Fn::If', condition('!If [Other, a, b]'), 'which is no condition'],
  ['a text in Fn::Not', condition('!Not [a]'), 'condition C is "a", which is no condition'],
  ['a condition by its name alone', condition('!And [Other, Other]'), 'condition C is "Other", which is no condition'],
  ['Fn::Not of two', condition('!Not [!Condition Other, !Condition Other]'), 'condition C uses Fn::Not wrongly: it takes a list of one condition'],
  ['Fn::And of one', condition('!And [!Condition Other]'), 'condition C uses Fn::And wrongly: it takes 2 to 10 conditions, and these are 1'],
  ['Fn::Or of eleven', condition(`!Or [${Array(11).fill('!Condition Other').join(', ')}]`), 'condition C uses Fn::Or wrongly: it takes 2 to 10 conditions, and these are 11'],
  ['Fn::Equals of three', condition('!Equals [a, b, c]'), 'condition C uses Fn::Equals wrongly: it takes two texts'],
  [
    'a parameter that is a list',
    body(user, "Parameters: {L: {Type: CommaDelimitedList, Default: 'a,b'}}\nConditions: {C: !Not [!Equals [!Ref L, '']]}"),
    'condition C uses Fn::Equals wrongly: it compares texts, and {"Ref":"L"} is a list: put it together with !Join [",", …]',
  ],
  ['Fn::ImportValue', condition('!Equals [!ImportValue x, a]'), 'condition C uses Fn::ImportValue, and conditions import nothing: make what it imports a parameter'],
  ['several keys', condition('{"Fn::Equals": [a, a], Condition: Other}'), 'condition C has several keys where one function is wanted'],
]; // prettier-ignore

const OUTPUTS: readonly Case[] = [
  ['a condition that is a function', output('{Value: x, Condition: !Condition C}'), 'output O has a Condition that is not a name'],
  ['a Description with a function', output('{Value: x, Description: !Ref AWS::Region}'), 'output O has a Description that is not a text, and it takes no functions'],
  ['a long Description', output(`{Value: x, Description: ${'x'.repeat(1025)}}`), 'output O has a Description of 1025 bytes, and the limit is 1024'],
  ['a dot in the name of an export', output("{Value: x, Export: {Name: !Sub '${AWS::StackName}.x'}}"), 'output O exports the name "app.x": names of exports have letters, digits, colons and hyphens only'],
  ['an export without a value', output("{Value: '', Export: {Name: x}}"), 'output O is exported and empty: exported values have something in them'],
  ['a resource in the name of an export', output("{Value: x, Export: {Name: !Sub '${A}-x'}}"), `the export name of output O depends on A, ${BEFORE}`],
  ['zones in the name of an export', output("{Value: x, Export: {Name: !Select [0, !GetAZs '']}}"), `the export name of output O depends on Fn::GetAZs, ${BEFORE}`],
  ['a resource in the name of an import', body(`${user}\nB: {Type: AWS::IAM::User, Properties: {UserName: !ImportValue {'Fn::GetAtt': A.Arn}}}`), `resource B imports a value whose name depends on A.Arn, ${BEFORE}`],
  ['an import in the name of an import', output("{Value: {'Fn::ImportValue': {'Fn::ImportValue': x}}}"), `output O imports a value whose name depends on Fn::ImportValue, ${BEFORE}`],
]; // prettier-ignore

const PARAMETERS: readonly Case[] = [
  ['a Default that is not allowed, where a value is given', parameter('{Type: String, Default: x, AllowedValues: [a, b]}'), 'parameter P has the Default "x": it must be one of a, b', { P: 'a' }],
  ['a Default that is no number', parameter('{Type: Number, Default: x}'), 'parameter P has the Default "x": it must be a number', { P: '1' }],
  ['a hidden Default', parameter('{Type: String, Default: secret, MaxLength: 3, NoEcho: true}'), 'parameter P has the Default ****: it must have at most 3 characters', { P: 'a' }],
  ['a long value', parameter('{Type: String}'), 'parameter P has a value of 4097 bytes, and the limit is 4096', { P: 'x'.repeat(4097) }],
  ['a long Description', parameter(`{Type: String, Default: a, Description: ${'x'.repeat(4001)}}`), 'parameter P has a Description of 4001 characters, and the limit is 4000'],
  ['a type that AWS does not have', parameter('{Type: AWS::EC2::Subnet::Ids, Default: a}'), 'parameter P has the unknown type "AWS::EC2::Subnet::Ids": did you mean "AWS::EC2::Subnet::Id"?'],
  ['half a length', parameter('{Type: String, Default: a, MinLength: 0.5}'), 'parameter P has MinLength 0.5: write a whole number of characters'],
  ['NoEcho perhaps', parameter('{Type: String, Default: a, NoEcho: maybe}'), 'parameter P has NoEcho "maybe": write true or false'],
  ['no allowed values', parameter('{Type: String, Default: a, AllowedValues: []}'), 'parameter P has an empty list as its AllowedValues, which allows no value'],
  ['an allowed function', parameter('{Type: String, Default: a, AllowedValues: [!Ref AWS::Region]}'), 'parameter P has {"Ref":"AWS::Region"} in its AllowedValues, which are texts without functions'],
  ['the name of a resource', body(user, 'Parameters: {A: {Type: String, Default: a}}'), 'parameter and resource A have the same name: each needs one of its own'],
]; // prettier-ignore

const REST: readonly Case[] = [
  ['a resource in a rule', body(user, 'Rules: {R: {Assertions: [{Assert: !Equals [!Ref A, a]}]}}'), 'rule R refers to the resource A, and rules see parameters only'],
  ['a resource as documents show it', user, '"A" is a resource outside the section Resources: write "Resources:" in a line above it, and indent it'],
  ['manifests that kubectl applies', '# setup\napiVersion: v1\nkind: Namespace\n---\napiVersion: v1\nkind: Namespace\n', 'it is an object of Kubernetes, which kubectl takes: a template has a Resources section'],
  ['a top-level key of a mapping', body(user, 'Mappings: {M: {10.0.0.0/16: {a: b}}}'), 'mapping M has the top-level key "10.0.0.0/16": these are letters, digits, "-" and "."'],
  ['a second-level key of a mapping', body(user, 'Mappings: {M: {eu-west-1: {v1.2: b}}}'), 'mapping M has the second-level key "v1.2" below eu-west-1: these are letters and digits only'],
  ['many keys of a mapping', body(user, `Mappings: {M: {a: {${Array.from({ length: 201 }, (_, index) => `k${index}: v`).join(', ')}}}}`), 'mapping M has 201 keys below a, and the limit is 200'],
  ['metadata of the template', body(user, 'Metadata: x'), 'section Metadata is not a mapping'],
  ['a name in metadata', attribute("Metadata: {Config: !Sub '${Nope}'}"), 'resource A refers to "Nope", which is neither a resource nor a parameter'],
  ['a policy that is a text', attribute('CreationPolicy: x'), 'resource A has a CreationPolicy that is not a mapping'],
  ['a name in a policy', body('A: {Type: AWS::CloudFormation::WaitCondition, CreationPolicy: {ResourceSignal: {Count: !Ref Signals}}}'), 'resource A refers to "Signals", which is neither a resource nor a parameter'],
  ['what only a Create has', attribute('UpdateReplacePolicy: RetainExceptOnCreate'), 'resource A has UpdateReplacePolicy "RetainExceptOnCreate": write one of Delete, Retain, Snapshot'],
  ['many dynamic references', body(user, `Mappings: {M: {a: {b: [${Array.from({ length: 61 }, (_, index) => `'{{resolve:ssm:/p${index}}}'`).join(', ')}]}}}`), 'it has 61 dynamic references, and the limit is 60'],
]; // prettier-ignore

let cf: Harness;
beforeAll(async () => {
  cf = await startHarness();
});
afterAll(() => cf.stop());

describe.each<[string, readonly Case[]]>([
  ['conditions', CONDITIONS],
  ['outputs and exports', OUTPUTS],
  ['parameters', PARAMETERS],
  ['the rest', REST],
])('refused: %s', (_section, cases) => {
  test.each(cases.map(([what, ...rest]) => ({ what, rest })))('$what', async ({ rest }) => {
    const [template, sentence, parameters = {}] = rest;
    await expect(cf.engine.createStack({ name: 'app', template, parameters })).rejects.toThrow(sentence);
    expect(cf.engine.stack('app')).toBeUndefined();
  });
});

test('what AWS takes of them is taken', async () => {
  cf.ssm.set('/count', '3');
  const template = body(
    `${user}\nB: {Type: AWS::IAM::User, Condition: C, UpdateReplacePolicy: Retain, Metadata: {Of: !Ref A}, Properties: {UserName: !Sub '\${Count}-\${Name}'}}`,
    [
      "Parameters: {Name: {Type: String, Default: '', AllowedPattern: '|[a-z]+'}, Count: {Type: AWS::SSM::Parameter::Value<Number>, Default: /count}}",
      'Conditions: {D: !Condition E, E: !Not [!Equals [!Ref Name, ""]], C: !And [!Condition D, !Or [!Condition D, !Condition E]]}',
      "Outputs: {O: {Value: !GetAtt A.Arn, Condition: C, Description: 12, Export: {Name: !Sub '${AWS::StackName}:${Name}-1'}}}",
    ].join('\n'),
  );
  const stack = await cf.engine.createStack({ name: 'taken', template, parameters: { Name: 'x' } });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(stack.resources.get('B')?.physicalId).toBe('3-x');
  expect(stack.outputs).toEqual([
    { key: 'O', value: 'arn:aws:iam::111122223333:user/' + String(stack.resources.get('A')?.physicalId), description: '12', exportName: 'taken:x-1' },
  ]); // prettier-ignore
});

test('what means nothing to AWS is taken, and said', async () => {
  const template = body(
    `A: {Type: Custom::Thing, CreationPolicy: {ResourceSignal: {Count: 1}}, UpdatePolicy: {AutoScalingRollingUpdate: {}}, Properties: {ServiceToken: '${TOKEN}'}}\nB: {Type: AWS::AutoScaling::AutoScalingGroup, CreationPolicy: {ResourceSignal: {Count: 1}}, Properties: {MinSize: '0', MaxSize: '1', AvailabilityZones: !GetAZs ''}}\nL: {Type: AWS::Lambda::Alias, UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}, Properties: {FunctionName: f, FunctionVersion: '1', Name: live}}`,
    'Outputs: {O: {Value: x, Exports: {Name: y}}}',
  );
  const stack = await cf.engine.createStack({ name: 'said', template });
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(stack.template?.remarks).toEqual([
    'resource A has CreationPolicy, which means nothing for Custom::Thing: it counts for AWS::AppStream::Fleet, AWS::AutoScaling::AutoScalingGroup, AWS::CloudFormation::WaitCondition, AWS::EC2::Instance',
    'resource A has UpdatePolicy, which means nothing for Custom::Thing: it counts for AWS::AppStream::Fleet, AWS::AutoScaling::AutoScalingGroup, AWS::ElastiCache::ReplicationGroup, AWS::Elasticsearch::Domain, AWS::Lambda::Alias, AWS::OpenSearchService::Domain',
    'resource L is moved to another version at once: the local AWS has no CodeDeploy',
    'output O has "Exports", which means nothing there: did you mean "Export"?',
  ]);
});
