import { accessEntryTranslator } from '../../../../access/access-entry/translator';
import { type AwsAuth } from '../../../../access/aws-auth/intent';
import { type IdentityMapping } from '../../../../access/aws-auth/identity-mapping';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type OwnedMapping, ownedMappings, stateOf } from '../../../../access/following/owned-mapping';
import { type FollowVerdict, followVerdict } from '../../../../access/following/verdict';
import { identityOf } from '../../../../access/login-identity';
import { type TemplateFacts } from '../../../../access/record-facts';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import { AFTER, ARN, BEFORE, given, MAPPING, OTHER, OURS, put } from '../aws-auth/aws-auth-given';
import { planPut } from '../aws-auth/plan-alone';
import { alone } from '../alone';
import { ACCOUNT, at } from '../desired';

const PATHED = `arn:aws:iam::${ACCOUNT}:role/team/foo`;
const ALL: Guardrails = {
  principalAccounts: ['*'],
  userNames: ['*', 'arn:*'],
  groups: ['*', 'system:*'],
  allowClusterAdmin: true,
  allowNodes: true,
};

interface Given {
  readonly mapping?: IdentityMapping;
  readonly key?: string;
  /** `none`: a record as it was before there were facts. */
  readonly facts?: TemplateFacts | 'none';
  readonly change?: (current: AwsAuth) => AwsAuth;
}

/** aws-auth with one mapping of ours, as a put of an event leaves it. */
function owned({
  mapping = MAPPING,
  key = ARN,
  facts = {},
  change = (same) => same,
}: Given = {}): OwnedMapping {
  const start = given(BEFORE + AFTER);
  const access =
    mapping.section === 'mapAccounts'
      ? { userName: undefined, groups: [] }
      : { userName: mapping.username, groups: mapping.groups };
  const desired = identityOf({ ...access, policies: [], type: undefined });
  const intent = put({
    key,
    mapping,
    requestedAt: 5_000,
    ...(facts === 'none' ? {} : { facts: { arn: PATHED, ...facts } }),
    surroundings: alone(undefined, OURS, { desired }),
  });
  const [only, ...others] = ownedMappings(change(planPut(start, intent).write ?? start));
  expect(others).toEqual([]);
  if (!only) throw new Error('no mapping of ours');
  return only;
}

function verdict(
  mapping: OwnedMapping,
  guardrails: Guardrails = ALL,
  { mode = 'API_AND_CONFIG_MAP', roleKey }: { mode?: AuthenticationMode; roleKey?: string } = {},
): FollowVerdict {
  return followVerdict(mapping, {
    cluster: at(mode),
    accessEntries: accessEntryTranslator,
    guardrails,
    provider: { accountId: ACCOUNT },
    isProvidersRole: (key) => key === roleKey,
  });
}

const replaced =
  (what: string, by: string) =>
  ({ data, annotations }: AwsAuth): AwsAuth => ({
    annotations,
    data: { ...data, mapRoles: (data['mapRoles'] ?? '').replace(what, by) },
  });

