/** What stays on the way back from an Update that was refused: what is there as it was, and is this resource's (CR-18). */
import { accessEntryTranslator } from '../../../../access/access-entry/translator';
import { awsAuthTranslator } from '../../../../access/aws-auth/translator';
import { type DesiredAccess } from '../../../../access/desired-access';
import { ProviderError } from '../../../../access/errors';
import { identityOf } from '../../../../access/login-identity';
import { placementOf } from '../../../../access/placement';
import { type Sighting } from '../../../../access/sighting';
import { type Invocation } from '../../../../lambda/invocation';
import { asItWas } from '../../../../lambda/putting/way-back';
import { ACCOUNT, at, role, ROLE } from '../../access/desired';

const owner = { stackId: 'stack', logicalId: 'A' };
const ID = 'role|prod|arn:aws:iam::111122223333:role/dev';
const SET_ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;
const OTHER_ROLE = SET_ROLE.replace('0123', '4567');
const refused = new ProviderError('AccessDenied', 'Groups has ops, which this provider does not allow');
const asked = role({ userName: 'ann', groups: ['ops'] });
const ofSet = role({
  ...asked,
  arn: SET_ROLE,
  permissionSet: { name: 'Admin', partition: 'aws', accountId: ACCOUNT },
});
const nodes = role({ type: 'EC2_LINUX' });

interface Case {
  readonly desired?: DesiredAccess;
  readonly refusal?: unknown;
  readonly mode?: 'CONFIG_MAP' | 'API';
  readonly stackStatus?: string;
  readonly requestType?: 'Create' | 'Update';
  readonly physicalId?: string;
  /** Of what is there; undefined: nothing. */
  readonly recordedOwner?: typeof owner | undefined;
  readonly isThere?: boolean;
  readonly gives?: DesiredAccess;
  /** That the set has records of. */
  readonly roles?: readonly string[];
}

/** What stays, and where it was looked for; undefined where the refusal is the answer. */
async function staying(given: Case) {
  const { desired = asked, refusal = refused, mode = 'CONFIG_MAP', isThere = true } = given;
  const { stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS', requestType = 'Update', physicalId = ID } = given;
  const recordedOwner = 'recordedOwner' in given ? given.recordedOwner : owner;
  const looked: unknown[] = [];
  const logged: string[] = [];
  const translators = [accessEntryTranslator, awsAuthTranslator];
  const { effective } = placementOf(given.gives ?? desired, at(mode), translators);
  const backEnds = translators.map((translator) => ({
    ...translator,
    look: async ({ key, principalArn }: { key: string; principalArn: string }): Promise<Sighting> => {
      looked.push([translator.place, key, principalArn]);
      return {
        place: translator.place,
        owner: recordedOwner,
        entry: isThere ? { identity: identityOf(effective) } : undefined,
      } as unknown as Sighting;
    },
    recordedRoles: async () => given.roles ?? [],
  }));
  const invocation = {
    request: { requestType, physicalResourceId: physicalId },
    owner,
    deadline: {
      now: () => 0,
      random: () => 0,
      remainingMs: () => 1_000,
      signal: new AbortController().signal,
    },
    log: (level: string, message: string, fields: object) =>
      void logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
    edges: {
      describeCluster: async () => ({ ...at(mode), status: 'ACTIVE' }),
      backEnds: () => backEnds,
      stacks: { stack: async () => ({ state: 'known', status: stackStatus }) },
    },
  } as unknown as Invocation;
  const stays = await asItWas(invocation, () => ({ desired, previous: undefined }), refusal);
  return { stays, looked, logged };
}

const place = { desired: asked, cluster: at('CONFIG_MAP'), placement: { backEnd: { place: 'CONFIG_MAP' } } };

test('what this resource has there as it was stays, and the log has the refusal', async () => {
  const { stays, looked, logged } = await staying({});
  expect(stays).toMatchObject(place);
  expect(looked).toEqual([['CONFIG_MAP', 'arn:aws:iam::111122223333:role/dev', ROLE]]);
  expect(logged).toEqual([
    `WARN the mapping stays as it was, although it would be refused now {"reason":${JSON.stringify(refused.message)}}`,
  ]);
});

test.each<[string, Case]>([
  ['text that is refused now', { refusal: new ProviderError('InvalidRequest', 'no') }],
  ['a rollback of the stack', { stackStatus: 'ROLLBACK_IN_PROGRESS' }],
  [
    'an access entry of nodes, which holds no record',
    { desired: nodes, mode: 'API', recordedOwner: undefined },
  ],
  ['an access entry with its record', { mode: 'API' }],
])('so does %s', async (_, given) => {
  expect((await staying(given)).stays).toBeDefined();
});

test.each<[string, Case]>([
  ['an outage', { refusal: new ProviderError('ServiceUnavailable', 'no') }],
  ['a fault of the program', { refusal: new TypeError('odd') }],
  ['an Update that goes forward', { stackStatus: 'UPDATE_IN_PROGRESS' }],
  ['a Create', { requestType: 'Create' }],
  ['a resource of another provider', { physicalId: 'theirs' }],
  ['nothing there', { isThere: false }],
  ['another resource’s entry', { recordedOwner: { ...owner, logicalId: 'B' } }],
  ['an entry without a record', { recordedOwner: undefined }],
  ['an access entry without a record', { recordedOwner: undefined, mode: 'API' }],
  ['nodes without a record in aws-auth', { desired: nodes, recordedOwner: undefined }],
  ['an entry that gives something else', { gives: role({ ...asked, groups: ['team-a'] }) }],
])('not so with %s', async (_, given) => {
  const { stays, logged } = await staying(given);
  expect([stays, logged]).toEqual([undefined, []]);
});

describe('of a permission set', () => {
  test('it is looked for under the one role that has its record', async () => {
    const { stays, looked } = await staying({ desired: ofSet, roles: [OTHER_ROLE] });
    const key = 'arn:aws:iam::111122223333:role/awsreservedsso_admin_4567456789abcdef';
    expect(looked).toEqual([['CONFIG_MAP', key, OTHER_ROLE]]);
    expect(stays?.desired.principal).toMatchObject({ arn: OTHER_ROLE });
  });

  test.each<[string, readonly string[]]>([
    ['none', []],
    ['several', [SET_ROLE, OTHER_ROLE]],
  ])('nothing stays where %s have', async (_, roles) => {
    const { stays, looked } = await staying({ desired: ofSet, roles });
    expect([stays, looked]).toEqual([undefined, []]);
  });
});
