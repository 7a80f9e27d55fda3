/** Random order and cleared mocks, so that no test leans on another. */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/temporary-folder.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/real/'],
  transform: {
    '^.+\\.(t|j)sx?$|^.+\\.mjs$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
  // Tests of the front door mostly wait: for the network, for deadlines. One worker a core leaves the cores idle.
  maxWorkers: Math.max(3, require('node:os').availableParallelism()),
  randomize: true,
  clearMocks: true,
  testTimeout: 30_000,
};
