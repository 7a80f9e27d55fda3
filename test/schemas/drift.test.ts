import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, readSchemas } from '../../schemas/generate';

test('everything that is made from schemas/ is up to date: mend with npm run generate', async () => {
  for (const [path, text] of await generate()) {
    expect([path, readFileSync(join(__dirname, '../..', path), 'utf8')]).toEqual([path, text]);
  }
});

test('every property has a description, and every list of names is closed', () => {
  for (const [name, schema] of readSchemas()) {
    expect([name, (schema as { additionalProperties?: boolean }).additionalProperties]).toEqual([
      name,
      false,
    ]);
    for (const [property, { description }] of Object.entries(schema.properties)) {
      expect([name, property, description]).toEqual([name, property, expect.stringMatching(/\w.*\.$/s)]);
    }
  }
});
