import fc from 'fast-check';
import { cidrBlocks } from '../../../../../local/aws/cloudformation/template/cidr';
import { type Json, primitivesAsStrings } from '../../../../../local/aws/cloudformation/json';
import { parseTemplate } from '../../../../../local/aws/cloudformation/template/parse-template';
import { physicalName } from '../../../../../local/aws/cloudformation/resources/physical-name';
import { resolve, type Scope } from '../../../../../local/aws/cloudformation/template/resolve';
import { editDistance } from '../../../../../local/aws/cloudformation/template/suggestion';

const scope: Scope = {
  source: 't',
  mappings: { M: { a: { b: 'deep', list: ['x', 'y'] } } },
  region: 'eu-west-1',
  condition: (name) => name === 'Is',
  ref: (name) => ({ A: 'id-a', List: ['1', '2'], 'AWS::Region': 'eu-west-1' })[name],
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  importValue: (name) => `imported ${name}`,
  stackOutput: (stack, output) => `${output} of ${stack}`,
};

/** The value of property P of a template with this YAML. */
function evaluate(yaml: string): Json | undefined {
  const template = parseTemplate(
    `Transform: AWS::LanguageExtensions\nResources:\n  A: {Type: AWS::X::Y}\n  List: {Type: AWS::X::Y}\n  T:\n    Type: AWS::X::Y\n    Properties:\n      P: ${yaml}\nMappings: {M: {a: {b: c}}}\nConditions: {Is: !Equals [1, 1], Isnt: !Equals [1, 2]}`,
  );
  const properties = resolve(template.resources.get('T')?.properties ?? {}, scope, 'resource T');
  return (properties as Record<string, Json>)['P'];
}

