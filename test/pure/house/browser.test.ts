/** What decides runs in a browser: a bundle of all of it needs nothing of Node.js and no package. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '../../..');
const IMPURE =
  /^access\/(aws\/(?!partition(?:-names)?\.ts$)|cluster\/|http-exchange\.ts$|[^/]+\/(store|back-end|reconcile|put|remove|apply|undo|rebind|unmark)\.ts$)/;

const pure = execFileSync('git', ['ls-files', 'access/*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && !IMPURE.test(path));

async function bundleFor(paths: readonly string[]): Promise<readonly string[]> {
  const contents = paths
    .map((path, index) => `import * as part${index} from './${path}'; console.log(part${index});`)
    .join('\n');
  const { errors } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  }).catch((error: unknown) => error as { readonly errors: readonly { readonly text: string }[] });
  return errors.map(({ text }) => text);
}

test('a bundle for browsers takes all that decides', async () => {
  expect(pure.length).toBeGreaterThan(60);
  expect(await bundleFor(pure)).toEqual([]);
});

test('and would not take what talks', async () => {
  expect(await bundleFor(['access/cluster/kubernetes-api.ts'])).toContainEqual(
    expect.stringContaining('node:https'),
  );
});
