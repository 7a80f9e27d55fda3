/** The generated validators say of every input what ajv says of it, by the schemas as they are written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import * as validators from '../../../schemas/generated/validators';

const folder = join(__dirname, '../../../schemas');
const schemas = readdirSync(folder).filter((file) => file.endsWith('.schema.json'));
const ajv = new Ajv2020({ allErrors: false, messages: false, strict: true });

type Node = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
};

const junk = fc.constantFrom<unknown>(null, 0, 1.5, NaN, true, '', 'x', [], ['x'], {}, { Key: 'x' });

/** Mostly what the schema asks for and its limits, at times something else. */
function inputFor(node: Node): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: nearlyRight(node) }, { weight: 1, arbitrary: junk });
}

function nearlyRight(node: Node): fc.Arbitrary<unknown> {
  if (node.enum)
    return fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...node.enum) }, fc.constant('ELSE'));
  switch (node.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer': {
      const { minimum = 0, maximum = 9 } = node;
      return fc.oneof(
        { weight: 10, arbitrary: fc.integer({ min: minimum, max: maximum }) },
        fc.constantFrom(minimum - 1, maximum + 1),
      );
    }
    case 'array': {
      const item = inputFor(node.items ?? {});
      const { maxItems = 200 } = node;
      const long = fc.constantFrom(maxItems, maxItems + 1).map((length) => Array<unknown>(length).fill('x'));
      return fc.oneof({ weight: 20, arbitrary: fc.array(item, { maxLength: 3 }) }, long);
    }
    case 'object': {
      const { properties = {} } = node;
      const known = fc.record(
        Object.fromEntries(
          Object.entries(properties).map(([name, property]) => [
            name,
            fc.oneof({ weight: 40, arbitrary: inputFor(property) }, fc.constant(undefined)),
          ]),
        ),
      );
      const unknown = fc.oneof(
        { weight: 30, arbitrary: fc.constant({}) },
        fc.constantFrom({ Elsewhere: 1 }, { toString: 'x' }, JSON.parse('{"__proto__":1}') as object),
      );
      return fc.tuple(known, unknown).map(([one, other]) => ({ ...one, ...other }));
    }
    default: {
      const { maxLength = 2048 } = node;
      return fc.oneof(
        { weight: 60, arbitrary: fc.constantFrom('123456789012', 'dev') },
        fc.constantFrom('', '*', 'a\u0000', '\ud800', '_', '😀'.repeat(maxLength), 'x'.repeat(maxLength + 1)),
      );
    }
  }
}

test.each(schemas)('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  // The door itself counts properties of which exactly one must be given (EXACTLY_ONE).
  const { oneOf: _, ...schema } = JSON.parse(text) as Node & { readonly oneOf?: unknown };
  const exported = file
    .replace('.schema.json', '')
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const validate = validators[exported as keyof typeof validators];
  const asked = ajv.compile(schema);
  const verdicts = new Set<string>();
  fc.assert(
    fc.property(inputFor(schema), (input) => {
      const isValid = asked(input);
      expect(validate(input)).toBe(isValid);
      const [error] = asked.errors ?? [];
      verdicts.add(error?.keyword ?? 'valid');
      expect(validate.errors ?? []).toEqual(
        error === undefined
          ? []
          : [
              {
                instancePath: error.instancePath,
                keyword: error.keyword,
                params: error.keyword === 'pattern' ? {} : error.params,
              },
            ],
      );
    }),
    { numRuns: 2000 },
  );
  // What was generated met every keyword of the schema.
  const keywords =
    'required additionalProperties type enum pattern minLength maxLength minItems maxItems minimum maximum';
  expect([...verdicts].sort()).toEqual(
    ['valid', ...keywords.split(' ').filter((keyword) => text.includes(`"${keyword}":`))].sort(),
  );
});
