/**
 * The provider allows less than when a mapping was made, and then an Update of the mapping fails. Nothing was changed and
 * nothing is given anew, so that the rollback completes (CR-18); whatever would be given anew is refused as ever.
 */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type ProviderTemplateOptions } from '../../../../local/demo/provider-template';
import { FOO, stateOf } from './cast';
import { deployAgain, entryOfSet, givenSets, ofSet, type SetWorld } from '../permission-sets/sets';
import { deploy, failuresOf, resource } from '../whole-stacks';

let world: SetWorld;
afterEach(() => world.stop());

const foo = (more: object = {}): object => resource(FOO, more);
/** Of a set, with the user name that its role has by default. */
const dev = (more: object = {}): object => ofSet('Dev', { UserName: undefined, ...more });

interface Less {
  readonly about: string;
  readonly mode?: AuthenticationMode;
  readonly before: object;
  readonly after: object;
  readonly allowed?: ProviderTemplateOptions;
  readonly meanwhile?: () => void;
  readonly reason: RegExp;
}

const TEAM_B = { Groups: ['team-b'] };
const NODES = { Type: 'EC2_LINUX', UserName: undefined, Groups: undefined };
const rows: readonly Less[] = [
  {
    about: 'groups',
    before: foo(),
    after: foo(TEAM_B),
    allowed: { guardrails: { groups: ['ops-*'] } },
    reason: /Groups has "team-b"/,
  },
  {
    about: 'clusters, for access entries',
    mode: 'API_AND_CONFIG_MAP',
    before: foo(),
    after: foo(TEAM_B),
    allowed: { guardrails: { clusters: ['prod-*'] } },
    reason: /Cluster is "my-cluster"/,
  },
  {
    about: 'nodes, whose access entries hold no record',
    mode: 'API',
    before: foo(NODES),
    after: foo({ ...NODES, Type: 'EC2_WINDOWS' }),
    allowed: { guardrails: {} },
    reason: /Type is EC2_WINDOWS/,
  },
  {
    about: 'dates, because its schedule is off',
    before: foo({ ExpiresAt: '2090-01-01' }),
    after: foo({ ExpiresAt: '2091-01-01' }),
    allowed: { followMode: 'false' },
    reason: /ExpiresAt needs the schedule/,
  },
  {
    about: 'a permission set that has no role any more',
    before: dev(),
    after: ofSet('Ops'),
    meanwhile: () => world.withdraw('Dev'),
    reason: /PermissionSet is "Ops"/,
  },
  {
    about: 'a permission set that has no role any more, for access entries',
    mode: 'API',
    before: entryOfSet('Dev'),
    after: entryOfSet('Dev', { KubernetesGroups: ['team-b'] }),
    meanwhile: () => world.withdraw('Dev'),
    reason: /PermissionSet is "Dev"/,
  },
];

test.each(rows)('$about: an Update is refused, and its rollback completes', async (row) => {
  world = await givenSets(row.mode ?? 'CONFIG_MAP', { guardrails: { allowNodes: true } });
  world.provision('Dev', 'd1');
  const created = await deploy(world.session, 'app', { A: row.before });
  if (created.status !== 'CREATE_COMPLETE') throw new Error(failuresOf(created));
  const before = stateOf(world.session.cluster);
  if (row.allowed) await deployAgain(world, row.allowed);
  row.meanwhile?.();
  const updated = await deploy(world.session, 'app', { A: row.after });
  expect(failuresOf(updated)).toMatch(row.reason);
  expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stateOf(world.session.cluster)).toEqual(before);
});

test('what an Update has changed is not given again against the guardrails', async () => {
  world = await givenSets('CONFIG_MAP', { guardrails: {} });
  await deploy(world.session, 'app', { A: foo() });
  await deployAgain(world, { guardrails: { groups: ['ops-*'] } });
  const sibling = { ...resource(`${FOO}-2`, { Groups: ['team-b'] }), DependsOn: 'A' };
  const updated = await deploy(world.session, 'app', { A: foo({ Groups: ['ops-1'] }), B: sibling });
  expect(updated.status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(failuresOf(updated)).toMatch(/Groups has "team-a", which this provider does not allow/);
  expect(world.mapRoles()).not.toContain('team-a');
});

test('an Update that is no rollback is held to the guardrails, although it asks for what is there', async () => {
  world = await givenSets('CONFIG_MAP', { guardrails: {} });
  await deploy(world.session, 'app', { A: foo() });
  await deployAgain(world, { guardrails: { groups: ['ops-*'] } });
  const updated = await deploy(world.session, 'app', { A: foo({ Revision: '2' }) });
  expect(failuresOf(updated)).toMatch(/Groups has "team-a", which this provider does not allow/);
});