describe('what moves', () => {
  test.each(['API_AND_CONFIG_MAP', 'API'] as const)(
    'on a cluster of mode %s: as the template spells it',
    (mode) => {
      expect(verdict(owned(), ALL, { mode })).toMatchObject({
        kind: 'move',
        desired: { kind: 'role', principal: { arn: PATHED }, userName: 'joe', groups: ['team-a'] },
        translation: { target: { principalArn: PATHED, username: 'joe', groups: ['team-a'] } },
      });
    },
  );

  test('a mapping whose record is from before, by the ARN that aws-auth has', () => {
    const old = owned({ facts: 'none' });
    expect(old.hasDrifted).toBe(false);
    expect(verdict(old)).toMatchObject({ kind: 'move', translation: { target: { principalArn: ARN } } });
  });

  test('a record that names another principal is not believed', () => {
    const forged = owned({ facts: { arn: `arn:aws:iam::${ACCOUNT}:role/other` } });
    expect(verdict(forged)).toMatchObject({ kind: 'move', translation: { target: { principalArn: ARN } } });
  });

  test.each<[string, IdentityMapping, object]>([
    [
      'system:masters',
      { ...MAPPING, groups: ['system:masters', 'team-a'] },
      { groups: ['team-a'], policies: [{ policyArn: expect.stringContaining('ClusterAdmin') as string }] },
    ],
    [
      'a node',
      {
        ...MAPPING,
        username: 'system:node:{{EC2PrivateDNSName}}',
        groups: ['system:bootstrappers', 'system:nodes'],
      },
      { type: 'EC2_LINUX' },
    ],
    [
      'the default user name',
      { ...MAPPING, username: `arn:aws:sts::${ACCOUNT}:assumed-role/foo/{{SessionName}}` },
      { username: `arn:aws:sts::${ACCOUNT}:assumed-role/foo/{{SessionName}}` },
    ],
  ])('%s', (_, mapping, target) => {
    expect(verdict(owned({ mapping }))).toMatchObject({ kind: 'move', translation: { target } });
  });

  test('a user, with its path', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:user/team/jane`;
    const mapping = { section: 'mapUsers', arn, username: 'jane', groups: [] } as const;
    const key = `arn:aws:iam::${ACCOUNT}:user/jane`;
    expect(verdict(owned({ mapping, key, facts: 'none' }))).toMatchObject({
      kind: 'move',
      desired: { kind: 'user' },
      translation: { target: { principalArn: arn } },
    });
  });
});

describe('what stays, and why', () => {
  const foreign = `arn:aws:iam::444455556666:role/foo`;
  const ofOtherAccount = { ...MAPPING, arn: foreign };
  test.each<[string, OwnedMapping, Guardrails, RegExp]>([
    ['forced', owned({ facts: { forced: true } }), ALL, /its template forces it into aws-auth/],
    [
      'changed',
      owned({ change: replaced('"joe"', '"admin"') }),
      ALL,
      /has changed its entry .* another Revision/,
    ],
    [
      'removed',
      owned({ change: ({ annotations }) => ({ annotations, data: { mapRoles: BEFORE } }) }),
      ALL,
      /has removed its entry/,
    ],
    [
      'a reserved group',
      owned({ mapping: { ...MAPPING, groups: ['system:authenticated'] } }),
      ALL,
      /groups of an access entry cannot begin with system:/,
    ],
    [
      'a whole account',
      owned({ mapping: { section: 'mapAccounts', accountId: ACCOUNT }, key: ACCOUNT, facts: 'none' }),
      ALL,
      /cannot map a whole account/,
    ],
    ['a refused group', owned(), { groups: ['team-b'] }, /which this provider does not allow/],
    [
      'a refused account',
      owned({ mapping: ofOtherAccount, key: foreign, facts: 'none' }),
      {},
      /principalAccounts/,
    ],
    [
      'a role of another account, path unknown',
      owned({ mapping: ofOtherAccount, key: foreign, facts: 'none' }),
      ALL,
      /is of another account, where nobody can say/,
    ],
    ['another cluster', owned(), { ...ALL, clusters: ['dev-*'] }, /clusters/],
    [
      'the provider’s group',
      owned({ change: replaced('["team-a"]', '["cfn-eks-access"]') }),
      ALL,
      /how the provider itself reaches the cluster/,
    ],
  ])('%s', (_, mapping, guardrails, why) => {
    expect(verdict(mapping, guardrails)).toEqual({
      kind: 'stays',
      why: expect.stringMatching(why) as string,
    });
  });

  test('the provider’s own role', () => {
    expect(verdict(owned(), ALL, { roleKey: ARN })).toMatchObject({ kind: 'stays' });
  });

  test('a role of another account whose path the template gives moves', () => {
    const facts = { arn: 'arn:aws:iam::444455556666:role/team/foo' };
    expect(verdict(owned({ mapping: ofOtherAccount, key: foreign, facts }))).toMatchObject({ kind: 'move' });
  });
});

test('what has no record is no mapping of ours', () => {
  expect(ownedMappings(given(BEFORE + AFTER))).toEqual([]);
});

test('records that cannot be read stop everything', () => {
  expect(() => ownedMappings({ data: {}, annotations: { 'cfn-eks-access/owners': '{' } })).toThrow(
    'is not what this provider writes',
  );
});

describe('the state of a mapping', () => {
  const start = owned();
  test('is the same for the same bytes, and whatever the neighbours are', () => {
    expect(stateOf(owned())).toBe(stateOf(start));
    expect(stateOf(owned({ change: replaced('# do not touch', '# touched') }))).toBe(stateOf(start));
  });
  test.each([
    ['another user name', owned({ change: replaced('"joe"', '"ann"') })],
    ['another owner', { ...start, record: { ...start.record, owner: OTHER } }],
    ['a later event', { ...start, record: { ...start.record, at: 6_000 } }],
  ])('is another with %s', (_, other) => {
    expect(stateOf(other)).not.toBe(stateOf(start));
  });
});
