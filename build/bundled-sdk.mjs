/**
 * How the SDK goes into the function: esbuild's settings without what belongs to one output. What is left out and why
 * it is safe, each plugin and replacement says.
 *
 * The clients' chain of credential sources is replaced by the environment, the only one that Lambda has: the chain would
 * be a quarter of the bundle.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noConfigFiles } from './no-config-files.mjs';
import { unreachedParts } from './unreached-parts.mjs';
import { unreadFacts } from './unread-facts.mjs';
import { unusedOfClients } from './unused-of-clients.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export const bundledSdk = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  alias: {
    '@aws-sdk/credential-provider-node': join(root, 'access/aws/credentials.ts'),
    '@aws-sdk/signature-v4-multi-region': join(root, 'build/one-region-signer.mjs'),
    '@smithy/core/event-streams': join(root, 'build/no-event-streams.mjs'),
    '@smithy/node-http-handler': join(root, 'build/own-request-handler.mjs'),
  },
  plugins: [unusedOfClients, unreachedParts, unreadFacts, noConfigFiles],
  // Something of the SDK's that is left out and still named is a fault of the build, not `undefined` at run time.
  logOverride: { 'import-is-undefined': 'error' },
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
};
