/**
 * Counts which statements and branches of the function's own sources run: in tests that import them, and in the bundle that
 * the local Lambda loads. Both are instrumented as TypeScript, by the same program, so that their counts can be added.
 */
const { writeFileSync, mkdirSync } = require('node:fs');
const { join, relative } = require('node:path');
const { createInstrumenter } = require('istanbul-lib-instrument');

const root = join(__dirname, '../..');
const FOLDER = join(root, 'dist/coverage');
/** What is measured. */
const isMeasured = (path) => /^(?:lambda|access)\/.*\.ts$/.test(relative(root, path));

const instrumenter = createInstrumenter({
  esModules: true,
  compact: false,
  parserPlugins: ['typescript'],
});

/** TypeScript with counters. */
const instrument = (code, path) => instrumenter.instrumentSync(code, path);

/** Writes what this thread has counted so far, over what it wrote before. */
function write(counted, name) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(counted ?? {}));
}

module.exports = { FOLDER, instrument, isMeasured, write };
