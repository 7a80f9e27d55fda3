import { parseTemplate } from '../../../../../local/aws/cloudformation/template/parse-template';
import { dependenciesOf } from '../../../../../local/aws/cloudformation/template/check-template';
import { parameterTexts } from '../../../../../local/aws/cloudformation/template/parameters';
import { TemplateError } from '../../../../../local/aws/cloudformation/template-error';

const source = 'template.yaml';
const parse = (body: string, limit?: number) =>
  parseTemplate(body, { source, ...(limit === undefined ? {} : { limit }) });
const wait = 'Type: AWS::CloudFormation::WaitConditionHandle';

describe('reading a template', () => {
  test('YAML short forms and JSON long forms are the same', () => {
    const yaml = parse(
      `
Conditions:
  C: !And [!Equals [!Ref 'AWS::Region', a], !Or [!Condition D, !Not [!Condition D]]]
  D: !Equals [1, 2]
Mappings: {M: {a: {b: c}}}
Resources:
  A: {${wait}}
  B:
    ${wait}
    Properties:
      P: !Sub '\${A} \${B.C} \${!Literal}'
      Q: !GetAtt A.Outputs.X
      R: !GetAtt [A, X]
      S: !Join [',', [!Ref A, !Select [0, !Split ['|', !Base64 x]]]]
      T: !If [C, !ImportValue n, !Ref AWS::NoValue]
      U: !FindInMap [M, a, b]
      V: !GetAZs ''
      W: !Cidr [10.0.0.0/16, 2, 8]
      X: !Sub ['\${Y}', {Y: !Ref A}]
      Z: !GetAZs {Ref: AWS::Region}
`.replace('${B.C}', '${A.C}'),
    );
    const json = parse(
      JSON.stringify({
        Conditions: {
          C: {
            'Fn::And': [
              { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'a'] },
              { 'Fn::Or': [{ Condition: 'D' }, { 'Fn::Not': [{ Condition: 'D' }] }] },
            ],
          },
          D: { 'Fn::Equals': [1, 2] },
        },
        Mappings: { M: { a: { b: 'c' } } },
        Resources: {
          A: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
          B: {
            Type: 'AWS::CloudFormation::WaitConditionHandle',
            Properties: {
              P: { 'Fn::Sub': '${A} ${A.C} ${!Literal}' },
              Q: { 'Fn::GetAtt': ['A', 'Outputs.X'] },
              R: { 'Fn::GetAtt': ['A', 'X'] },
              S: {
                'Fn::Join': [
                  ',',
                  [{ Ref: 'A' }, { 'Fn::Select': [0, { 'Fn::Split': ['|', { 'Fn::Base64': 'x' }] }] }],
                ],
              },
              T: { 'Fn::If': ['C', { 'Fn::ImportValue': 'n' }, { Ref: 'AWS::NoValue' }] },
              U: { 'Fn::FindInMap': ['M', 'a', 'b'] },
              V: { 'Fn::GetAZs': '' },
              W: { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] },
              X: { 'Fn::Sub': ['${Y}', { Y: { Ref: 'A' } }] },
              Z: { 'Fn::GetAZs': { Ref: 'AWS::Region' } },
            },
          },
        },
      }),
    );
    expect({ ...yaml, body: '' }).toEqual({ ...json, body: '' });
    expect(dependenciesOf(yaml, 'B')).toEqual(['A']);
  });

  test('brackets and quotes may go on without further indentation, as in YAML 1.1', () => {
    const { resources, description } = parse(`
Description: "one
two"
Resources:
  A:
    ${wait}
    Properties:
      P: [
        a
      ]
      Q: {
        b: [c,
      d]
      }
`);
    expect(description).toBe('one two');
    expect(resources.get('A')?.properties).toEqual({ P: ['a'], Q: { b: ['c', 'd'] } });
  });

  test('scalars are those of YAML 1.1, and dates stay text', () => {
    const { resources } = parse(`
AWSTemplateFormatVersion: 2010-09-09
Resources:
  A:
    ${wait}
    Properties: {Version: 2012-10-17, Yes: yes, No: off, Number: 12, Account: '012345678901', Text: "no", Empty: '', y: y, 012345678901: key, __proto__: safe}
`);
    expect(Object.entries(resources.get('A')?.properties ?? {})).toEqual([
      ['Version', '2012-10-17'],
      ['Yes', true],
      ['No', false],
      ['Number', 12],
      ['Account', '012345678901'],
      ['Text', 'no'],
      ['Empty', ''],
      ['y', 'y'],
      ['012345678901', 'key'],
      ['__proto__', 'safe'],
    ]);
  });

  test.each<[string, string, string]>([
    [
      'a misspelt Ref',
      `Resources: {FunctionRole: {${wait}}, LambdaKubeUser: {${wait}, Properties: {R: !Ref FunctionRol}}}`,
      'resource LambdaKubeUser refers to "FunctionRol", which is neither a resource nor a parameter: did you mean "FunctionRole"?',
    ],
    [
      'a misspelt GetAtt',
      `Resources: {Role: {${wait}}, A: {${wait}, Properties: {R: !GetAtt Rol.Arn}}}`,
      'resource A refers to "Rol.Arn", and "Rol" is not a resource: did you mean "Role"?',
    ],
    [
      'a misspelt Sub',
      `Resources: {A: {${wait}, Properties: {R: !Sub 'x\${AWS::Regio}'}}}`,
      'resource A refers to "AWS::Regio", which is neither a resource nor a parameter: did you mean "AWS::Region"?',
    ],
    [
      'Fn::GetStackOutput of no mapping',
      `Resources: {A: {${wait}, Properties: {R: !GetStackOutput s.O}}}`,
      'resource A uses Fn::GetStackOutput wrongly: it takes a mapping with StackName and OutputName',
    ],
    [
      'Fn::GetStackOutput without an output',
      `Resources: {A: {${wait}, Properties: {R: !GetStackOutput {StackName: s}}}}`,
      'resource A uses Fn::GetStackOutput wrongly: it takes StackName and OutputName, and OutputName is missing',
    ],
    [
      'Fn::GetStackOutput with an unknown argument',
      `Resources: {A: {${wait}, Properties: {R: !GetStackOutput {StackName: s, OutputKey: O}}}}`,
      'resource A uses Fn::GetStackOutput wrongly: it takes StackName, OutputName, Region, RoleArn, and OutputKey is none of them',
    ],
    [
      'Fn::GetStackOutput of an unknown parameter',
      `Resources: {A: {${wait}, Properties: {R: {'Fn::GetStackOutput': {StackName: !Ref Stack, OutputName: O}}}}}`,
      'resource A refers to "Stack", which is neither a resource nor a parameter',
    ],
    [
      'an unknown name that resembles nothing',
      `Resources: {A: {${wait}, Properties: {R: !Ref Xylophone}}}`,
      'resource A refers to "Xylophone", which is neither a resource nor a parameter',
    ],
    [
      'an output',
      `{"Resources": {"A": {"Type": "AWS::X::Y"}}, "Outputs": {"O": {"Value": {"Ref": "B"}}}}`,
      'output O refers to "B", which is neither a resource nor a parameter',
    ],
    [
      'a condition that is not there',
      `Resources: {A: {${wait}, Condition: C}}`,
      'resource A refers to the condition "C", which does not exist',
    ],
    [
      'Fn::If of no condition',
      `Resources: {A: {${wait}, Properties: {R: !If [C, 1, 2]}}}`,
      'resource A refers to the condition "C", which does not exist',
    ],
    [
      'a condition on a resource',
      `Conditions: {C: !Equals [!Ref A, 1]}\nResources: {A: {${wait}}}`,
      'condition C refers to the resource A, and conditions see parameters and mappings only',
    ],
    [
      'a mapping that is not there',
      `Resources: {A: {${wait}, Properties: {R: !FindInMap [M, a, b]}}}`,
      'resource A refers to the mapping "M", which does not exist',
    ],
    [
      'DependsOn of nothing',
      `Resources: {A: {${wait}, DependsOn: B}}`,
      'resource A depends on "B", which is not a resource',
    ],
    [
      'a cycle',
      `Resources: {A: {${wait}, DependsOn: B}, B: {${wait}, Properties: {R: !Ref C}}, C: {${wait}, Properties: {R: !Sub '\${A}'}}}`,
      'circular dependency between resources: A -> B -> C -> A',
    ],
    [
      'a resource that needs itself',
      `Resources: {A: {${wait}, Properties: {R: !Ref A}}}`,
      'circular dependency between resources: A -> A',
    ],
    [
      'an unknown function',
      `{"Resources": {"A": {"Type": "AWS::X::Y", "Properties": {"P": {"Fn::Xylophone": 1}}}}}`,
      'resource A uses Fn::Xylophone, which is not a function that works here',
    ],
    [
      'Fn::If with two parts',
      `Conditions: {C: !Equals [1, 1]}\nResources: {A: {${wait}, Properties: {R: !If [C, 1]}}}`,
      'resource A uses Fn::If wrongly: it takes the name of a condition and two values',
    ],
    [
      'GetAtt without attribute',
      `Resources: {A: {${wait}}, B: {${wait}, Properties: {R: !GetAtt A}}}`,
      'resource B uses Fn::GetAtt wrongly: it takes a resource and an attribute, as in Role.Arn',
    ],
    [
      'an alias',
      `Resources:\n  A: &a {${wait}}\n  B: *a`,
      'YAML aliases are not allowed in CloudFormation templates: repeat the value',
    ],
    [
      'an unknown section',
      `Resource: {}`,
      '"Resource" is not a section of a template: did you mean "Resources"?',
    ],
    ['no resources', `Description: x`, 'at least one resource must be defined in the section Resources'],
    ['a missing Type', `Resources: {A: {}}`, 'resource A has no Type'],
    [
      'an attribute that resources do not have',
      `Resources: {A: {${wait}, Property: {}}}`,
      'resource A has "Property", which is not an attribute of a resource: did you mean "Properties"?',
    ],
    [
      'a name with a dash',
      `Resources: {a-b: {${wait}}}`,
      'resource name "a-b" must be letters and digits only',
    ],
    [
      'null',
      `Resources: {A: {${wait}, Properties: {P: }}}`,
      '/Resources/A/Properties/P is null, and null values are not allowed in templates',
    ],
    [
      'null for a region',
      `Resources: {A: {${wait}, Properties: {P: {"Fn::GetAZs": null}}}}`,
      '/Resources/A/Properties/P/Fn::GetAZs is null, and null values are not allowed in templates: write "" for the region of the stack',
    ],
    [
      'another policy',
      `Resources: {A: {${wait}, DeletionPolicy: Keep}}`,
      'resource A has DeletionPolicy "Keep": write one of Delete, Retain, RetainExceptOnCreate, Snapshot',
    ],
    [
      'a macro',
      `Transform: AWS::Serverless-2016-10-31\nResources: {A: {${wait}}}`,
      'the transform "AWS::Serverless-2016-10-31" cannot run here: only AWS::LanguageExtensions can. Take the template that it makes, which "aws cloudformation get-template --template-stage Processed" prints of a deployed stack',
    ],
    ['a list', `- a`, 'it is not a template: write a mapping with a Resources section'],
    [
      'an Export without a name',
      `Resources: {A: {${wait}}}\nOutputs: {O: {Value: x, Export: {}}}`,
      'output O has an Export without Name',
    ],
    [
      'an unknown parameter type',
      `Parameters: {P: {Type: Strin}}\nResources: {A: {${wait}}}`,
      'parameter P has the unknown type "Strin": did you mean "String"?',
    ],
  ])('refuses %s', (_name, body, sentence) => {
    expect(() => parse(body)).toThrow(new TemplateError(source, sentence));
  });

  test.each([
    ['Resources: {A: !Nope x}', /^template\.yaml: line 1, column \d+: /],
    [
      'Resources: {A: {Properties: !Subs x}}',
      /^template\.yaml: line 1, column \d+: !Subs is no function of CloudFormation: did you mean "!Sub"\?$/,
    ],
    [
      'Resources: !Rain::Embed x',
      /^template\.yaml: line 1, column \d+: !Rain::Embed belongs to the tool rain: give the template that "rain pkg" makes$/,
    ],
    [
      'Resources:\n  A:\n    Type: "x\n    Properties: {}\n',
      /^template\.yaml: line 4, column 5: brackets or quotes that begin above are not closed before this line/,
    ],
    ['Resources:\n  A: {Type: x} y\n', /^template\.yaml: line 2, column \d+: /],
    [
      "Description: 'a' b\nResources: {}\n",
      /^template\.yaml: line 1, column \d+: a key is not in line with those above it, or something follows a value that has ended$/,
    ],
    ['Resources: [', /^template\.yaml: line \d+, column \d+: /],
    [
      'Resources: {A: {Type: x, Properties: {R: !GetStackOutput {StackName: !Ref A, OutputName: O}}}}',
      /^template\.yaml: the short form !GetStackOutput cannot hold other short forms: write Fn::GetStackOutput$/,
    ],
    ['{"Resources": }', /^template\.yaml: it is not JSON: /],
  ])('names the place of a syntax error: %j', (body, message) => {
    expect(() => parse(body)).toThrow(message);
    expect(() => parse(body)).toThrow(TemplateError);
  });

  test.each([
    ['Resources:\n  A: {Type: x}\n  A: {Type: y}', 'y', 'line 3 repeats the key A'],
    ['Resources:\n  A:\n    Type: x\n    "Type" : y\n', 'y', 'line 4 repeats the key Type'],
    // The second key is found although a line before it has to be moved in first.
    ['Description: "a\n"\nResources:\n  A: {Type: x}\n  A: {Type: z}', 'z', 'line 5 repeats the key A'],
  ])('of two equal keys the last counts, which is said: %j', (body, type, remark) => {
    const template = parse(body);
    expect(template.resources.get('A')?.type).toBe(type);
    expect(template.remarks).toEqual([`${remark}: of two values CloudFormation takes the last`]);
  });

  test('has limits', () => {
    const padded = `Metadata: {M: ${'x'.repeat(60_000)}}\nResources: {A: {${wait}}}`;
    expect(() => parse(padded)).toThrow(
      `it has ${padded.length} bytes, and the limit is 51200: upload it to S3 to send up to 1 MB`,
    );
    expect(parse(padded, 1_048_576).resources.size).toBe(1);
    const many = (count: number): string =>
      JSON.stringify({
        Resources: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`R${index}`, { Type: 'AWS::X::Y' }]),
        ),
      });
    expect(parse(many(500)).resources.size).toBe(500);
    expect(() => parse(many(501))).toThrow('it has 501 resources, and the limit is 500');
  });
});

