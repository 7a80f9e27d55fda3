/** Some files of tests of the front door, as they always run, with the templates that they deploy kept (collect.ts). */
const { join } = require('node:path');
const front = require('../../../../jest.config.js');

module.exports = {
  ...front,
  rootDir: join(__dirname, '../../../..'),
  setupFiles: [join(__dirname, 'collect.ts')],
  maxWorkers: 2,
};
