/**
 * Every template that the product comes with, judged by cfn-lint, checkov, cdk-nag (AwsSolutions) and CDK's own rules
 * (@aws/cloudformation-validate): no finding, and every suppression with its reason beside it. Each judge is shown a fault
 * first, so that silence means something.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { speak, type Spoken } from '../rig/kubernetes-door';
import { quietEnvironment } from '../rig/part';
import { findTools } from '../setup/tools';
import { CONTEXTS, judgedApp, synthesise, synthesisePlain, templateFiles, keptTemplates } from './templates';

interface Check {
  readonly check_id: string;
  readonly file_path: string;
  readonly resource: string;
  readonly check_result: { readonly suppress_comment?: string };
}

interface Report {
  readonly results: {
    readonly passed_checks: readonly Check[];
    readonly failed_checks: readonly Check[];
    readonly skipped_checks: readonly Check[];
    readonly parsing_errors: readonly string[];
  };
}

const tools = findTools();
const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-judged-'));
const run = (program: string, parameters: readonly string[]): Promise<Spoken> =>
  speak(program, parameters, quietEnvironment('judged', folder));

const cfnLint = (files: readonly string[]): Promise<Spoken> =>
  run(tools.cfnLint, ['--format', 'parseable', ...files]);

async function checkov(files: readonly string[]): Promise<Report['results']> {
  const judge = ['--framework', 'cloudformation', '--skip-download', '--output', 'json', '--file', ...files];
  const { stdout, stderr } = await run(tools.checkov, judge);
  try {
    return (JSON.parse(stdout) as Report).results;
  } catch (cause) {
    throw new Error(`checkov: ${stdout}${stderr}`, { cause });
  }
}

const brief = ({ check_id, file_path, resource }: Check): string =>
  `${check_id} ${basename(file_path)} ${resource}`;

let files: string[];
let faulty: string;

beforeAll(() => {
  files = templateFiles(folder);
  faulty = join(folder, 'faulty.yaml');
  writeFileSync(faulty, 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      Nmae: a\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('cfn-lint has nothing to say of any of them', async () => {
  expect(await cfnLint([faulty])).toMatchObject({ stdout: expect.stringContaining('E3002') as string });
  expect(await cfnLint(files)).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('of the templates that tests keep, cfn-lint names the rules that they break on purpose, and no other', async () => {
  const kept = keptTemplates();
  const { stdout } = await cfnLint([...kept.keys()]);
  const broken = new Map([...kept.keys()].map((file) => [file, new Set<string>()]));
  for (const [, file = '', rule = ''] of stdout.matchAll(/^(.*?):\d+:\d+:\d+:\d+:([EWI]\d+):/gm))
    broken.get(file)?.add(rule);
  expect(new Map([...broken].map(([file, rules]) => [file, [...rules].sort()]))).toEqual(kept);
});

test('checkov fails none of them, and what it skips has a reason', async () => {
  expect((await checkov([faulty])).failed_checks.map(brief)).toContain(
    'CKV_AWS_26 faulty.yaml AWS::SNS::Topic.Topic',
  );
  const { passed_checks, failed_checks, skipped_checks, parsing_errors } = await checkov(files);
  expect(failed_checks.map(brief)).toEqual([]);
  expect(parsing_errors).toEqual([]);
  expect(skipped_checks.filter(({ check_result }) => !check_result.suppress_comment).map(brief)).toEqual([]);
  // Read at all, and not taken for something else; checkov has no check for a user without policies, and none for an
  // access entry or a change of the mode.
  const judged = new Set([...passed_checks, ...skipped_checks].map(({ file_path }) => basename(file_path)));
  expect(
    files
      .map((file) => basename(file))
      .filter((file) => !judged.has(file) && !/iam-?user|provider-access|authentication-mode/i.test(file)),
  ).toEqual([]);
});

describe('cdk-nag and the rules of CDK itself', () => {
  test('see a fault', () => {
    const unencrypted = judgedApp(join(folder, 'fault-1'));
    new CfnTopic(new Stack(unencrypted, 'stack'), 'Topic');
    expect(() => unencrypted.synth()).toThrow('AwsSolutions-SNS3');
    const misspelt = judgedApp(join(folder, 'fault-2'));
    new CfnResource(new Stack(misspelt, 'stack'), 'User', {
      type: 'AWS::IAM::User',
      properties: { UserNmae: 'a' },
    });
    expect(() => misspelt.synth()).toThrow('UserNmae');
  });

  test.each(Object.entries(CONTEXTS))('have nothing to say of the App: %s', (_, context) => {
    expect(() => synthesise(mkdtempSync(join(folder, 'nag-')), context)).not.toThrow();
  });

  test.each([false, true])('nor has cdk-nag of the plain template; code beside it: %s', (packaged) => {
    expect(() => synthesisePlain(mkdtempSync(join(folder, 'plain-')), packaged)).not.toThrow();
  });
});
