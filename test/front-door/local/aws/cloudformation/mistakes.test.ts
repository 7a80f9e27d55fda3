/** Mistakes that people make in templates: each is refused before anything happens, with what to do instead. */
import { type Harness, startHarness, TOKEN } from './harness';

const user = 'A: {Type: AWS::IAM::User}';
const named = (value: string): string =>
  body(`A:\n  Type: AWS::IAM::User\n  Properties:\n    UserName: ${value}`);
const body = (resources: string, rest = ''): string =>
  `${rest}\nResources:\n${resources.replace(/^/gm, '  ')}`;
const off = 'Conditions: {Never: !Equals [a, b]}';
const many = (section: string, entry: string): string =>
  body(user, `${section}:\n${Array.from({ length: 201 }, (_, index) => `  N${index}: ${entry}\n`).join('')}`);

const MISTAKES: readonly (readonly [mistake: string, template: string, sentence: string])[] = [
  // Documents
  ['nothing', '# to do\n', 'it is empty: write a mapping with a Resources section'],
  [
    'two documents',
    `${body(user)}\n---\n${body(user)}`,
    'it has several YAML documents, and a template is one: leave one, without a line "---" after it',
  ],
  [
    'a manifest of Kubernetes',
    'apiVersion: v1\nkind: ConfigMap\ndata: {}\n',
    'it is an object of Kubernetes, which kubectl takes: a template has a Resources section',
  ],
  [
    'a serverless.yml',
    'service: x\nprovider: {name: aws}\n',
    'it is a configuration of the Serverless Framework: give the template that "serverless package" makes',
  ],
  [
    'the manifest of the CDK',
    '{"version": "36.0.0", "artifacts": {}}',
    'it is the manifest of the CDK: give a *.template.json that lies beside it',
  ],
  [
    'a policy',
    '{"Version": "2012-10-17", "Statement": []}',
    'it is an IAM policy: a template has a Resources section',
  ],
  [
    'a configuration of Terraform',
    '{"resource": {}}',
    'it is a configuration of Terraform: a template has a Resources section',
  ],
  ['tabs', 'Resources:\n\tA: {}\n', 'line 2, column 1: tab characters must not be used in indentation'],
  [
    'a file for Jinja',
    `${body(user)}\n{% if x %}\n`,
    'line 4: {{ }} and {% %} belong to a template engine: give the file that it makes',
  ],
  [
    'a file for Helm',
    named('{{ .Values.name }}'),
    'line 6: {{ }} and {% %} belong to a template engine: give the file that it makes',
  ],
  [
    'a comment in JSON',
    '{\n  // users\n  "Resources": {}}',
    "it is not JSON: line 2, column 3: Expected property name or '}': JSON has no comments",
  ],
  [
    'a comma too many in JSON',
    '{"Resources": {"A": {"Type": "AWS::IAM::User",}}}',
    'it is not JSON: line 1, column 47: ',
  ],
  // Sections
  [
    'too many parameters',
    many('Parameters', '{Type: String, Default: x}'),
    'it has 201 parameters, and the limit is 200',
  ],
  ['too many outputs', many('Outputs', '{Value: x}'), 'it has 201 outputs, and the limit is 200'],
  [
    'a name that is none',
    body(user, 'Outputs: {role-arn: {Value: x}}'),
    'output name "role-arn" must be letters and digits only',
  ],
  [
    'a long description',
    body(user, `Description: ${'x'.repeat(1025)}`),
    'the Description has 1025 bytes, and the limit is 1024',
  ],
  ['a list as the description', body(user, 'Description: [a]'), 'the Description is not a text'],
  [
    'a mapping with one level',
    body(user, 'Mappings: {M: {us-east-1: ami-1}}'),
    'mapping M has a simple value at us-east-1: a mapping has two levels of keys, as in "us-east-1: {Ami: ami-1}"',
  ],
  [
    'a function in a mapping',
    body(user, 'Mappings: {M: {a: {b: !Ref AWS::Region}}}'),
    'mapping M has {"Ref":"AWS::Region"} at a.b: values of mappings are simple values or lists of them, without functions',
  ],
  [
    'conditions that need each other',
    body(user, 'Conditions: {C: !Not [!Condition D], D: !Not [!Condition C]}'),
    'circular dependency between conditions: C -> D -> C',
  ],
  [
    'one that needs itself, with a loop over what it says',
    body(
      'Fn::ForEach::X: [N, !If [C, [a], [b]], {"R${N}": {Type: AWS::IAM::User}}]',
      'Transform: AWS::LanguageExtensions\nConditions: {C: !Not [!Condition C]}',
    ),
    'the condition C needs itself',
  ],
  [
    'a type of another language',
    body(user, 'Parameters: {P: {Type: Boolean}}'),
    'parameter P has the unknown type "Boolean": write String with AllowedValues ["true", "false"]',
  ],
  [
    'a list as a default',
    body(user, 'Parameters: {P: {Type: CommaDelimitedList, Default: [a, b]}}'),
    'parameter P has a Default that is a list: write its items as one text with commas, as in "a,b"',
  ],
  [
    'a function as a default',
    body(user, 'Parameters: {P: {Type: String, Default: !Ref AWS::Region}}'),
    'parameter P has Ref as its Default, and the section Parameters takes no functions',
  ],
  [
    'an output of nothing',
    body(user, 'Outputs: {O: {Value: !Ref AWS::NoValue}}'),
    'output O has no value: give the output a Condition',
  ],
  [
    'a list as an output',
    body(user, "Outputs: {O: {Value: !GetAZs ''}}"),
    'output O is a list, and outputs are texts: put it together with !Join [",", …]',
  ],
  [
    'one name exported twice',
    body(user, 'Outputs: {O: {Value: a, Export: {Name: x}}, P: {Value: a, Export: {Name: !Join ["", [x]]}}}'),
    'output P exports the name "x", which output O exports already',
  ],
  // Resources
  [
    'properties that are not indented',
    body(`A:\n  Type: Custom::Thing\n  Properties:\n  ServiceToken: ${TOKEN}\n  Cluster: c`),
    '/Resources/A/Properties is empty, and ServiceToken, Cluster are in line with it: indent what belongs to it',
  ],
  [
    'a space that is none',
    body('A:\n  \u00a0Type: AWS::IAM::User'),
    'resource A has a no-break space in the key "Type": write an ordinary space',
  ],
  [
    'curly quotes',
    body('A: {Type: “AWS::IAM::User”}'),
    'resource A has curly quotation marks in its type “AWS::IAM::User”: write straight ones, or none',
  ],
  [
    'a name that YAML reads as no',
    body(`${user}\nB: {Type: AWS::IAM::User, DependsOn: Off}`),
    'resource B has DependsOn false, which is how YAML reads a plain yes, no, on or off: put the name in quotes',
  ],
  [
    'a function for all properties',
    body('A:\n  Type: AWS::IAM::User\n  Properties: !FindInMap [M, a, b]', 'Mappings: {M: {a: {b: c}}}'),
    'resource A has Fn::FindInMap as its Properties, and the only function there is Fn::If with a condition and two mappings',
  ],
  [
    '!Ref in DependsOn',
    body(`${user}\nB: {Type: AWS::IAM::User, DependsOn: !Ref A}`),
    'resource B has a DependsOn that is not a name: write the logical id alone, without !Ref',
  ],
  [
    'snapshots of what has none',
    body('A: {Type: AWS::IAM::User, DeletionPolicy: Snapshot}'),
    'resource A has DeletionPolicy Snapshot, and AWS::IAM::User has no snapshots: write Retain or Delete',
  ],
  [
    'Metadata as a text',
    body('A: {Type: AWS::IAM::User, Metadata: x}'),
    'resource A has Metadata that are not a mapping',
  ],
  [
    'a reference to what a condition leaves out',
    body(
      'A: {Type: AWS::IAM::User, Condition: Never}\nB: {Type: AWS::IAM::User, Properties: {UserName: !Ref A}}',
      off,
    ),
    'resource B refers to "A", which its condition Never leaves out of the stack: put the reference into an Fn::If of Never, or the condition on this one, too',
  ],
  [
    'an output of what a condition leaves out',
    body(
      `A: {Type: AWS::IAM::User, Condition: Never}\nB: {Type: AWS::IAM::User}`,
      `${off}\nOutputs: {O: {Value: !GetAtt A.Arn}}`,
    ),
    'output O refers to "A", which its condition Never leaves out of the stack',
  ],
  [
    'an unknown type, though its condition leaves it out',
    body(`${user}\nB: {Type: AWS::IAM::Rol, Condition: Never}`, off),
    'resource B has the type "AWS::IAM::Rol", which is no type of CloudFormation: did you mean "AWS::IAM::Role"?',
  ],
  // Functions
  [
    'a function that is almost one',
    named('{"Fn::GetAZ": x}'),
    'resource A uses Fn::GetAZ, which is not a function that works here: did you mean "Fn::GetAZs"?',
  ],
  [
    'a function in small letters',
    named('{"fn::sub": x}'),
    'resource A has UserName as a mapping, and AWS::IAM::User takes a simple value there: did you mean "Fn::Sub"?',
  ],
  [
    'both forms at once',
    named('!Fn::Sub x'),
    'line 6, column 17: !Fn::Sub is no function of CloudFormation: write "!Sub", or "Fn::Sub:" without the exclamation mark',
  ],
  [
    'two short forms',
    named('!ImportValue !Sub x'),
    'a short form cannot follow another on one line: write the outer function in its long form',
  ],
  [
    'a function with something beside it',
    named('{Ref: A, Default: x}'),
    'resource A has UserName as a mapping, and AWS::IAM::User takes a simple value there: Ref must be alone in its mapping, and Default is beside it',
  ],
  [
    'a colon in a text',
    named('!Sub x: y'),
    'line 6, column 17: a key is a function or a mapping, and keys are texts: write what it is in as one JSON text with !Sub, or put a text that has ": " in it in quotes',
  ],
  [
    '!Join without a list',
    named('!Join [a, b]'),
    'resource A uses Fn::Join wrongly: it takes a delimiter and a list, as in !Join [",", [a, b]]',
  ],
  [
    '!Join of lists',
    named('!Join ["", [a, [b]]]'),
    'resource A uses Fn::Join wrongly: it joins texts, and an item of its list is ["b"]',
  ],
  [
    '!Select before the first',
    named('!Select [-1, [a]]'),
    'resource A uses Fn::Select wrongly: it takes an index from 0 on, and -1 is none',
  ],
  [
    '!Select after the last',
    named('!Select [2, [a, b]]'),
    'resource A, property UserName: Fn::Select cannot select nonexistent value at index 2',
  ],
  [
    '!Split without a text',
    named('!Select [0, !Split [","]]'),
    'resource A uses Fn::Split wrongly: it takes a delimiter and a text, as in !Split [",", "a,b"]',
  ],
  [
    '!FindInMap with two keys',
    body(
      named('!FindInMap [M, a]').split('Resources:\n')[1]?.replace(/^ {2}/gm, '') ?? '',
      'Mappings: {M: {a: {b: c}}}',
    ),
    'resource A uses Fn::FindInMap wrongly: it takes a mapping, a top-level key and a second-level key',
  ],
  [
    'a macro',
    named('{"Fn::Transform": {Name: Trim, Parameters: {}}}'),
    'Resources/A/Properties/UserName uses Fn::Transform (Trim), which cannot run here. Take the template that it makes',
  ],
  [
    'AWS::Include',
    body(`${user}\nFn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}`),
    'Resources uses Fn::Transform (AWS::Include), which cannot run here. Write what it includes in its place',
  ],
  // ServiceTokens
  [
    'a name as ServiceToken',
    body('A: {Type: Custom::Thing, Properties: {ServiceToken: Provider}}'),
    'resource A has the ServiceToken "Provider", which is not the ARN of a function: write one, as !GetAtt FUNCTION.Arn gives it',
  ],
  [
    '!Ref of the function as ServiceToken',
    body(
      "A: {Type: Custom::Thing, Properties: {ServiceToken: !Ref F}}\nF: {Type: AWS::Lambda::Function, Properties: {Role: r, Runtime: nodejs22.x, Handler: index.handler, Code: {ZipFile: ''}}}",
    ),
    'resource A has !Ref F as its ServiceToken, which is the name of a function: write !GetAtt F.Arn',
  ],
  [
    'the role of the function as ServiceToken',
    body('A: {Type: Custom::Thing, Properties: {ServiceToken: !GetAtt R.Arn}}\nR: {Type: AWS::IAM::User}'),
    'resource A has a ServiceToken of R, and AWS::IAM::User is no function: name the function that provides the resource',
  ],
];

