/** `npm run coverage`: the tests of `npm test` that run the function's sources, or its bundle, with counters. */
const usual = require('../../jest.config.js');

const [[pattern, [, options]]] = Object.entries(usual.transform);

module.exports = {
  ...usual,
  rootDir: '../..',
  transform: { [pattern]: ['<rootDir>/test/counting/transform.js', options] },
  setupFilesAfterEnv: ['<rootDir>/test/counting/after-each-file.js'],
  // Counters take time; so do tests that have no part in this.
  testTimeout: 120_000,
  testPathIgnorePatterns: [
    ...usual.testPathIgnorePatterns,
    '<rootDir>/test/front-door/(cli/package|lambda/one-file|local|site|soak)',
    // With counters the function is larger than constructs take it.
    '<rootDir>/test/constructs/(?!execution-policy)',
    '<rootDir>/test/front-door/scenarios/(layouts|new-cluster-stack)',
    '<rootDir>/test/pure/(docs|house|law/mutants)',
  ],
};
