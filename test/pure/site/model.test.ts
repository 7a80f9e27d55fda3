/** What the page shows in each of its states. */
import { EXAMPLES } from '../../../site/model/examples';
import { listingOf } from '../../../site/model/listing';
import { problemsOf } from '../../../site/model/problems';
import { reportOf } from '../../../site/model/report';
import { whoTables } from '../../../site/model/who';
import { SAMPLE } from '../access/explain/sample';
import { ENTRY, pageOf } from './seen';

const CLEAN = `apiVersion: v1
kind: ConfigMap
metadata: {name: aws-auth, namespace: kube-system}
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/node
      username: system:node:{{EC2PrivateDNSName}}
      groups: [system:bootstrappers, system:nodes]
`;

describe('states', () => {
  test('nothing yet', () => {
    expect(pageOf('')).toMatchObject({ state: 'empty', read: undefined });
  });

  test('something else is named, with the command that prints what is wanted', () => {
    expect(pageOf('apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\n')).toMatchObject({
      state: 'other',
      headline: 'This is Secret "db" in namespace default, not ConfigMap kube-system/aws-auth.',
      command: 'kubectl get configmap aws-auth -n kube-system -o yaml',
      read: undefined,
    });
  });

  test('the output of kubectl describe is known for what it is', () => {
    const { state, headline } = pageOf('Name: aws-auth\n\nData\n====\nmapRoles:\n----\n- rolearn: x\n');
    expect([state, headline]).toEqual(['other', expect.stringContaining('kubectl describe')]);
  });

  test('no YAML: the line, and a guess that says that it is one', () => {
    const page = pageOf(CLEAN.replace('kind:', '\tkind:'));
    expect(page).toMatchObject({
      state: 'broken',
      line: 2,
      headline: expect.stringContaining('tab') as string,
    });
    expect(page.remarks[0]).toContain('a guess');
    expect(page.read?.identities.map(({ who }) => who)).toEqual(['role/node']);
  });

  test('a lost section names all who are locked out', () => {
    expect(pageOf(SAMPLE).remarks).toEqual([
      'Nothing in mapUsers counts, because of line 31: user/alice and user/bob cannot log in by it.',
    ]);
  });

  test('all good', () => {
    expect(pageOf(CLEAN)).toMatchObject({ state: 'read', count: 'no problems', remarks: [] });
  });

  test('too big for the API server', () => {
    const page = pageOf(`${CLEAN}  other: "${'x'.repeat(1_100_000)}"\n`);
    expect(problemsOf(page)[0]?.finding).toMatchObject({ rule: 'too-large', level: 'error' });
  });

  test('access entries that are not what they should be are refused by field, and nobody is in force for sure', () => {
    const page = pageOf(SAMPLE, { accessEntries: '{"principalArn": 7}', mode: 'API_AND_CONFIG_MAP' });
    expect(page.entriesProblem).toEqual(['The text: principalArn has to be text, and is 7.']);
    expect(whoTables(page).inForce.map(({ mark }) => mark)).toContain('?');
  });

  test('access entries beside aws-auth, and alone', () => {
    const both = pageOf(SAMPLE, { accessEntries: ENTRY, mode: 'API_AND_CONFIG_MAP' });
    expect(whoTables(both).others).toContainEqual(
      expect.objectContaining({ who: 'role/DEV', note: 'overridden by the access entry' }),
    );
    const alone = pageOf('', { accessEntries: ENTRY, mode: 'API' });
    expect(alone).toMatchObject({ state: 'read', headline: '1 identity can log in.' });
  });
});

test('each example shows a mistake of its own', () => {
  const rules = EXAMPLES.map(({ document }) => problemsOf(pageOf(document))[0]?.finding.rule);
  expect(rules).toEqual([
    'section-unparsable',
    'role-arn-path',
    'section-unparsable',
    'duplicate-shadowed',
    'item-folded',
    'principal-never-matches',
    'principal-never-matches',
  ]);
  expect(EXAMPLES[0]?.document).toBe(SAMPLE);
});