let cf: Harness;
beforeAll(async () => {
  cf = await startHarness();
});
afterAll(() => cf.stop());

test.each(MISTAKES)('%s', async (_mistake, template, sentence) => {
  await expect(cf.engine.createStack({ name: 'app', template })).rejects.toThrow(sentence);
  expect(cf.engine.stack('app')).toBeUndefined();
});

test('a name as ServiceToken that a stack exports', async () => {
  await cf.engine.createStack({
    name: 'provider',
    template: body(user, `Outputs: {T: {Value: '${TOKEN}', Export: {Name: Token}}}`),
  });
  const template = body('A: {Type: Custom::Thing, Properties: {ServiceToken: Token}}');
  await expect(cf.engine.createStack({ name: 'app', template })).rejects.toThrow(
    'which is not the ARN of a function: write !ImportValue Token',
  );
  await cf.engine.deleteStack('provider');
});

describe('what a condition leaves out is not asked for anything', () => {
  test.each([
    [
      'a type that the local AWS does not have',
      'B: {Type: AWS::Redshift::Cluster, Condition: Never, Properties: {Nope: 1}}',
    ],
    ['a custom resource without a ServiceToken', 'B: {Type: Custom::Null, Condition: Never}'],
    [
      'a secret',
      "B: {Type: AWS::IAM::User, Condition: Never, Properties: {UserName: '{{resolve:secretsmanager:s}}'}}",
    ],
    ['DependsOn', 'B: {Type: AWS::IAM::User, Condition: Never}\nC: {Type: AWS::IAM::User, DependsOn: B}'],
  ])('%s', async (what, resources) => {
    const name = `c${what.length}`;
    const stack = await cf.engine.createStack({ name, template: body(`${user}\n${resources}`, off) });
    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(stack.resources.has('B')).toBe(false);
  });

  test('and the same is refused where the condition holds', async () => {
    const resources = `${user}\nB: {Type: AWS::Redshift::Cluster, Condition: Always}`;
    const template = body(resources, 'Conditions: {Always: !Equals [a, a]}');
    await expect(cf.engine.createStack({ name: 'on', template })).rejects.toThrow(
      'resource B has the type "AWS::Redshift::Cluster", which the local AWS does not have',
    );
  });
});

test('keys that come twice in JSON are said', async () => {
  const template = '{"Resources": {"A": {"Type": "AWS::IAM::User"}, "A": {"Type": "AWS::IAM::Group"}}}';
  const stack = await cf.engine.createStack({ name: 'twice', template });
  expect(stack.resources.get('A')?.type).toBe('AWS::IAM::Group');
  expect(stack.template?.remarks).toEqual([
    'line 1 repeats the key A: of two values CloudFormation takes the last',
  ]);
});
