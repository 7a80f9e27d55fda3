/** What leaves the program: JSON by its schema, no colour in a pipe, and nothing of a document that acts on a terminal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { eksAccess, folderWith, root } from './program';

const schema = JSON.parse(readFileSync(join(root, 'cli/output.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

const ARN = 'arn:aws:iam::111122223333';
const HIDDEN = '\\u001b[2J\\u0007\\u202e\\u200b\\u009b31m\\x7f';
const HOSTILE = `data:
  mapRoles: |
    - rolearn: "${ARN}:role/${HIDDEN}"
      username: "${HIDDEN}\\n::error::%0A"
      groups: ["${HIDDEN}", "<img onerror>", "| a | b |"]
    - rolearn: ${ARN}:role/dev
      username: "dev${HIDDEN}"
      groups: x\u202ey
  mapUsers: |
    - userarn: ${ARN}:user/a\u200bb
      username: @\u202e
`;
const entries = JSON.stringify({
  accessEntry: { principalArn: `${ARN}:role/\u001b[2Jx`, username: '\u009b', type: 'STANDARD' },
});
const cwd = folderWith({ 'hostile.yaml': HOSTILE, 'entries.json': entries, 'guardrails.json': '{}' });

test.each([
  'list aws-auth.yaml',
  'list aws-auth.yaml --mode API_AND_CONFIG_MAP --access-entries entries.json',
  'list hostile.yaml',
  'explain role/dev aws-auth.yaml',
  'explain user/bob aws-auth.yaml',
  'explain role/nobody hostile.yaml',
  'doctor aws-auth.yaml',
  'doctor hostile.yaml',
  'plan-migration aws-auth.yaml',
  'plan-migration aws-auth.yaml --to cli --as-written',
  'plan-migration hostile.yaml --to cloudformation',
  'iam-policy --guardrails guardrails.json --account 111122223333 --region eu-west-1',
  'recover aws-auth.yaml',
  'recover aws-auth.yaml --mode API_AND_CONFIG_MAP --access-entries entries.json',
  'recover hostile.yaml --mode CONFIG_MAP',
  'recover --approve',
  'iam-policy',
  'policies',
  'policies AmazonEKSClusterAdminPolicy',
  'policies edit-plus-custom-resources',
  'policies admin-plus-role-bindings',
  'policies AmazonEKSViewPolcy',
  'page',
  'help',
  'help role-arn-path',
  'help Unauthorized',
  '--help',
  '--version',
  'list aws-auth.yaml --nope',
  'list aws-auth.yaml --plain',
  'list aws-auth.yaml --mode BOTH',
  'doctor aws-auth.yaml --fix',
  'doctor aws-auth.yaml --format sarif',
  'explain',
  'explain role/dev aws-auth.yaml more',
  'recover aws-auth.yaml --fix',
  'drift',
  'migrate',
  'replay --discard',
  'list missing.yaml',
  'frobnicate',
  'doctor --fail-on never --ignore nothing',
])('%s --json is by the schema', (line) => {
  const { stdout } = eksAccess([...line.split(' '), '--json'], { cwd });
  expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
  expect(acting(stdout)).toEqual([]);
});

test('nothing but --json is the help, and an empty word is no command', () => {
  expect(JSON.parse(eksAccess(['--json']).stdout)).toMatchObject({ command: 'help' });
  expect(JSON.parse(eksAccess(['', '--json']).stdout)).toMatchObject({ error: {} });
  expect(JSON.parse(eksAccess(['--format=json', '--version']).stdout)).toMatchObject({ command: 'version' });
});

test('the schema refuses what is not there', () => {
  expect(validate({ version: 1, command: 'list' })).toBe(false);
  expect(validate({ version: 2, error: { message: '', hint: null } })).toBe(false);
});

const FORMATS = ['--format=text', '--plain', '--json'];
test.each([
  ...['list hostile.yaml', 'explain role/dev hostile.yaml', 'explain role/dev\u001b[2J hostile.yaml'].flatMap(
    (line) => FORMATS.map((format) => `${line} ${format}`),
  ),
  ...[...FORMATS, '--format=github'].map((format) => `doctor hostile.yaml ${format}`),
  'list hostile.yaml --access-entries entries.json',
  'list \u001b[2J',
  'plan-migration hostile.yaml',
  'recover hostile.yaml',
  'recover hostile.yaml --plain',
  ...['cloudformation', 'cloudformation-native', 'cli', 'terraform'].map(
    (tool) => `plan-migration hostile.yaml --as-written --to ${tool}`,
  ),
  'policies \u001b[2J',
  '\u001b]0;x\u0007',
  'doctor --ignore=\u202e hostile.yaml',
])('%j prints nothing that acts on a terminal', (line) => {
  const { stdout, stderr } = eksAccess(line.split(' '), { cwd });
  expect(stdout + stderr).not.toBe('');
  expect(acting(stdout + stderr)).toEqual([]);
  // Line ends of a document begin no line of the output.
  expect(stdout).not.toMatch(/^::error::/m);
});

/** Node's own rules for a terminal, on a pipe. */
const AS_TERMINAL = folderWith({
  'terminal.cjs': `const fs = require('node:fs');
const { fstatSync } = fs;
fs.fstatSync = (fd) => Object.assign(fstatSync(fd), fd < 3 ? { isCharacterDevice: () => true } : {});
const { hasColors, getColorDepth } = require('node:tty').WriteStream.prototype;
for (const stream of [process.stdout, process.stderr]) Object.assign(stream, { isTTY: true, hasColors, getColorDepth });`,
});
const terminal = { NODE_OPTIONS: `--require ${AS_TERMINAL}/terminal.cjs`, TERM: 'xterm' };