test('every line of the document is listed once, and why an entry does not count is said once', () => {
  const [stretch, ...others] = listingOf(pageOf(SAMPLE));
  expect(others).toEqual([]);
  expect(stretch?.lines.map(({ text }) => text).join('\n')).toBe(SAMPLE.trimEnd());
  const notes = stretch?.lines.flatMap(({ line, notes: all }) =>
    all.map(
      ({ mark, text, problem }) => `${line} ${mark} ${text}${problem === undefined ? '' : ` (${problem})`}`,
    ),
  );
  expect(notes).toEqual([
    '7  5 entries, 3 in force',
    '9 ✓ role/prod-node logs in as system:node:{{EC2PrivateDNSName}} with system:bootstrappers system:nodes',
    '14 ✗ role/AWSReservedSSO_Admin_0123456789abcdef: written with its path, so it matches nobody (1)',
    '17 ✓ role/ci-deploy logs in as ci with no groups',
    '19 ✗ groups is one word, not a list. (2)',
    '20 ! role/dev: shadowed by line 23: the last entry for a role wins (3)',
    '23 ✓ role/DEV logs in as dev-b:{{SessionName}} with team-b',
    '26 ✗ 2 entries, none in force',
    '27 ✗ user/alice: mapUsers does not parse (line 31), nothing in it counts',
    '30 ✗ user/bob: mapUsers does not parse (line 31), nothing in it counts',
    '31 ✗ mapUsers does not parse: a value cannot begin with @. (0)',
    '33  1 entry, in force',
    "34 ✓ account 444455556666 logs in as the caller's own ARN with no groups",
    '34 ! Every user and role of 444455556666 can log in, without groups. (4)',
    '34 ! Other tools read this as a number. Write "444455556666". (5)',
  ]);
});

test('long stretches in force are folded, and nothing is left out', () => {
  const entries = Array.from(
    { length: 300 },
    (_, index) =>
      `    - rolearn: arn:aws:iam::111122223333:role/${index === 150 ? 'x/' : ''}team-${index}\n      username: t\n      groups: [t]\n`,
  );
  const stretches = listingOf(pageOf(CLEAN + entries.join('')));
  expect(stretches.map((each) => (each.kind === 'folded' ? each.title : each.lines.length))).toEqual([
    20,
    'Lines 21 to 454: 145 entries in force',
    9,
    'Lines 464 to 908: 148 entries in force',
  ]);
  expect(stretches.flatMap(({ lines }) => lines.map(({ line }) => line))).toEqual(
    Array.from({ length: 908 }, (_, index) => index + 1),
  );
});

test('what an excerpt marks is what is wrong', () => {
  expect(problemsOf(pageOf(SAMPLE)).map(({ excerpt }) => excerpt?.marked)).toEqual([
    '@bob',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
    'system:masters',
    'arn:aws:iam::111122223333:role/dev',
    '444455556666',
    '444455556666',
  ]);
});

test('a section in one line of JSON is cut around what is wrong', () => {
  const json = JSON.stringify({
    data: { mapRoles: SAMPLE.split('mapRoles: |\n')[1]?.split('  mapUsers')[0] },
  });
  for (const { excerpt } of problemsOf(pageOf(json)))
    expect([...`${excerpt?.before}${excerpt?.marked}${excerpt?.after}`].length).toBeLessThanOrEqual(160);
});

test('the report is Markdown in which a document is text', () => {
  const report = reportOf(pageOf(SAMPLE));
  expect(report).toContain(
    '3 identities and 1 whole account can log in. 4 entries are not in force. 4 errors, 2 warnings.',
  );
  expect(report).toContain('- **Error**, line 14 (`role-arn-path`): A role ARN with a path matches nobody');
  expect(report).toContain('| role/ci-deploy | ci | no groups | line 17 |');
  expect(report).toContain('- `role/dev`, line 20: shadowed by line 23');
  const hostile = CLEAN.replaceAll('role/node', 'role/<img src=x onerror=alert(1)>|`x`|[a](b)');
  // Outside of code, in which nothing is markup.
  const outside = reportOf(pageOf(hostile)).replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  expect(outside).not.toMatch(/(?<!\\)<img|(?<!\\)\[a\]\(b\)/);
});

test('a filter leaves what has it in any cell', () => {
  const page = pageOf(SAMPLE);
  expect(whoTables(page, ' TEAM-B ').inForce.map(({ who }) => who)).toEqual(['role/DEV']);
  expect(whoTables(page, 'alice').others.map(({ who }) => who)).toEqual(['user/alice']);
});
