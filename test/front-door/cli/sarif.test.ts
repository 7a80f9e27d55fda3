/** `doctor --format sarif`: by the schema of the standard, with places and fingerprints as GitHub wants them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { CLEAN, eksAccess, folderWith, root } from './program';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    },
  ];
}

/** The schema is draft 04, whose only word that later drafts lack here is `id`. */
const { id, $schema, ...schema } = JSON.parse(
  readFileSync(join(root, 'test/fixtures/sarif/sarif-schema-2.1.0.json'), 'utf8'),
) as Readonly<Record<string, unknown>> & { readonly id: string };
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile({ ...schema, $id: id });

const HOSTILE = `data:
  mapRoles: |
    - rolearn: "arn:aws:iam::111122223333:role/[x](example.com)\\u001b[2J{0}"
      username: "a"
      groups: [b]
`;
const cwd = folderWith({ 'clean.yaml': CLEAN, 'hostile.yaml': HOSTILE, 'a b#é.yaml': HOSTILE });

function logOf(words: readonly string[], folder = cwd, stdin = ''): Log {
  const { stdout } = eksAccess(['doctor', ...words, '--format', 'sarif'], { cwd: folder, stdin });
  const log: unknown = JSON.parse(stdout);
  expect(validate(log) ? [] : validate.errors).toEqual([]);
  return log as Log;
}
const resultsOf = (...given: Parameters<typeof logOf>) => logOf(...given).runs[0].results;
const uris = (results: readonly Result[]) => [
  ...new Set(results.map(({ locations }) => locations?.[0]?.physicalLocation.artifactLocation.uri)),
];

test("the schema is the standard's, and refuses what is no log", () => {
  expect($schema).toBe('http://json-schema.org/draft-04/schema#');
  expect(validate({ version: '2.1.0' })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] })).toBe(
    false,
  );
});

test('a clean document has results, and none in them', () => {
  expect(resultsOf(['clean.yaml'])).toEqual([]);
});

test('the findings of doctor, each with its rule and a place', () => {
  const log = logOf(['aws-auth.yaml']);
  const { results, tool } = log.runs[0];
  const rows = eksAccess(['doctor', 'aws-auth.yaml', '--plain'], { cwd }).stdout.trimEnd().split('\n');
  expect(
    results.map(({ ruleId, locations }) => {
      const region = locations?.[0]?.physicalLocation.region as { startLine: number; startColumn: number };
      return `${region.startLine}:${region.startColumn} ${ruleId}`;
    }),
  ).toEqual(rows.map((row) => `${row.split('\t')[0] ?? ''} ${row.split('\t')[2] ?? ''}`));
  for (const { ruleId, ruleIndex, locations } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(locations?.[0]?.physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
  }
  expect(new Set(results.map(({ level }) => level))).toEqual(new Set(['error', 'warning']));
});

test('what is about the whole document is at its first line', () => {
  const [note] = resultsOf(['bare.yaml'], folderWith({ 'bare.yaml': 'mapAccounts: |\n  []\n' }));
  expect(note).toMatchObject({ ruleId: 'data-only', level: 'note' });
  expect(note?.locations?.[0]?.physicalLocation.region).toEqual({ startLine: 1 });
});

test('paths are those of the repository, however the file was named and from wherever', () => {
  const repository = folderWith();
  for (const folder of ['.git', 'k8s/prod']) mkdirSync(join(repository, folder), { recursive: true });
  const file = join(repository, 'k8s/prod/aws-auth.yaml');
  writeFileSync(file, HOSTILE);
  const below = join(repository, 'k8s');
  const named: readonly (readonly [string, string])[] = [
    [file, repository],
    ['k8s/prod/aws-auth.yaml', repository],
    ['./k8s/../k8s/prod/aws-auth.yaml', repository],
    ['prod/aws-auth.yaml', below],
    ['aws-auth.yaml', join(below, 'prod')],
    [file, '/'],
  ];
  for (const [path, folder] of named)
    expect(uris(resultsOf([path], folder))).toEqual(['k8s/prod/aws-auth.yaml']);
  const annotations = eksAccess(['doctor', 'prod/aws-auth.yaml', '--format', 'github'], {
    cwd: below,
  }).stdout;
  expect(annotations).toMatch(/^::error file=k8s\/prod\/aws-auth\.yaml,/);
});

test('outside of a repository paths are those of the working directory, or names', () => {
  expect(uris(resultsOf([join(cwd, 'hostile.yaml')]))).toEqual(['hostile.yaml']);
  expect(uris(resultsOf([join(cwd, 'hostile.yaml')], folderWith()))).toEqual(['hostile.yaml']);
  expect(uris(resultsOf(['a b#é.yaml']))).toEqual(['a%20b%23%C3%A9.yaml']);
  expect(uris(resultsOf(['-'], cwd, HOSTILE))).toEqual([undefined]);
});

test('fingerprints stay when lines are inserted above, and tell findings apart', () => {
  const text = readFileSync(join(cwd, 'aws-auth.yaml'), 'utf8');
  const moved = `# one\n# two\n${text.replace('  mapRoles: |\n', '  mapRoles: |\n    # and here\n')}`;
  const prints = (results: readonly Result[]) =>
    results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
  const before = prints(resultsOf(['-'], cwd, text));
  const after = resultsOf(['-'], cwd, moved);
  expect(prints(after)).toEqual(before);
  expect(new Set(before).size).toBe(before.length);
  expect(before).not.toContain(undefined);
  // Letter case is spelling: it is the same principal.
  expect(prints(resultsOf(['-'], cwd, text.replaceAll('role/dev', 'role/Dev')))).toEqual(before);
  expect(prints(resultsOf(['-'], cwd, text.replaceAll('role/dev', 'role/other')))).not.toEqual(before);
});

test('nothing of a document is a link, a placeholder or a control character', () => {
  const results = resultsOf(['hostile.yaml']);
  expect(results.length).toBeGreaterThan(0);
  const texts = results.map(({ message }) => message.text).join('\n');
  expect(texts).toContain('example.com');
  expect(texts).not.toContain('](');
  expect(texts.replace(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
  // eslint-disable-next-line no-control-regex -- it is what is looked for
  expect(texts).not.toMatch(/\u001b/);
});

test('exit codes are those of doctor, and it is for doctor alone', () => {
  expect(eksAccess(['doctor', 'clean.yaml', '--format=sarif'], { cwd }).code).toBe(0);
  expect(eksAccess(['doctor', 'aws-auth.yaml', '--format=sarif'], { cwd }).code).toBe(1);
  expect(eksAccess(['doctor', 'missing.yaml', '--format=sarif'], { cwd })).toMatchObject({
    code: 2,
    stdout: '',
  });
  expect(eksAccess(['list', 'clean.yaml', '--format=sarif'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'eks-access: --format sarif is for doctor, not for list.\n',
  });
});
