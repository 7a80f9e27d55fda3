/** The Nodes of Lambda's runtimes nodejs22.x and nodejs24.x, and the next one, from npm; package-lock.json pins them. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, keyOf } from './cache';
import { run, which } from './command';

const source = join(__dirname, '..', 'node');
export const NODES = ['22', '24', '26'] as const;
export type NodeMajor = (typeof NODES)[number];

/** All; `file` is Node 22. */
export function nodeVersions(): Artifact {
  const files = ['package.json', 'package-lock.json'];
  return {
    title: 'Node 22, 24 and 26',
    key: keyOf(
      'node',
      files.map((name) => join(source, name)),
    ),
    file: nodeFile('22'),
    takes: 'half a minute',
    build: async (folder) => {
      if (process.platform !== 'linux' || process.arch !== 'x64') {
        throw new Error(
          `Node 22, 24 and 26 are pinned for linux-x64 alone, and this is ${process.platform}-${process.arch}: run it in a linux-x64 container`,
        );
      }
      if (!which('npm'))
        throw new Error('npm is missing, which installs Node 22, 24 and 26: it comes with Node.js');
      for (const name of files) copyFileSync(join(source, name), join(folder, name));
      await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
    },
  };
}

export function nodeFile(major: NodeMajor): string {
  return join('node_modules', `node${major}`, 'bin', 'node');
}