describe('parameters', () => {
  const texts = (parameters: string, given: Record<string, string> = {}) =>
    Object.fromEntries(
      parameterTexts(parse(`Parameters: ${parameters}\nResources: {A: {${wait}}}`), given, (name) =>
        name === '/known' ? 'value' : undefined,
      ),
    );

  test.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['defaults', '{P: {Type: String, Default: 1}}', {}, { P: '1' }],
    ['given values', '{P: {Type: Number, Default: 1}}', { P: '2' }, { P: '2' }],
    ['SSM', '{P: {Type: "AWS::SSM::Parameter::Value<String>", Default: /known}}', {}, { P: 'value' }],
    ['types of other services', '{P: {Type: "List<AWS::EC2::Subnet::Id>"}}', { P: 'a, b' }, { P: 'a, b' }],
  ])('%s', (_name, parameters, given, expected) => {
    expect(texts(parameters, given)).toEqual(expected);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      '{P: {Type: String}, Q: {Type: String}}',
      {},
      'parameters [P, Q] must have values: give them with --parameters P=VALUE Q=VALUE',
    ],
    [
      '{Stage: {Type: String, Default: x}}',
      { Stag: 'y' },
      'there is no parameter "Stag": did you mean "Stage"?',
    ],
    ['{P: {Type: String, AllowedValues: [a, b]}}', { P: 'c' }, 'parameter P is "c": it must be one of a, b'],
    [
      '{P: {Type: String, AllowedPattern: "[a-z]+"}}',
      { P: 'aB' },
      'parameter P is "aB": it must match the pattern [a-z]+',
    ],
    [
      '{P: {Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: be small letters}}',
      { P: 'B' },
      'parameter P is "B", which does not keep to: be small letters',
    ],
    [
      '{P: {Type: String, MinLength: 2}}',
      { P: 'a' },
      'parameter P is "a": it must have at least 2 characters',
    ],
    [
      '{P: {Type: String, MaxLength: 2, NoEcho: true}}',
      { P: 'abc' },
      'parameter P is "****": it must have at most 2 characters',
    ],
    ['{P: {Type: Number}}', { P: 'x' }, 'parameter P is "x": it must be a number'],
    ['{P: {Type: Number, MinValue: 3}}', { P: '2' }, 'parameter P is "2": it must be at least 3'],
    ['{P: {Type: Number, MaxValue: 1}}', { P: '2' }, 'parameter P is "2": it must be at most 1'],
    ['{P: {Type: "List<Number>"}}', { P: '1,x' }, 'parameter P is "1,x": it must be a number'],
    [
      '{P: {Type: CommaDelimitedList, AllowedValues: [a]}}',
      { P: 'a,b' },
      'parameter P is "a,b": it must be one of a',
    ],
    [
      '{P: {Type: "AWS::SSM::Parameter::Value<String>"}}',
      { P: '/none' },
      'parameter P names the SSM parameter "/none", which does not exist here: give it with --ssm /none=VALUE',
    ],
  ])('%s refuses %j', (parameters, given, sentence) => {
    expect(() => texts(parameters, given)).toThrow(
      new TemplateError(source, sentence.replace('"****"', '****')),
    );
  });
});
