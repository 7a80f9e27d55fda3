/** The documents show what the program prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE } from '../../pure/access/explain/sample';
import { eksAccess, folderWith, root } from './program';

const cwd = folderWith();

/** Commands of the blocks with `$ ` and what follows each. */
function examplesIn(path: string): readonly (readonly [command: string, output: string])[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^```console\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .split(/^\$ eks-access /m)
      .slice(1)
      .map((example) => {
        const end = example.indexOf('\n');
        return [example.slice(0, end), example.slice(end + 1)] as const;
      }),
  );
}

test.each(['README.md', 'docs/eks-access.md'])('examples of %s', (path) => {
  const examples = examplesIn(path);
  expect(examples.length).toBeGreaterThan(0);
  for (const [command, output] of examples) {
    const words = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
    expect(eksAccess(words, { cwd }).stdout).toBe(output);
  }
});

test('the document that the examples are about is shown', () => {
  expect(readFileSync(join(root, 'docs/eks-access.md'), 'utf8')).toContain(`\`\`\`yaml\n${SAMPLE}\`\`\``);
});

test('every option is in the help', () => {
  const { stdout } = eksAccess(['help'], { env: { COLUMNS: '160' } });
  const names = ['command-line.ts', 'live-options.ts', 'replay-options.ts', 'recover-options.ts'].flatMap(
    (file) => {
      const source = readFileSync(join(root, 'cli', file), 'utf8');
      const [, options = ''] = /const (?:LIVE_|RECOVER_|REPLAY_)?OPTIONS = \{(.*?)\n\}/s.exec(source) ?? [];
      return [...options.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(([, name = '']) => name);
    },
  );
  expect(names).toContain('cluster');
  expect(names).toContain('access-entries');
  expect(names.filter((name) => name !== 'help' && !stdout.includes(`--${name}`))).toEqual([]);
});
