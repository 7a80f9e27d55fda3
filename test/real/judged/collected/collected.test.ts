/**
 * What the tests of the local CloudFormation deploy is judged by cfn-lint: the local one must not be led by templates that
 * CloudFormation would never see. Those that are wrong on purpose are listed, each with its reason.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from '../../rig/kubernetes-door';
import { quietEnvironment } from '../../rig/part';
import { findTools } from '../../setup/tools';

const root = join(__dirname, '../../../..');
const FILES = [
  ...['custom-resource', 'language', 'mistakes', 'nested', 'operations', 'query-api'],
  ...['refused', 'resource-types', 'values'],
].map((name) => `test/front-door/local/aws/cloudformation/${name}.test.ts`);
const OTHERS = ['local-aws', 'scheduler', 'identity/iam-server'].map(
  (name) => `test/front-door/local/aws/${name}.test.ts`,
);

/** `file of tests: rule, and the beginning of its finding`: why a template of that file is as it is. */
const ON_PURPOSE: Readonly<Record<string, string>> = {
  "local-aws: E3019 Primary identifiers {'PrincipalArn'":
    'the second entry of one principal is refused by EKS',
  "mistakes: E0000 Duplicate found 'A'": 'CloudFormation takes the last of two keys, where cfn-lint stops',
  "mistakes: E3002 Additional properties are not allowed ('Nope'":
    'what a condition leaves out is not asked for anything',
  "mistakes: E3003 'ClusterType' is a required": 'as before',
  "mistakes: E3003 'DBName' is a required": 'as before',
  "mistakes: E3003 'MasterUsername' is a required": 'as before',
  "mistakes: E3003 'NodeType' is a required": 'as before',
  "mistakes: E3003 'ServiceToken' is a required": 'as before',
  "mistakes: E3005 'B' will not exist": 'a DependsOn of what a condition leaves out is no reference',
  "refused: E3003 'AccessScope' is a required": 'CloudFormation finds it when it comes to the resource',
  "resource-types: E3003 'AssumeRolePolicyDocument'": 'the failure that an update goes back from',
  "values: E2533 Runtime 'nodejs6.10'": 'AWS refuses a new function of it, and so does the local AWS',
  "scheduler: E3003 'FlexibleTimeWindow' is a required": 'a schedule without anything fails',
  "scheduler: E3003 'ScheduleExpression' is a required": 'as before',
  "scheduler: E3003 'Target' is a required": 'as before',
  'values: E3034 1 is less than the minimum': 'the branch of a condition that is false',
  "values: E3510 'nothing' does not match": 'as before',
  "values: E3717 {'Fn::If'": 'as before',
};

const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-collected-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('cfn-lint names what is wrong on purpose in the templates that tests deploy, and nothing else', async () => {
  const environment = { ...quietEnvironment('collected', folder), CFN_EKS_ACCESS_TEMPLATES: folder };
  const jest = [join(root, 'node_modules/jest/bin/jest.js'), '-c', join(__dirname, 'jest.config.js')];
  const files = [...FILES, ...OTHERS];
  const ran = await speak(
    process.execPath,
    [...jest, '--runTestsByPath', ...files.map((file) => join(root, file))],
    environment,
  );
  expect(ran.status === 0 ? '' : ran.stderr).toBe('');
  const templates = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const sources = new Set(templates.map((name) => name.replace(/-[0-9a-f]{12}\.yaml$/, '')));
  const names = files.map((file) => /([\w-]+)\.test\.ts$/.exec(file)?.[1] ?? '');
  expect([...sources].sort()).toEqual(names.sort());

  const judge = ['--format', 'parseable', '--ignore-checks', 'W', 'I', '--'];
  const paths = templates.map((name) => join(folder, name));
  const { stdout, stderr } = await speak(findTools().cfnLint, [...judge, ...paths], environment);
  // The nested template is beside its parent while the test runs, and among those that are kept.
  expect(stderr.split('\n').filter((line) => line !== '' && !line.includes('not found: '))).toEqual([]);
  const found = [...stdout.matchAll(/^.*\/([\w-]+)-[0-9a-f]{12}\.yaml:[\d:]+:(E\d+):(.*)$/gm)].map(
    ([, source = '', rule = '', text = '']) => `${source}: ${rule} ${text}`,
  );
  const isListed = (finding: string): boolean =>
    Object.keys(ON_PURPOSE).some((begin) => finding.startsWith(begin));
  expect(found.filter((finding) => !isListed(finding))).toEqual([]);
  const isStale = (begin: string): boolean => !found.some((finding) => finding.startsWith(begin));
  expect(Object.keys(ON_PURPOSE).filter(isStale)).toEqual([]);
});
