/**
 * Makes everything that is derived from `schemas/*.schema.json`, the only source of the properties:
 * `generated/types.ts` (json-schema-to-typescript), `generated/property-names.ts`, `generated/validators.js` (ajv
 * standalone code, so that nothing is compiled at run time) and the property tables under `docs/reference/`.
 * `npm run generate` writes them; `test/pure/schemas/drift.test.ts` fails when they are not what this makes.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { compile } from 'json-schema-to-typescript';
import { compact } from './compact-validators';
import { type JsonSchema, type JsonSchemaProperty } from './json-schema';
import { referencePages } from './reference-pages';

const root = join(__dirname, '..');
const folder = join(root, 'schemas');

/** Schema by name (`eks-access-entry`), in alphabetical order. */
export function readSchemas(): ReadonlyMap<string, JsonSchema> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  return new Map(
    names
      .sort()
      .map((name) => [
        name.replace('.schema.json', ''),
        JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonSchema,
      ]),
  );
}

const header = '// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.\n';

async function types(schemas: ReadonlyMap<string, JsonSchema>): Promise<string> {
  const parts: string[] = [];
  for (const schema of schemas.values()) {
    // declareExternallyReferenced keeps every file self-contained; all schemas are.
    // Of several properties of which exactly one is required each is optional to the compiler.
    const { oneOf: _, ...countless } = schema;
    parts.push(
      await compile(structuredClone(countless) as Parameters<typeof compile>[0], schema.title, {
        bannerComment: '',
        additionalProperties: false,
        ignoreMinAndMaxItems: true,
        format: false,
      }),
    );
  }
  return header + parts.join('\n');
}

function exportName(schemaName: string): string {
  return schemaName.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The schema without what only people read: it would be carried in the bundle for nothing. */
function withoutAnnotations(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutAnnotations);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          !(typeof value === 'string' && ['description', 'title', '$schema'].includes(key)) &&
          // `EXACTLY_ONE` says it: counting alternatives would be half a validator.
          !['default', 'oneOf'].includes(key),
      )
      .map(([key, value]) => [key, withoutAnnotations(value)]),
  );
}

/**
 * Properties that several resource types word alike become one definition, so that the validators hold one
 * function for it instead of four: a third of their size.
 */
function shareProperties(schemas: ReadonlyMap<string, JsonSchema>): {
  readonly shared: readonly object[];
  readonly byName: ReadonlyMap<string, object>;
} {
  const uses = new Map<string, number>();
  const bare = [...schemas].map(
    ([name, schema]) => [name, withoutAnnotations(schema) as JsonSchema] as const,
  );
  for (const [, schema] of bare) {
    for (const property of Object.values(schema.properties)) {
      const text = JSON.stringify(property);
      uses.set(text, (uses.get(text) ?? 0) + 1);
    }
  }
  const common = [...uses].filter(([, count]) => count > 1).map(([text]) => text);
  const reference = (property: JsonSchemaProperty): object => {
    const index = common.indexOf(JSON.stringify(property));
    return index < 0 ? property : { $ref: `shared-${index}` };
  };
  return {
    // A schema of its own each: ajv compiles a definition inside another schema once per use.
    shared: common.map((text, index) => ({ $id: `shared-${index}`, ...(JSON.parse(text) as object) })),
    byName: new Map(
      bare.map(([name, schema]) => [
        name,
        {
          ...schema,
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([key, property]) => [key, reference(property)]),
          ),
        },
      ]),
    ),
  };
}

function validators(schemas: ReadonlyMap<string, JsonSchema>): { code: string; declarations: string } {
  // Ajv's first dialect: the schemas use nothing of 2020-12 that it lacks, and its code is a third smaller.
  const ajv = new Ajv({
    code: { source: true, esm: true },
    // One error is enough for one sentence, and lambda/cloudformation/properties.ts words it: less code.
    allErrors: false,
    messages: false,
    strict: true,
    inlineRefs: false,
  });
  const refs: Record<string, string> = {};
  const { shared, byName } = shareProperties(schemas);
  for (const schema of shared) ajv.addSchema(schema);
  for (const [name, schema] of byName) {
    ajv.addSchema(schema, name);
    refs[exportName(name)] = name;
  }
  const declarations =
    header +
    "import type { ErrorObject } from 'ajv';\n" +
    "/** Of ajv's, what is kept: one error, and none of what only says where in the schema it is. */\n" +
    "export type SchemaError = Pick<ErrorObject, 'instancePath' | 'keyword' | 'params'>;\n" +
    'export interface Validator {\n  (data: unknown): boolean;\n  errors?: readonly [SchemaError] | null;\n}\n' +
    Object.keys(refs)
      .map((name) => `export const ${name}: Validator;\n`)
      .join('');
  // The one thing that ajv's code would load from ajv: the number of code points. So a project that installs the
  // constructs needs no ajv.
  const code = standaloneCode(ajv, refs).replaceAll(
    'require("ajv/dist/runtime/ucs2length").default',
    '(text) => [...text].length',
  );
  return { code: `${header}${compact(code)}\n`, declarations };
}

/** Names that are allowed at each place, so that a typo can be answered with the name that was meant. */
function propertyNames(schemas: ReadonlyMap<string, JsonSchema>): string {
  const places: [string, readonly string[]][] = [];
  const visit = (place: string, node: JsonSchemaProperty | JsonSchema): void => {
    const properties = 'items' in node && node.items?.properties ? node.items.properties : node.properties;
    if (!properties) return;
    places.push([place, Object.keys(properties)]);
    for (const [name, property] of Object.entries(properties)) visit(`${place}/${name}`, property);
  };
  const alternatives: [string, readonly string[]][] = [];
  for (const schema of schemas.values()) {
    visit(schema.title, schema);
    const names = (schema.oneOf ?? []).flatMap(({ required }) => required);
    for (const name of names)
      if (!schema.properties[name]) throw new Error(`${schema.title} has no property ${name}`);
    if (names.length > 0) alternatives.push([schema.title, names]);
  }
  return (
    header +
    '/** Title of a schema, then the path of an object in it (list indexes left out) → the names it may have. */\n' +
    `export const PROPERTY_NAMES: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(places), null, 2)};\n` +
    '/** Title of a schema → properties of which exactly one must be given. */\n' +
    `export const EXACTLY_ONE: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(alternatives), null, 2)};\n`
  );
}

/** Path from the project's root → the text that belongs there. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  const schemas = readSchemas();
  const { code, declarations } = validators(schemas);
  const files = new Map<string, string>([
    ['schemas/generated/types.ts', await types(schemas)],
    ['schemas/generated/property-names.ts', propertyNames(schemas)],
    ['schemas/generated/validators.js', code],
    ['schemas/generated/validators.d.ts', declarations],
  ]);
  for (const [path, text] of referencePages(schemas)) files.set(path, text);
  return files;
}

if (require.main === module) {
  void generate().then((files) => {
    // `--print` is for the drift test, which runs this as a process of its own.
    if (process.argv.includes('--print')) process.stdout.write(JSON.stringify([...files]));
    else for (const [path, text] of files) writeFileSync(join(root, path), text);
  });
}
