/** Jest's transform of the measured sources: counters first, then as ever. */
const { instrument, isMeasured } = require('./instrument');
const swc = require('@swc/jest');

module.exports = {
  createTransformer(options) {
    const usual = swc.createTransformer(options);
    return {
      ...usual,
      canInstrument: false,
      process: (source, path, ...rest) =>
        usual.process(isMeasured(path) ? instrument(source, path) : source, path, ...rest),
      getCacheKey: (...of) => `counted-${usual.getCacheKey(...of)}`,
    };
  },
};
