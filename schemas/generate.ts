/**
 * Makes everything that is derived from `schemas/*.schema.json`, the only source of the properties:
 * `generated/types.ts` (json-schema-to-typescript), `generated/validators.js` (ajv standalone code, so that
 * nothing is compiled at run time) and the property tables under `docs/reference/` and in the README.
 * `npm run generate` writes them; `test/schemas/drift.test.ts` fails when they are not what this makes.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import standaloneCode from 'ajv/dist/standalone';
import { compile } from 'json-schema-to-typescript';
import { referencePages, readmeWithTables } from './reference';

export type JsonSchema = {
  readonly title: string;
  readonly description: string;
  readonly required?: readonly string[];
  readonly properties: Record<string, JsonSchemaProperty>;
};
export type JsonSchemaProperty = {
  readonly description: string;
  readonly type: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly items?: JsonSchemaProperty;
  readonly properties?: Record<string, JsonSchemaProperty>;
  readonly required?: readonly string[];
};

const root = join(__dirname, '..');

/** Schema by name (`eks-access-entry`), in alphabetical order. */
export function readSchemas(): ReadonlyMap<string, JsonSchema> {
  const names = readdirSync(__dirname).filter((name) => name.endsWith('.schema.json'));
  return new Map(
    names
      .sort()
      .map((name) => [
        name.replace('.schema.json', ''),
        JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as JsonSchema,
      ]),
  );
}

const header = '// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.\n';

async function types(schemas: ReadonlyMap<string, JsonSchema>): Promise<string> {
  const parts: string[] = [];
  for (const schema of schemas.values()) {
    // declareExternallyReferenced keeps every file self-contained; all schemas are.
    parts.push(
      await compile(structuredClone(schema) as Parameters<typeof compile>[0], schema.title, {
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
      .filter(([key, value]) => !((key === 'description' || key === 'title') && typeof value === 'string') && key !== 'default')
      .map(([key, value]) => [key, withoutAnnotations(value)]),
  );
}

function validators(schemas: ReadonlyMap<string, JsonSchema>): { code: string; declarations: string } {
  const ajv = new Ajv2020({
    code: { source: true, esm: false },
    // One error is enough for one sentence, and lambda/cloudformation/properties.ts words it: less code.
    allErrors: false,
    messages: false,
    strict: true,
  });
  const refs: Record<string, string> = {};
  for (const [name, schema] of schemas) {
    ajv.addSchema(withoutAnnotations(schema) as JsonSchema, name);
    refs[exportName(name)] = name;
  }
  const declarations =
    header +
    "import type { ErrorObject } from 'ajv';\n" +
    'export interface Validator {\n  (data: unknown): boolean;\n  errors?: ErrorObject[] | null;\n}\n' +
    Object.keys(refs)
      .map((name) => `export const ${name}: Validator;\n`)
      .join('');
  return { code: header + standaloneCode(ajv, refs) + '\n', declarations };
}

/** Path from the project's root → the text that belongs there. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  const schemas = readSchemas();
  const { code, declarations } = validators(schemas);
  const files = new Map<string, string>([
    ['schemas/generated/types.ts', await types(schemas)],
    ['schemas/generated/validators.js', code],
    ['schemas/generated/validators.d.ts', declarations],
  ]);
  for (const [path, text] of referencePages(schemas)) files.set(path, text);
  files.set('README.md', readmeWithTables(schemas, readFileSync(join(root, 'README.md'), 'utf8')));
  return files;
}

if (require.main === module) {
  void generate().then((files) => {
    for (const [path, text] of files) writeFileSync(join(root, path), text);
  });
}
