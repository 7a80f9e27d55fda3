/**
 * The provider's own rights for named rights: it can do its work with those of the manifest, it is refused with one of
 * them fewer, and it can do nothing else. Asked as the role that the authenticator lets in with the provider's group.
 */
import { PROVIDER_GROUP } from '../../../access/contract';
import {
  bindingOf,
  clusterRoleOf,
  isOfClusterOnly,
  RIGHTS,
  type RightsName,
} from '../../../access/rights/catalogue';
import { PROVIDER_RULES, providerObjects } from '../../../access/rights/manifest';
import { type RequestOptions } from '../rig/kubernetes-door';
import { eventually, withRig } from '../rig/lifetime';
import { applyRights, applyText, makeNamespaces, mapRoles } from './granted';
import { ask, collection, RBAC, roleBinding, type Said } from './requests';

const rig = withRig({ grant: false });
const inNamespaces = RIGHTS.filter((name) => !isOfClusterOnly(name));

beforeAll(async () => {
  await makeNamespaces(rig(), 'team', 'dying', 'kept');
  // No controller takes it away here, so it stays as it is.
  await rig().admin('DELETE', '/api/v1/namespaces/dying');
  await applyRights(rig());
  await mapRoles(rig(), [PROVIDER_GROUP]);
});

const asProvider = (method: string, path: string, options?: RequestOptions): Promise<Said> =>
  ask(rig(), PROVIDER_GROUP, method, path, options);

function apply(
  name: RightsName,
  namespace: string,
  { role = clusterRoleOf(name), dryRun = false } = {},
): Promise<Said> {
  const query = `fieldManager=cfn-eks-access${dryRun ? '&dryRun=All' : ''}`;
  return asProvider('PATCH', `${collection(namespace)}/${bindingOf(name)}?${query}`, {
    body: roleBinding(name, namespace, role),
    contentType: 'application/apply-patch+yaml',
  });
}

