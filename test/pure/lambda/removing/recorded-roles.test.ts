/** Which roles of a permission set have a record of the resource, where a place does not tell as well (CR-14, CR-30). */
import { type Cluster } from '../../../../access/cluster/cluster';
import { NoRights } from '../../../../access/cluster/kubernetes-refusal';
import { ProviderError } from '../../../../access/errors';
import { type PermissionSet, setKey } from '../../../../access/permission-set';
import { type Invocation } from '../../../../lambda/invocation';
import { recordedRoles } from '../../../../lambda/removing/remove-mapping';
import { ACCOUNT } from '../../access/desired';
import { clusterNamed } from '../scheduled/simulated-account';
import { simulatedTime } from '../scheduled/simulated-time';

const set: PermissionSet = { name: 'Admin', partition: 'aws', accountId: ACCOUNT };
const OF_SET = 'AWSReservedSSO_Admin_0123456789abcdef';
const KEY = `arn:aws:iam::${ACCOUNT}:role/${OF_SET.toLowerCase()}`;
const ARN = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${OF_SET}`;
const OTHER = ARN.replace('0123', '4567');
const removal = { kind: 'role' as const, key: setKey(set), desired: undefined, set };

type Told = readonly string[] | Error;
interface Given {
  /** What each look at the place tells; the last one for all that follow. */
  readonly entries?: readonly Told[];
  readonly awsAuth?: readonly Told[];
  readonly cluster?: Partial<Cluster>;
  readonly isCourtesy?: boolean;
  readonly physicalId?: string;
  readonly stackStatus?: string;
}

async function found({ entries = [[]], awsAuth = [[]], cluster = {}, ...given }: Given) {
  const { isCourtesy = false, physicalId = 'app-A-1ABCDEF', stackStatus = 'DELETE_IN_PROGRESS' } = given;
  const logged: string[] = [];
  const looks = { API: 0, CONFIG_MAP: 0 };
  const backEnd = (place: 'API' | 'CONFIG_MAP', told: readonly Told[]) => ({
    place,
    recordedRoles: async () => {
      const answer = told[Math.min(looks[place], told.length - 1)] ?? [];
      looks[place] += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const invocation = {
    request: { requestType: 'Delete', physicalResourceId: physicalId },
    owner: { stackId: 'stack', logicalId: 'A' },
    deadline: simulatedTime(10_000),
    log: (level: string, message: string) => void logged.push(`${level} ${message}`),
    edges: {
      backEnds: () => [backEnd('CONFIG_MAP', awsAuth), backEnd('API', entries)],
      stacks: { stack: async () => ({ state: 'known', status: stackStatus }) },
    },
  } as unknown as Invocation;
  const prod = { ...clusterNamed('prod', 'API_AND_CONFIG_MAP'), ...cluster };
  const roles = await recordedRoles(invocation, prod, removal, set, isCourtesy);
  return { roles: roles.map(({ arn }) => arn), logged, looks };
}

const denied = new NoRights('401 Unauthorized');
const WARNED = ['WARN the mapping was not looked for'];

test('a role that both places have is told once, with its real ARN', async () => {
  expect(await found({ entries: [[ARN]], awsAuth: [[KEY, OTHER]] })).toMatchObject({
    roles: [ARN, OTHER],
    logged: [],
  });
});

test('a place that may come back is asked again', async () => {
  for (const code of ['Throttling', 'ServiceUnavailable', 'NotStabilized'] as const)
    expect(await found({ awsAuth: [new ProviderError(code, 'later'), [ARN]] })).toMatchObject({
      roles: [ARN],
      looks: { CONFIG_MAP: 2 },
    });
});

test('a cluster that never had a Kubernetes API has nothing in aws-auth', async () => {
  const { roles, looks } = await found({ awsAuth: [denied], cluster: { status: 'CREATING', endpoint: '' } });
  expect([roles, looks.CONFIG_MAP]).toEqual([[], 0]);
});

test.each<[string, Given, readonly string[]]>([
  ['the cluster does not look there', { awsAuth: [denied], cluster: { authenticationMode: 'API' } }, []],
  ['a role was found in the other place', { entries: [[ARN]], awsAuth: [denied] }, [ARN]],
  ['it is a courtesy', { awsAuth: [denied], isCourtesy: true }, []],
  ['its Create was denied just before', { awsAuth: [denied], stackStatus: 'ROLLBACK_IN_PROGRESS' }, []],
])('a place that does not tell is a warning where %s', async (_, given, roles) => {
  expect(await found(given)).toMatchObject({ roles, logged: WARNED });
});

test.each<[string, Given, Error]>([
  ['nothing else is known', { awsAuth: [denied] }, denied],
  [
    'the id is one of ours',
    { awsAuth: [denied], physicalId: `role|prod|${KEY}`, stackStatus: 'ROLLBACK_IN_PROGRESS' },
    denied,
  ],
])('and the answer where %s', async (_, given, error) => {
  await expect(found(given)).rejects.toBe(error);
});

test('what cannot be read is no courtesy, and a fault of the program is let through', async () => {
  const unreadable = new ProviderError('InvalidRequest', 'an unknown version');
  await expect(found({ awsAuth: [unreadable], isCourtesy: true })).rejects.toBe(unreadable);
  const odd = new TypeError('odd');
  await expect(found({ awsAuth: [odd], cluster: { authenticationMode: 'API' } })).rejects.toBe(odd);
});
