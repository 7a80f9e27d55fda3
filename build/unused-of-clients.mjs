/** An esbuild plugin that leaves out of every `@aws-sdk/client-*` the operations and errors that nothing refers to. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { plainErrors, withoutClasses, withoutRegistrations } from './no-plain-errors.mjs';
import { withPlainKeys } from './plain-schema-keys.mjs';

const CLIENT = String.raw`[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]`;
const SCHEMAS = new RegExp(String.raw`${CLIENT}schemas[\\/]schemas_\d+\.js$`);
const FIRST_SCHEMAS = /schemas_0\.js$/;
const ERRORS = new RegExp(String.raw`${CLIENT}models[\\/]errors\.js$`);

export const unusedOfClients = {
  name: 'unused-of-clients',
  setup({ onLoad }) {
    onLoad({ filter: SCHEMAS }, async ({ path }) => {
      const schemas = withPlainKeys(await readFile(path, 'utf8'));
      if (!FIRST_SCHEMAS.test(path)) return { contents: schemas, loader: 'js' };
      const plain = await plainErrorsOf(join(dirname(path), '..'));
      return { contents: withoutRegistrations(schemas, plain), loader: 'js' };
    });
    onLoad({ filter: ERRORS }, async ({ path }) => ({
      contents: withoutClasses(await readFile(path, 'utf8'), await plainErrorsOf(join(dirname(path), '..'))),
      loader: 'js',
    }));
  },
};

/** All errors are in the first file of schemas. */
async function plainErrorsOf(client) {
  const [schemas, errors] = await Promise.all(
    ['schemas/schemas_0.js', 'models/errors.js'].map((file) => readFile(join(client, file), 'utf8')),
  );
  return plainErrors(withPlainKeys(schemas), errors);
}
