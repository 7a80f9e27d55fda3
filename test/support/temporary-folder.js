/** What tests and the CDK leave in the system's folder for temporary files goes with the run. */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-test-'));
  // Workers and the programs that tests start inherit it.
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
};
