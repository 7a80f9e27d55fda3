/** The command line reaches a cluster on each Node of Lambda's runtimes, without a word about what Node.js gives up. */
import { execFile } from 'node:child_process';
import { environmentOf, givenCluster } from '../front-door/cli/live/cluster';
import { program, type Ran } from '../front-door/cli/program';
import { NODES } from './setup/node-versions';
import { findTools } from './setup/tools';

const tools = findTools();

function run(node: string, env: Readonly<Record<string, string>>, words: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(node, [program, ...words], { env, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ code, stdout, stderr });
    });
  });
}

test.each(NODES)('Node %s', async (major) => {
  const { plane } = await givenCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
  const env = { ...environmentOf(plane) };
  const ask = (...words: readonly string[]) => run(tools.node[major], env, words);
  const version = await run(tools.node[major], {}, ['--version']);
  expect(version).toMatchObject({ code: 0, stderr: '' });
  for (const words of [['list'], ['doctor'], ['drift'], ['explain', '--me']]) {
    const ran = await ask(...words, '--cluster', 'prod');
    expect(ran.stderr).not.toMatch(/warning|deprecat|punycode/i);
    expect(ran.stdout).not.toBe('');
  }
});
