/** The tier of real parts: `npm run setup:real` once, then `npm run test:real`. One file at a time: each has a rig of its own. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: '<rootDir>/rig/environment.ts',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.(t|j)sx?$|^.+\\.mjs$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/', '/dist/'],
  maxWorkers: 1,
  // Pages that are looked at one beside the other (page/accessibility.test.ts, page/privacy.test.ts).
  maxConcurrency: 3,
  testTimeout: 120_000,
};
