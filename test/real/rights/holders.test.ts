/**
 * What holders of the named rights may do on a real API server: role by role through the real authenticator, every rule
 * of the tables, what is next to them, and nothing that is in neither.
 */
import { type PolicyRule, type Tuple, tuplesOf } from '../../../access/policies/rule';
import {
  clusterRoleOf,
  groupOf,
  isOfClusterOnly,
  RIGHTS,
  type RightsName,
} from '../../../access/rights/catalogue';
import { digestOf } from '../../../access/rights/digest';
import { DIGESTS } from '../../../access/rights/digests';
import { namedRights } from '../../../access/rights/named-rights';
import { eventually, withRig } from '../rig/lifetime';
import { type Part } from '../rig/part';
import { rulesOf, textsOf } from './asking';
import {
  applyRights,
  applyText,
  bind,
  clusterRole,
  holderOf,
  makeNamespaces,
  mapRoles,
  RIGHTS_FILE,
  startAggregation,
} from './granted';
import { NEIGHBOURS, neighboursOf } from './neighbours';

const rig = withRig({ grant: false });
let aggregation: Part | undefined;

/** What an operator ships with its CustomResourceDefinition. */
const WIDGETS = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: widgets-view, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}
rules: [{apiGroups: [example.com], resources: [widgets], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: widgets-edit, labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'true'}}
rules: [{apiGroups: [example.com], resources: [widgets], verbs: [create, delete, patch, update]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: widgets-admin, labels: {rbac.authorization.k8s.io/aggregate-to-admin: 'true'}}
rules: [{apiGroups: [example.com], resources: [widgets/approval], verbs: [update]}]
`;
const widgets = (...verbs: readonly string[]): PolicyRule => ({
  apiGroups: ['example.com'],
  resources: ['widgets'],
  nonResourceURLs: [],
  verbs,
});
const READ_WIDGETS = widgets('get', 'list', 'watch');
const WRITE_WIDGETS = widgets('create', 'delete', 'patch', 'update');

/** All that the rights allow in this cluster: its custom resources included. */
function expectedOf(name: RightsName): readonly PolicyRule[] {
  const { rules, grows } = namedRights(name);
  return [
    ...rules,
    ...(grows?.labels.includes('view') === true ? [READ_WIDGETS] : []),
    ...(grows?.labels.includes('edit') === true ? [WRITE_WIDGETS] : []),
  ];
}

const TEAM = 'team';
const OTHER = 'other';
const inNamespaces = RIGHTS.filter((name) => !isOfClusterOnly(name));

beforeAll(async () => {
  aggregation = startAggregation(rig());
  await makeNamespaces(rig(), TEAM, OTHER);
  await applyRights(rig());
  await applyText(rig(), WIDGETS);
  for (const name of inNamespaces) await bind(rig(), TEAM, clusterRoleOf(name), groupOf(name, TEAM));
  await mapRoles(rig(), [
    'nobody',
    ...RIGHTS.map((name) => groupOf(name)),
    ...inNamespaces.map((name) => groupOf(name, TEAM)),
  ]);
});
afterAll(async () => aggregation?.kill());

/** Rules of everybody who is logged in. */
let common: readonly string[] = [];
beforeAll(async () => {
  common = textsOf(await rulesIn('nobody', TEAM));
});

async function rulesIn(group: string, namespace: string): Promise<readonly PolicyRule[]> {
  const holder = await holderOf(rig(), group);
  const rules = await holder.rules(namespace);
  holder.close();
  return rules;
}

async function allowed(
  group: string,
  tuples: readonly Tuple[],
  namespace?: string,
): Promise<readonly string[]> {
  const holder = await holderOf(rig(), group);
  const answers = await holder.allowed(tuples, namespace);
  holder.close();
  return answers;
}

/** Without what everybody may. */
function ownOf(rules: readonly PolicyRule[]): readonly string[] {
  return textsOf(rules).filter((text) => !common.includes(text));
}

test('aggregated ClusterRoles hold the custom resources that were made for them', async () => {
  for (const name of ['view-plus-custom-resources', 'edit-plus-custom-resources'] as const) {
    const wanted = textsOf(expectedOf(name));
    const texts = await eventually(
      async () => textsOf(rulesOf((await clusterRole(rig(), clusterRoleOf(name))).rules)),
      (found) => found.length === wanted.length,
    );
    expect(texts).toEqual(wanted);
  }
});

test('every ClusterRole reads back as it was applied', async () => {
  for (const [name, digest] of Object.entries(DIGESTS))
    expect([name, digestOf(await clusterRole(rig(), clusterRoleOf(name as RightsName)))]).toEqual([
      name,
      digest,
    ]);
});

describe.each(RIGHTS)('%s', (name) => {
  const rules = expectedOf(name);
  const tuples = tuplesOf(rules);
  const texts = textsOf(rules);

  test('in the whole cluster: every request of its rules, and no other rule', async () => {
    expect(await allowed(groupOf(name), tuples)).toEqual(texts);
    expect(ownOf(await rulesIn(groupOf(name), TEAM))).toEqual(texts);
  });

  test('in the whole cluster: what is next to it is denied', async () => {
    expect(await allowed(groupOf(name), NEIGHBOURS)).toEqual(neighboursOf(name));
  });
});

describe.each(inNamespaces)('%s in a namespace', (name) => {
  const rules = expectedOf(name);
  const group = groupOf(name, TEAM);

  test('every request of its rules there, nothing elsewhere', async () => {
    const tuples = tuplesOf(rules);
    expect(await allowed(group, tuples, TEAM)).toEqual(textsOf(rules));
    expect(await allowed(group, tuples, OTHER)).toEqual([]);
    expect(await allowed(group, tuples)).toEqual([]);
    expect(ownOf(await rulesIn(group, TEAM))).toEqual(textsOf(rules));
    expect(ownOf(await rulesIn(group, OTHER))).toEqual([]);
  });

  test('what is next to it is denied', async () => {
    expect(await allowed(group, NEIGHBOURS, TEAM)).toEqual(neighboursOf(name));
  });
});

describe('beside the ClusterRoles of Kubernetes', () => {
  const builtIn = async (name: string): Promise<readonly string[]> =>
    textsOf(rulesOf((await clusterRole(rig(), name)).rules));

  test.each([
    ['view', 'view', 9],
    ['edit', 'edit', 29],
    ['admin', 'admin', 29],
  ] as const)('%s is a part of %s, without %d requests', async (name, role, count) => {
    const theirs = (await builtIn(role)).filter((text) => !text.includes(' example.com/'));
    const ours = textsOf(namedRights(name).rules);
    expect(ours.filter((text) => !theirs.includes(text))).toEqual([]);
    expect(theirs.filter((text) => !ours.includes(text))).toHaveLength(count);
  });

  test.each(['view', 'edit'] as const)(
    '%s-plus-custom-resources is a part of it, without tokens, evictions and leases',
    async (role) => {
      const theirs = await builtIn(role);
      const ours = textsOf(
        rulesOf((await clusterRole(rig(), clusterRoleOf(`${role}-plus-custom-resources`))).rules),
      );
      expect(ours.filter((text) => !theirs.includes(text))).toEqual([]);
      const missing = theirs.filter((text) => !ours.includes(text)).join('\n');
      expect(missing).not.toContain('example.com');
      expect(missing).toContain('resource.k8s.io/resourceclaims');
      expect(missing.includes('create /serviceaccounts/token')).toBe(role === 'edit');
    },
  );

  test('cluster-admin is everything', async () => {
    expect(rulesOf((await clusterRole(rig(), 'cluster-admin')).rules)).toEqual(
      namedRights('cluster-admin').rules.map((rule) => ({ ...rule, resourceNames: undefined })),
    );
  });
});

describe('the manifest', () => {
  const versions = async (): Promise<readonly string[]> =>
    Promise.all(
      RIGHTS.map(async (name) => (await clusterRole(rig(), clusterRoleOf(name))).metadata.resourceVersion),
    );

  test.each([
    ['kubectl apply', []],
    ['kubectl apply --server-side', ['--server-side', '--force-conflicts']],
  ])('%s, again: it changes nothing, nor what the control plane has filled in', async (_command, flags) => {
    const growing = clusterRoleOf('edit-plus-custom-resources');
    const rules = (await clusterRole(rig(), growing)).rules;
    await applyRights(rig(), ...flags);
    const before = await versions();
    const said = await applyRights(rig(), ...flags);
    expect(await versions()).toEqual(before);
    expect(said.filter((line) => !/ (unchanged|serverside-applied)$/.test(line))).toEqual([]);
    expect((await clusterRole(rig(), growing)).rules).toEqual(rules);
  });

  test('removed, nobody has any of the rights in the whole cluster, nor in namespaces but cluster-admin', async () => {
    const { status } = await rig().kubectl(['delete', '-f', RIGHTS_FILE]);
    expect(status).toBe(0);
    const left = await eventually(
      async () =>
        Promise.all(
          RIGHTS.map(async (name) =>
            allowed(groupOf(name), tuplesOf(namedRights(name).rules)).then((all) => all.length),
          ),
        ),
      (counts) => counts.every((count) => count === 0),
    );
    expect(left).toEqual(RIGHTS.map(() => 0));
    for (const name of inNamespaces) {
      const inTeam = await allowed(groupOf(name, TEAM), tuplesOf(namedRights(name).rules), TEAM);
      expect([name, inTeam.length > 0]).toEqual([name, name === 'cluster-admin']);
    }
  });
});
