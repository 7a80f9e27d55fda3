/**
 * `npm run mutation [-- GROUP ...]`: runs Stryker for the groups of `groups.mjs`, one after the other, and prints the
 * score of all that have been run; `-- --score` prints without running, `--survivors` lists what no test noticed.
 */
import { spawnSync } from 'node:child_process';
import { GROUPS } from './groups.mjs';
import { printScore, printSurvivors, readReports } from './score';

const asked = process.argv.slice(2);
const names = Object.keys(GROUPS);
const groups = asked.filter((word) => !word.startsWith('--'));
const unknown = groups.find((group) => !names.includes(group));
if (unknown !== undefined) throw new Error(`"${unknown}" is no group: write one of ${names.join(', ')}`);

if (!asked.includes('--score')) {
  for (const group of groups.length === 0 ? names : groups) {
    const { status } = spawnSync('npx', ['stryker', 'run'], {
      stdio: 'inherit',
      env: { ...process.env, MUTATION_GROUP: group },
    });
    if (status !== 0) process.exitCode = 1;
  }
}
const files = readReports(names);
console.log(printScore(files));
if (asked.includes('--survivors')) console.log(`\n${printSurvivors(files)}`);
