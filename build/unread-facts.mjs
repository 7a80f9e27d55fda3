/**
 * An esbuild plugin that leaves out data of the SDK's that nobody reads:
 *
 * - a client's `package.json`, but for the version, which goes into the user agent;
 * - the words for the Regions ("Europe (Frankfurt)") in the table of partitions: no rule of an endpoint asks for them.
 */
import { readFile } from 'node:fs/promises';

const PACKAGE = /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;
const PARTITIONS = /[\\/]@aws-sdk[\\/]core[\\/]dist-es[\\/].*[\\/]lib[\\/]aws[\\/]partitions\.js$/;

export const unreadFacts = {
  name: 'unread-facts',
  setup({ onLoad }) {
    onLoad({ filter: PACKAGE }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    onLoad({ filter: PARTITIONS }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/"description": "[^"\\]*"/g, ''),
      loader: 'js',
    }));
  },
};
