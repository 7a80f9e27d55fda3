/**
 * Keeps every template that the local CloudFormation takes while a file of tests runs, in the folder that
 * CFN_EKS_ACCESS_TEMPLATES names: one file a template, called after the file of tests.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Preparation } from '../../../../local/aws/cloudformation/stack/preparation';

const folder = process.env['CFN_EKS_ACCESS_TEMPLATES'];
if (folder === undefined) throw new Error('CFN_EKS_ACCESS_TEMPLATES names no folder');

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object below
const { read } = Preparation.prototype;
Preparation.prototype.read = function (this: Preparation, request, isNested) {
  const taken = read.call(this, request, isNested);
  const { testPath = 'unknown' } = expect.getState();
  const digest = createHash('sha256').update(request.template).digest('hex').slice(0, 12);
  writeFileSync(join(folder, `${basename(testPath, '.test.ts')}-${digest}.yaml`), request.template);
  return taken;
};