test.each(inNamespaces)(
  '%s is bound in a namespace, tried before and applied again without a write',
  async (name) => {
    expect((await apply(name, 'team', { dryRun: true })).status).toBe(201);
    expect((await asProvider('GET', `${collection('team')}/${bindingOf(name)}`)).status).toBe(404);
    const made = await apply(name, 'team');
    expect(made.status).toBe(201);
    const again = await apply(name, 'team');
    expect(again.status).toBe(200);
    const versionOf = ({ body }: Said) =>
      (body as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
    expect(versionOf(again)).toBe(versionOf(made));
  },
);

test.each(RIGHTS)('the setup of %s is read', async (name) => {
  expect((await asProvider('GET', `${RBAC}/clusterrolebindings/${bindingOf(name)}`)).status).toBe(200);
  const role = await asProvider('GET', `${RBAC}/clusterroles/${clusterRoleOf(name)}`);
  expect(role.status).toBe(name === 'cluster-admin' ? 403 : 200);
});

test('a namespace that is missing or going is named, when it is only tried as well', async () => {
  for (const dryRun of [true, false]) {
    expect(await apply('view', 'nowhere', { dryRun })).toMatchObject({
      status: 404,
      message: 'namespaces "nowhere" not found',
    });
    const dying = await apply('view', 'dying', { dryRun });
    expect(dying.status).toBe(403);
    expect(dying.message).toContain(
      'unable to create new content in namespace dying because it is being terminated',
    );
    expect(dying.body).toMatchObject({
      reason: 'Forbidden',
      details: {
        causes: [{ reason: 'NamespaceTerminating', message: 'namespace dying is being terminated' }],
      },
    });
  }
});

describe('with one right fewer the API server names it', () => {
  const without = async (resource: string, verb: string): Promise<void> => {
    const [role] = providerObjects();
    const rules = PROVIDER_RULES.map((rule) =>
      rule.resources.includes(resource)
        ? { ...rule, verbs: rule.verbs.filter((each) => each !== verb) }
        : rule,
    ).filter(({ verbs }) => verbs.length > 0);
    await rig().admin('PUT', `${RBAC}/clusterroles/${PROVIDER_GROUP}`, {
      body: { ...role, rules: rules.map(({ nonResourceURLs: _none, ...rule }) => rule) },
    });
  };
  afterEach(async () => {
    await applyText(rig(), JSON.stringify(providerObjects()[0]));
    await eventually(
      () => apply('view', 'kept', { dryRun: true }),
      ({ status }) => status < 300,
    );
  });
  const read = (resource: string, name: string) => (): Promise<Said> =>
    asProvider('GET', `${RBAC}/${resource}/${name}`);

  const bindInKept = (dryRun: boolean): Promise<Said> => apply('view', 'kept', { dryRun });

  test.each([
    [
      'rolebindings',
      'get',
      read('namespaces/team/rolebindings', bindingOf('view')),
      /cannot get resource "rolebindings"/,
    ],
    ['rolebindings', 'create', bindInKept, /cannot create resource "rolebindings"/],
    ['rolebindings', 'patch', bindInKept, /cannot patch resource "rolebindings"/],
    ['clusterroles', 'bind', bindInKept, /is attempting to grant RBAC permissions not currently held/],
    [
      'clusterroles',
      'get',
      read('clusterroles', clusterRoleOf('view')),
      /cannot get resource "clusterroles"/,
    ],
    [
      'clusterrolebindings',
      'get',
      read('clusterrolebindings', bindingOf('view')),
      /cannot get resource "clusterrolebindings"/,
    ],
  ])('%s: %s', async (resource, verb, act, message) => {
    await without(resource, verb);
    // The API server knows of the change a moment later; until then nothing is written.
    await eventually(
      () => act(true),
      ({ status }) => status === 403,
    );
    expect(await act(false)).toMatchObject({
      status: 403,
      message: expect.stringMatching(message) as string,
    });
    expect((await rig().admin('GET', `${collection('kept')}/${bindingOf('view')}`)).status).toBe(404);
  });

  test('the table names every verb that it has', () => {
    expect(
      PROVIDER_RULES.flatMap(({ resources, verbs }) => verbs.map((verb) => `${resources[0]} ${verb}`)).sort(),
    ).toEqual([
      'clusterrolebindings get',
      'clusterroles bind',
      'clusterroles get',
      'rolebindings create',
      'rolebindings get',
      'rolebindings patch',
    ]);
  });
});

describe('what the provider is refused', () => {
  const refusal = (status: number, message: RegExp): object => ({
    status,
    message: expect.stringMatching(message) as string,
  });

  test('a POST of a RoleBinding of the same name', async () => {
    expect(await asProvider('POST', collection('kept'), { body: roleBinding('edit', 'kept') })).toEqual({
      ...refusal(403, /cannot create resource "rolebindings"/),
      body: expect.anything() as unknown,
    });
  });

  test.each([
    [
      'another ClusterRole under a name of ours',
      () => apply('secret-reader', 'kept', { role: 'system:node' }),
      403,
    ],
    [
      'another ClusterRole where one is bound',
      () => apply('view', 'team', { role: clusterRoleOf('edit') }),
      422,
    ],
    ['a list', () => asProvider('GET', collection('team')), 403],
    ['a removal', () => asProvider('DELETE', `${collection('team')}/${bindingOf('view')}`), 403],
    [
      'a binding of another name',
      () =>
        asProvider('PATCH', `${collection('kept')}/mine?fieldManager=cfn-eks-access`, {
          body: { ...roleBinding('view', 'kept'), metadata: { name: 'mine', namespace: 'kept' } },
          contentType: 'application/apply-patch+yaml',
        }),
      403,
    ],
    [
      'a change of a ClusterRole',
      () =>
        asProvider('PATCH', `${RBAC}/clusterroles/${clusterRoleOf('view')}`, {
          body: { rules: [] },
          contentType: 'application/merge-patch+json',
        }),
      403,
    ],
    [
      'a change of a ClusterRoleBinding',
      () =>
        asProvider('PATCH', `${RBAC}/clusterrolebindings/${bindingOf('view')}`, {
          body: { subjects: [] },
          contentType: 'application/merge-patch+json',
        }),
      403,
    ],
    ['secrets', () => asProvider('GET', '/api/v1/namespaces/team/secrets'), 403],
  ])('%s', async (_what, act, status) => {
    expect((await act()).status).toBe(status);
  });
});