describe('intrinsic functions', () => {
  test.each<[string, Json | undefined]>([
    ['!Ref A', 'id-a'],
    ['!Ref AWS::NoValue', undefined],
    ['[1, !Ref AWS::NoValue, {Q: !Ref AWS::NoValue, R: 2}]', [1, { R: 2 }]],
    ['!GetAtt A.Some.Thing', 'A/Some.Thing'],
    ['!GetAtt [A, !Ref A]', 'A/id-a'],
    ["!Sub '${A} ${A.X} ${AWS::Region} ${!A} $A {A}'", 'id-a A/X eu-west-1 ${A} $A {A}'],
    ["!Sub ['${V} ${A}', {V: !Join ['', [a, 1, true]]}]", 'a1true id-a'],
    ["!Join ['-', !Ref List]", '1-2'],
    ["!Join ['', []]", ''],
    ["!Select [1, !Split [',', 'a,b,c']]", 'b'],
    ["!Select ['0', !Ref List]", '1'],
    ['!If [Is, yes-value, !Ref AWS::NoValue]', 'yes-value'],
    ['!If [Isnt, 1, {B: !Ref A}]', { B: 'id-a' }],
    ['!FindInMap [M, a, b]', 'deep'],
    ['!FindInMap [M, a, list]', ['x', 'y']],
    ['!FindInMap [M, a, none, {DefaultValue: !Ref A}]', 'id-a'],
    ['!Base64 größe', Buffer.from('größe').toString('base64')],
    ["!GetAZs ''", ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['!GetAZs {Ref: AWS::Region}', ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ["!ImportValue {'Fn::Sub': 'x-${AWS::Region}'}", 'imported x-eu-west-1'],
    ['!GetStackOutput {StackName: s, OutputName: O}', 'O of s'],
    ['{"Fn::GetStackOutput": {StackName: !Sub "${A}-x", OutputName: O, Region: eu-west-1}}', 'O of id-a-x'],
    [
      '{"Fn::GetStackOutput": {StackName: s, OutputName: O, Region: !Ref AWS::NoValue, RoleArn: !Ref AWS::NoValue}}',
      'O of s',
    ],
    ['!Length [1, 2, 3]', 3],
    ['!ToJsonString {a: !Ref A}', '{"a":"id-a"}'],
    ['!Cidr [10.0.0.0/22, 3, 8]', ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['{Condition: {StringEquals: {a: b}}}', { Condition: { StringEquals: { a: 'b' } } }],
  ])('%s', (yaml, expected) => {
    expect(evaluate(yaml)).toEqual(expected);
  });

  test.each([
    ['!Select [5, [a]]', 't: resource T: Fn::Select cannot select nonexistent value at index 5'],
    ['!FindInMap [M, a, none]', 't: resource T: the mapping M has no value for "a", "none"'],
    ['!Sub "${List}"', 't: resource T: ${List} of Fn::Sub must be text, and it is ["1","2"]'],
    ["!Join [',', !Ref A]", 't: resource T: the list of Fn::Join must be a list, and it is "id-a"'],
    [
      '!Cidr [10.0.0.0/24, 3, 8]',
      't: resource T uses Fn::Cidr wrongly: it takes a block that holds that many blocks',
    ],
    ['!Join [!Ref AWS::NoValue, []]', 't: resource T: the delimiter has no value'],
    [
      '!GetStackOutput {StackName: s, OutputName: O, Region: us-east-2}',
      't: resource T: Fn::GetStackOutput has Region "us-east-2", and the local AWS has eu-west-1 only: leave Region out',
    ],
    [
      '!GetStackOutput {StackName: s, OutputName: O, RoleArn: "arn:aws:iam::111122223333:role/reader"}',
      't: resource T: Fn::GetStackOutput has RoleArn, and the local AWS reads the outputs of its own account only: leave RoleArn out',
    ],
    [
      '{"Fn::GetStackOutput": {StackName: !Ref List, OutputName: O}}',
      't: resource T: Fn::GetStackOutput has StackName ["1","2"], and it must be text',
    ],
    [
      '{"Fn::GetStackOutput": {StackName: s, OutputName: !Ref AWS::NoValue}}',
      't: resource T: Fn::GetStackOutput has OutputName without a value, and it must be text',
    ],
  ])('%s is refused', (yaml, message) => {
    expect(() => evaluate(yaml)).toThrow(message);
  });

  test('data without functions stays as it is', () => {
    const plain = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.string({ maxLength: 3 }).filter((key) => key !== 'Ref' && key !== '__proto__'),
          tie('value'),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    fc.assert(fc.property(plain, (value) => void expect(resolve(value, scope, 'p')).toEqual(value)));
  });

  test('simple values become strings, and nothing else changes', () => {
    expect(primitivesAsStrings({ a: true, b: 1.5, c: ['x', { d: false }], e: {}, f: [] })).toEqual({
      a: 'true',
      b: '1.5',
      c: ['x', { d: 'false' }],
      e: {},
      f: [],
    });
  });
});

describe('names and distances', () => {
  test('physical names keep their limit and both of their parts', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/),
        fc.stringMatching(/^[A-Za-z0-9]{1,255}$/),
        fc.integer({ min: 40, max: 255 }),
        (stack, logicalId, maximum) => {
          const name = physicalName(stack, logicalId, maximum);
          expect(name.length).toBeLessThanOrEqual(maximum);
          expect(name).toMatch(/^.+-[A-Za-z0-9]+-[A-Za-z0-9]{12}$/);
          expect(stack.startsWith(name.slice(0, 5).split('-')[0] ?? '')).toBe(true);
        },
      ),
    );
  });

  test.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['FunctionRol', 'FunctionRole', 1],
  ])('distance of %j and %j is %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance);
    expect(editDistance(right, left)).toBe(distance);
  });

  test.each([
    ['10.0.0.0/16', 257, 8],
    ['10.0.0.0', 1, 8],
    ['10.0.0.300/16', 1, 8],
  ])('%s has no %i blocks of %i bits', (block, count, bits) => {
    expect(cidrBlocks(block, count, bits)).toBeUndefined();
  });
});
