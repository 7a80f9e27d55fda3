/** Who gets in by both places, and the word that an approval is for: what changes it, and what does not. */
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { mappingInForce, readAwsAuth } from '../../../../access/aws-auth/reading/login';
import { digestOfPlan } from '../../../../access/migration/digest';
import { effectiveIdentities, type EntryInForce } from '../../../../access/migration/effective';
import { winnersOf } from '../../../../access/aws-auth/reading/winners';
import { corpus, corpusData } from '../aws-auth/reading/corpus';

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const mapped = (name: string, user = name, groups = 'a'): string =>
  `- rolearn: ${role(name)}\n  username: ${user}\n  groups: [${groups}]\n`;
const entry = (name: string, more: Partial<EntryInForce> = {}): EntryInForce => ({
  principalArn: role(name),
  userName: name.split('/').at(-1) ?? name,
  groups: ['a'],
  policies: [],
  type: 'STANDARD',
  ...more,
});

function effective(data: AwsAuthData, entries: readonly EntryInForce[] = []) {
  return effectiveIdentities(readAwsAuth(data), entries);
}

function digest(
  data: AwsAuthData,
  entries: readonly EntryInForce[] = [],
  owned: readonly string[] = [],
  included?: Parameters<typeof digestOfPlan>[0]['included'],
): string {
  return digestOfPlan({ effective: effective(data, entries), owned: new Set(owned), included });
}

test.each(corpus)('the winners of %s are those whom the authenticator finds', (file) => {
  const reading = readAwsAuth(corpusData(file));
  const winners = winnersOf(reading);
  for (const winner of winners) {
    if (winner.section === 'mapAccounts') continue;
    const found = mappingInForce(reading, winner.arn);
    expect(found === 'ambiguous' || found === winner).toBe(true);
  }
  const callers = [...reading.mapRoles.entries, ...reading.mapUsers.entries].flatMap((each) =>
    each.section === 'mapAccounts' || /\/.*\//.test(each.arn) ? [] : [each.arn],
  );
  for (const arn of callers) {
    const found = mappingInForce(reading, arn);
    if (found === 'ambiguous' || found === undefined || found.section === 'mapAccounts') continue;
    if (found.sso === undefined && /^arn:aws:iam::\d{12}:(?:role|user)\/[\w+=,.@-]+$/.test(found.arn))
      expect(winners).toContain(found);
  }
});

test('an access entry decides instead of aws-auth, whatever the spelling of its role', () => {
  expect(
    effective({ mapRoles: mapped('dev') + mapped('ops') }, [entry('team/DEV', { groups: ['b'] })]).map(
      ({ key, place }) => [key, place],
    ),
  ).toEqual([
    [role('dev'), 'access entry'],
    [role('ops'), 'aws-auth'],
  ]);
});

describe('the digest', () => {
  const data = { mapRoles: mapped('dev') + mapped('ops') };
  const before = digest(data);

  test('is 16 digits', () => expect(before).toMatch(/^[0-9a-f]{16}$/));

  test.each<readonly [string, string]>([
    ['another order', digest({ mapRoles: mapped('ops') + mapped('dev') })],
    ['a comment', digest({ mapRoles: `# all\n${mapped('dev')}${mapped('ops')}` })],
    ['an entry that matches nobody', digest({ mapRoles: data.mapRoles + mapped('team/x') })],
    ['a duplicate that is shadowed', digest({ mapRoles: mapped('dev', 'old') + data.mapRoles })],
    ['an equal access entry', digest(data, [entry('dev')])],
    ['an access entry of another principal', digest(data, [entry('new')])],
  ])('stays with %s', (_, after) => expect(after).toBe(before));

  test.each<readonly [string, string]>([
    ['one mapping more', digest({ mapRoles: data.mapRoles + mapped('new') })],
    ['one less', digest({ mapRoles: mapped('dev') })],
    ['another group', digest({ mapRoles: mapped('dev') + mapped('ops', 'ops', 'b') })],
    ['another user name', digest({ mapRoles: mapped('dev') + mapped('ops', 'x') })],
    ['a lost section', digest({ mapRoles: `${data.mapRoles}  @` })],
    ['a whole account', digest({ ...data, mapAccounts: '- "444455556666"\n' })],
    ['an access entry that gives something else', digest(data, [entry('dev', { groups: [] })])],
    ['a principal included', digest(data, [], [], [{ key: role('new'), identity: 'x' }])],
  ])('changes with %s', (_, after) => expect(after).not.toBe(before));

  test('masters and the policy that an access entry has for it are one', () => {
    const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
    const admin = { mapRoles: mapped('ops', 'ops', 'system:masters') };
    const moved = entry('ops', {
      groups: [],
      policies: [{ policyArn, scope: 'cluster' as const, namespaces: [] }],
    });
    expect(digest(admin, [moved])).toBe(digest(admin));
  });

  test('counts what a stack owns by principal, wherever the provider has put it', () => {
    const owned = [role('dev')];
    const inAwsAuth = digest(data, [], owned);
    expect(digest({ mapRoles: mapped('ops') }, [entry('dev', { groups: ['z'] })], owned)).toBe(inAwsAuth);
    expect(digest({ mapRoles: mapped('ops') })).not.toBe(inAwsAuth);
  });

  test('leaves out the node of a stack, whose access entry can carry no record', () => {
    const node = `- rolearn: ${role('node')}\n  username: "system:node:{{EC2PrivateDNSName}}"\n  groups: [system:bootstrappers, system:nodes]\n`;
    expect(digest({ mapRoles: data.mapRoles + node }, [], [role('node')])).toBe(before);
    expect(digest({ mapRoles: data.mapRoles + node })).not.toBe(before);
  });
});
