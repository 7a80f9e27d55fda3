/**
 * `npm run coverage [-- PATTERN ...]`: runs the tests that run the function, or those of them that match, with counters, and
 * prints what they come to; `-- --report` prints the last run again. The function and the command line that are built are
 * counted too, and built anew in the end.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCountingBundle, writeCountingProgram } from './bundle.mjs';
import instrumenting from './instrument.js';
import { report } from './report.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const patterns = process.argv.slice(2);
if (!patterns.includes('--report')) {
  rmSync(instrumenting.FOLDER, { recursive: true, force: true });
  await writeCountingBundle(join(root, 'dist/lambda/index.js'));
  await writeCountingProgram(join(root, 'dist/cli'));
  const options = { stdio: 'inherit', cwd: root, env: { ...process.env, COUNTING: 'true' } };
  const { status } = spawnSync('npx', ['jest', '-c', 'test/counting/jest.config.js', ...patterns], options);
  for (const part of ['build:lambda', 'build:cli']) spawnSync('npm', ['run', '--silent', part], options);
  if (status !== 0) process.exitCode = 1;
}
console.log(report());
