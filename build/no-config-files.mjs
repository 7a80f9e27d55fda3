/**
 * An esbuild plugin that leaves out the SDK's reader of `~/.aws/config` and `~/.aws/credentials`: Lambda has neither,
 * and to look for them costs time at each cold start. Settings come from the environment, credentials as well.
 */
import { dirname } from 'node:path';

const READER = /[\\/]@smithy[\\/]core[\\/]dist-es[\\/].*[\\/]loadSharedConfigFiles\.js$/;
const EMPTY = `
export { CONFIG_PREFIX_SEPARATOR } from './constants';
export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });
`;

export const noConfigFiles = {
  name: 'no-config-files',
  setup({ onLoad }) {
    onLoad({ filter: READER }, ({ path }) => ({ contents: EMPTY, loader: 'js', resolveDir: dirname(path) }));
  },
};
