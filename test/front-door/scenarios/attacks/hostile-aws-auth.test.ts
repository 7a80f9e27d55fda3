/**
 * Texts in aws-auth that were made to hurt their reader: every event is answered once and in time, no byte of
 * them is lost, and no error is one that nobody foresaw (CR-35).
 */
import { done, FOO, mapped } from './cast';
import { givenWorld, NODES, PROVIDER, type World } from '../world';

const plain = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };
const properties = { ...plain, AuthenticationMode: 'CONFIG_MAP' };

let world: World;
afterEach(() => world.stop());

const SIZE = 30_000;
const fill = (text: string, count = Math.floor(SIZE / text.length)): string => text.repeat(count);
const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
const entry = (index: number): string => mapped(`arn:aws:iam::111122223333:role/r${index}`, 'u', ['g']);

const texts: Readonly<Record<string, string>> = {
  'aliases that multiply':
    `- &a [${fill('x,', 9)}x]\n` +
    numbered(9, (index) => {
      const [name, of] = ['bcdefghij'[index] ?? '', 'abcdefghi'[index] ?? ''];
      return `- &${name} [${fill(`*${of},`, 9)}*${of}]\n`;
    }),
  'aliases of one entry': `- &a {rolearn: x, groups: &g [a,b,c,d,e,f,g,h]}\n${fill('- *a\n', 5_000)}`,
  'merges of merges': `- &a {rolearn: x}\n${numbered(300, (index) => `- &b${index} {<<: [${fill('*a,', 20)}*a]}\n`)}`,
  'an alias of itself': '- &a [*a]\n',
  'open brackets': fill('['),
  'open braces': `- ${fill('{')}`,
  dashes: fill('- '),
  'question marks': fill('? '),
  'brackets and braces': fill('[{'),
  'closed brackets': fill(']'),
  quotes: fill("'"),
  'an open double quote': `- "${fill('a')}`,
  backslashes: `- "${fill('\\\\')}`,
  blanks: fill(' '),
  'line breaks': fill('\n'),
  tabs: fill('\t'),
  'a long comment': fill('#'),
  comments: fill('#\n'),
  'comments of an entry': `- rolearn: x\n${fill('    # c\n')}`,
  colons: fill(': '),
  'keys in keys': numbered(400, (index) => `${' '.repeat(index)}a:\n`),
  'lists in lists': numbered(400, (index) => `${' '.repeat(index)}- \n`),
  anchors: `- ${fill('&a ')}`,
  stars: `- ${fill('*a ')}`,
  tags: `- ${fill('!a ')}`,
  percents: fill('%'),
  'tag directives': fill('%TAG ! x\n'),
  documents: fill('---\n'),
  'ends of documents': fill('...\n'),
  'a literal block': `- |\n${fill('  x\n')}`,
  'an empty folded block': `- >\n${fill('\n')}`,
  'a long key': `- ${fill('a')}: b`,
  'a long plain scalar': `- rolearn: ${fill('a b ')}`,
  'many keys in one entry': `- ${numbered(6_000, (index) => `k${index}: v\n  `)}`,
  'one key many times': `- ${fill('rolearn: x\n  ', 6_000)}`,
  'many groups': `- rolearn: x\n  groups: [${fill('a,', 15_000)}a]`,
  'many entries': numbered(600, entry),
  'a long path': `- rolearn: arn:aws:iam::111122223333:user${fill('/a', 15_000)}/\n`,
  'entries on one line': `[${fill('{rolearn: x},', 3_000)}{rolearn: x}]`,
  'entries in JSON': `[${fill('{"rolearn":"x"},', 3_000)}{"rolearn":"x"}]`,
  'carriage returns': fill('- a\r', 8_000),
  'next lines': fill('\u0085', 15_000),
  'line separators': fill('\u2028', 15_000),
  'characters beyond the first plane': `- "${fill('\u{1F600}', 20_000)}"`,
  'many anchors': numbered(5_000, (index) => `- &a${index} x\n`),
  numbers: fill('- 1_000_000_000\n'),
  'a long number': `- ${fill('1')}`,
  'a number of base 60': `- ${fill('1:')}`,
  'a long fraction': `- 0.${fill('1')}e`,
  escapes: `- "${fill('\\x41')}"`,
  'folded quotes': `- "${fill('a\n ')}"`,
  'quotes in quotes': `- '${fill("''")}'`,
  backticks: `\`\`${fill(' ')}`,
  'a quoted text and line breaks': `""${fill('\n')}`,
  '5,000 nested lists': '['.repeat(5_000) + ']'.repeat(5_000),
  '20,000 nested lists': '['.repeat(20_000) + ']'.repeat(20_000),
};

/** Without the white space at its ends, and without the quotes that the authenticator takes for an empty section. */
const essenceOf = (text = ''): string =>
  text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '').replace(/^(""|''|``)$/, '');

test('one answer each, the bytes as they were after Create and Delete, and no internal error', async () => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP' });
  for (const [about, text] of Object.entries(texts)) {
    world.cluster.deleteConfigMap();
    world.cluster.writeConfigMap({
      metadata: { name: 'aws-auth', namespace: 'kube-system' },
      data: { mapRoles: text },
    });
    const created = await world.send({ type: 'Create', properties });
    const reason = created.Reason?.replace(/ \(log group.*/s, '') ?? '';
    expect({ about, reason }).toEqual({
      about,
      reason: expect.not.stringMatching(/^InternalFailure|ran out/) as string,
    });
    const deleted = await world.send({
      type: 'Delete',
      properties,
      physicalId: created.PhysicalResourceId,
    });
    expect({ about, Status: deleted.Status }).toEqual({ about, Status: 'SUCCESS' });
    // Of a section that holds nothing, nothing need be left.
    const isAsBefore = essenceOf(world.section('mapRoles')) === essenceOf(text);
    expect({ about, isAsBefore }).toEqual({ about, isAsBefore: true });
  }
});

test('a Delete removes 2,000 duplicates of its entry in time', async () => {
  world = await givenWorld({ timeoutSeconds: 3 });
  const { PhysicalResourceId } = done(await world.send({ type: 'Create', properties: plain }));
  const duplicates = `- rolearn: ${FOO}\n  username: y\n`.repeat(2_000);
  world.cluster.writeConfigMap(({ data, ...rest }) => ({
    ...rest,
    data: { mapRoles: (data?.['mapRoles'] ?? '') + duplicates },
  }));
  const before = world.aws.answerBucket.accepted.length;
  await world.invoke({ type: 'Delete', properties: plain, physicalId: PhysicalResourceId });
  const answers = world.aws.answerBucket.accepted.slice(before).map(({ document }) => document);
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }]);
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  expect(world.cluster.loginAs(FOO)).toBeUndefined();
});

test('a ConfigMap that comes without a version is not written', async () => {
  world = await givenWorld({ timeoutSeconds: 3 });
  const { metadata, ...rest } = world.cluster.configMap() ?? {};
  const { resourceVersion: _, ...unversioned } = metadata ?? {};
  world.cluster.kubernetes.injectFault({
    match: ({ method }) => method === 'GET',
    times: 99,
    respond: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...rest, metadata: unversioned }),
    },
  });
  const mapUsers = '- userarn: arn:aws:iam::111122223333:user/late\n  username: late\n';
  world.cluster.writeConfigMap((current) => ({ ...current, data: { ...current.data, mapUsers } }));
  const answer = await world.send({ type: 'Create', properties: plain });
  expect(world.section('mapUsers')).toBe(mapUsers);
  expect(answer).toMatchObject({ Status: 'FAILED' });
});
