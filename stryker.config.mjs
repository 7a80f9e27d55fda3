/**
 * Mutation testing of what decides about aws-auth, one group of files at a time: `npm run mutation` runs them all and
 * prints the score, `npm run mutation -- plan` one of them (docs/mutation.md).
 */
import jestConfig from './jest.config.js';
import { GROUPS } from './test/mutation/groups.mjs';

const name = process.env.MUTATION_GROUP ?? 'plan';
const group = GROUPS[name];
if (group === undefined) throw new Error(`MUTATION_GROUP is one of ${Object.keys(GROUPS).join(', ')}`);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
const config = {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  // Not perTest: names of tests that hold control characters are not found again, and what they notice would count as unnoticed.
  coverageAnalysis: 'all',
  jest: {
    // All tests of the group are related; finding that out anew for each mutant takes longer than running them.
    enableFindRelatedTests: false,
    config: {
      ...jestConfig,
      testEnvironment: './test/mutation/first-failure.js',
      roots: ['<rootDir>/test'],
      testMatch: group.tests.map((test) => `**/test/${test}.test.ts`),
      // The same order each time: a score is to be compared with the one before.
      randomize: false,
    },
  },
  mutate: group.mutate,
  concurrency: 2,
  // Each run of Jest leaves an AsyncLocalStorage behind, which slows every promise of the next one.
  maxTestRunnerReuse: 15,
  // Far beyond what a test takes: a busy machine must not pass for a mutant that was found.
  timeoutMS: 15_000,
  timeoutFactor: 3,
  ignorePatterns: [
    '/*',
    '!/access',
    '!/lambda',
    '!/schemas',
    '!/test',
    '/test/real',
    '!/jest.config.js',
    '!/package.json',
    '!/tsconfig.json',
  ],
  tempDirName: `dist/mutation/sandbox-${name}`,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `dist/mutation/${name}.json` },
  allowConsoleColors: false,
};

export default config;
