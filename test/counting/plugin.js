/** For esbuild: the measured sources with counters. */
const { readFileSync } = require('node:fs');
const { instrument, isMeasured } = require('./instrument');

module.exports = {
  name: 'counting',
  setup: (build) =>
    build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
      isMeasured(path) ? { contents: instrument(readFileSync(path, 'utf8'), path), loader: 'ts' } : undefined,
    ),
};