test.each<readonly [boolean, string, Readonly<Record<string, string>>, readonly string[]]>([
  [true, 'a terminal', terminal, []],
  [false, 'NO_COLOR', { ...terminal, NO_COLOR: '1' }, []],
  [false, 'TERM=dumb', { ...terminal, TERM: 'dumb' }, []],
  [false, '--no-color', terminal, ['--no-color']],
  [true, 'FORCE_COLOR', { ...terminal, TERM: 'dumb', FORCE_COLOR: '1' }, []],
  [false, 'a pipe', { TERM: 'xterm' }, []],
])('colour: %s for %s', (hasColour, _, env, words) => {
  const plain = eksAccess(['doctor', 'aws-auth.yaml'], { cwd });
  const ran = eksAccess(['doctor', 'aws-auth.yaml', ...words], { cwd, env });
  expect(ran.stdout.includes('\u001b[31m')).toBe(hasColour);
  // eslint-disable-next-line no-control-regex -- the colours
  expect(ran.stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
});

test('a fixed document is byte for byte in a file, and shown on a terminal', () => {
  const words = ['doctor', 'hostile.yaml', '--fix'];
  expect(eksAccess(words, { cwd }).stdout).toBe(HOSTILE);
  expect(acting(eksAccess(words, { cwd, env: terminal }).stdout)).toEqual([]);
});

test('the summary of a job has all findings, and nothing of a document is markup in it', () => {
  const folder = folderWith({ 'hostile.yaml': HOSTILE, 'summary.md': 'before\n' });
  const summary = join(folder, 'summary.md');
  const ran = eksAccess(['doctor', './hostile.yaml', '--format', 'github'], {
    cwd: folder,
    env: { GITHUB_STEP_SUMMARY: summary },
  });
  expect(ran.stdout).toMatch(
    /^::error file=hostile\.yaml,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[a-z-]+::/,
  );
  const text = readFileSync(summary, 'utf8');
  expect(text.startsWith('before\n### hostile.yaml: ')).toBe(true);
  expect(text).not.toContain('<img');
  expect(acting(text)).toEqual([]);
  const rows = text.split('\n').filter((line) => /^\| (?:\d|\|)/.test(line) || line.startsWith('|  |'));
  expect(rows).toHaveLength(ran.stdout.split('\n').length - 1);
});

function acting(text: string): readonly string[] {
  const found = text.match(
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    /(?![\t\n])[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
  );
  return (found ?? []).map((character) => character.charCodeAt(0).toString(16));
}
