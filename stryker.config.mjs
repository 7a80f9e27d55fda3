/**
 * Mutation testing of what decides about aws-auth: `npm run mutation`, for some files only
 * `npm run mutation -- --mutate lambda/aws-auth/plan.ts`. `test/mutation/score.ts` prints the score per file.
 */
import jestConfig from './jest.config.js';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
const config = {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  jest: {
    config: {
      ...jestConfig,
      roots: ['<rootDir>/test/lambda'],
      testMatch: ['**/test/lambda/aws-auth/*.test.ts', '**/test/lambda/ownership.test.ts'],
      // The same order each time: a score is to be compared with the one before.
      randomize: false,
    },
  },
  mutate: [
    'lambda/ownership.ts',
    'lambda/aws-auth/{document,authenticator,proof,plan,entries,size}.ts',
    'lambda/aws-auth/entry-*.ts',
    'lambda/aws-auth/section-*.ts',
    'lambda/aws-auth/list-reading.ts',
  ],
  concurrency: 2,
  timeoutMS: 4_000,
  timeoutFactor: 2,
  ignorePatterns: ['/*', '!/lambda', '!/schemas', '!/test', '/test/real', '!/jest.config.js', '!/package.json', '!/tsconfig.json'],
  tempDirName: 'dist/mutation/sandbox',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'dist/mutation/report.json' },
  incremental: false,
  allowConsoleColors: false,
};

export default config;
