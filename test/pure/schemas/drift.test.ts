import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

test('everything that is made from schemas/ is up to date: fix with npm run generate', () => {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const printed = execFileSync(process.execPath, [tsx, 'build/generate-schemas.ts', '--print'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = JSON.parse(printed) as [string, string][];
  expect(files.length).toBeGreaterThan(8);
  for (const [path, text] of files)
    expect([path, readFileSync(join(root, path), 'utf8')]).toEqual([path, text]);
});

const schemas = readdirSync(join(root, 'schemas')).filter((name) => name.endsWith('.schema.json'));

test.each(schemas)('%s: every property has a description, and no other is allowed', (name) => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8')) as {
    additionalProperties: boolean;
    properties: Record<string, { description: string }>;
  };
  expect(schema.additionalProperties).toBe(false);
  for (const [property, { description }] of Object.entries(schema.properties)) {
    expect([property, description]).toEqual([property, expect.stringMatching(/\w.*\.$/s)]);
  }
});
