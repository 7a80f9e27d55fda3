/**
 * One contract for RoleBindings, ClusterRoles and namespaces: the same requests are sent to the real kube-apiserver and to
 * the local one, with the rights of `samples/rights-rbac.yaml`, and both must say the same.
 */
import { readFileSync } from 'node:fs';
import { bindingOf, clusterRoleOf, groupOf, type RightsName } from '../../../access/rights/catalogue';
import { type LocalCluster } from '../../../local/aws/control-plane';
import { type DoorOptions, send } from '../rig/kubernetes-door';
import { eventually, withRig } from '../rig/lifetime';
import { CLUSTER } from '../rig/rig';
import { applyRights, makeNamespaces, RIGHTS_FILE } from '../rights/granted';
import { collection, RBAC, roleBinding } from '../rights/requests';

const rig = withRig({ grant: false });
const admin = 'arn:aws:iam::111122223333:role/contract-admin';
const provider = 'arn:aws:iam::111122223333:role/contract-provider';
const mapRoles = JSON.stringify([
  { rolearn: admin, username: 'contract-admin', groups: ['system:masters'] },
  { rolearn: provider, username: 'contract-provider', groups: ['cfn-eks-access'] },
]);
const local = (): LocalCluster => rig().aws.controlPlane.cluster(CLUSTER);

beforeAll(async () => {
  await makeNamespaces(rig(), 'team', 'dying');
  await rig().admin('DELETE', '/api/v1/namespaces/dying');
  await applyRights(rig());
  await rig().putAwsAuth({ metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles } });
  expect(await eventually(() => rig().login(provider), Boolean)).toBeDefined();
  local().applyRbac(readFileSync(RIGHTS_FILE, 'utf8'));
  local().writeConfigMap({ data: { mapRoles } });
  local().namespaces.missing('nowhere');
  local().namespaces.terminating('dying');
});

interface Step {
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';
const pathOf = (namespace: string, name: RightsName): string => `${collection(namespace)}/${bindingOf(name)}`;

function apply(name: RightsName, namespace: string, { query = '', role = clusterRoleOf(name) } = {}): Step {
  return {
    as: provider,
    method: 'PATCH',
    path: `${pathOf(namespace, name)}?fieldManager=cfn-eks-access${query}`,
    body: roleBinding(name, namespace, role),
    contentType: APPLY,
  };
}
const step = (as: string, method: string, path: string, body?: unknown, contentType?: string): Step => ({
  as,
  method,
  path,
  ...(body === undefined ? {} : { body }),
  ...(contentType === undefined ? {} : { contentType }),
});
const view = pathOf('team', 'view');
const edit = pathOf('team', 'edit');
const get = (as: string, path: string): Step => step(as, 'GET', path);

const CASES: readonly (readonly [what: string, steps: readonly Step[], statuses: readonly number[]])[] = [
  ['a binding that is not there', [get(provider, view)], [404]],
  ['one that is tried', [apply('view', 'team', { query: '&dryRun=All' }), get(provider, view)], [201, 404]],
  [
    'one that is made, and again',
    [apply('view', 'team'), apply('view', 'team'), get(provider, view)],
    [201, 200, 200],
  ],
  ['one to another ClusterRole', [apply('view', 'team', { role: clusterRoleOf('edit') })], [422]],
  [
    'a ClusterRole that the provider may not bind',
    [apply('secret-reader', 'team', { role: clusterRoleOf('view-plus-nodes') })],
    [403],
  ],
  [
    'a binding that another tool changed since',
    [
      apply('edit', 'team'),
      step(
        admin,
        'PATCH',
        `${edit}?fieldManager=kubectl-edit`,
        { subjects: [{ kind: 'Group', name: 'others' }] },
        MERGE,
      ),
      apply('edit', 'team'),
      apply('edit', 'team', { query: '&force=true' }),
      get(provider, edit),
    ],
    [201, 200, 409, 200, 200],
  ],
  [
    'a binding that another tool emptied',
    [
      step(admin, 'PATCH', `${edit}?fieldManager=kubectl-edit`, { subjects: [] }, MERGE),
      apply('edit', 'team'),
    ],
    [200, 200],
  ],
  [
    'a label that another tool added stays',
    [
      step(admin, 'PATCH', `${view}?fieldManager=other`, { metadata: { labels: { team: 'a' } } }, MERGE),
      apply('view', 'team'),
      get(provider, view),
    ],
    [200, 200, 200],
  ],
  [
    'a namespace that is missing',
    [apply('view', 'nowhere'), apply('view', 'nowhere', { query: '&dryRun=All' })],
    [404, 404],
  ],
  [
    'a namespace that is going',
    [apply('view', 'dying'), apply('view', 'dying', { query: '&dryRun=All' })],
    [403, 403],
  ],
  ['a POST', [step(provider, 'POST', collection('team'), roleBinding('admin', 'team'))], [403]],
  [
    'a name that is not ours',
    [step(provider, 'PATCH', `${collection('team')}/mine?fieldManager=x`, {}, APPLY)],
    [403],
  ],
  ['a removal', [step(provider, 'DELETE', view)], [403]],
  ['a list', [get(provider, collection('team'))], [403]],
  [
    'the setup',
    [
      get(provider, `${RBAC}/clusterroles/${clusterRoleOf('view')}`),
      get(provider, `${RBAC}/clusterrolebindings/${bindingOf('view')}`),
    ],
    [200, 200],
  ],
  ['Kubernetes’ own ClusterRole', [get(provider, `${RBAC}/clusterroles/cluster-admin`)], [403]],
  [
    'a ClusterRole that is not there',
    [get(admin, `${RBAC}/clusterroles/nosuch`), get(admin, `${RBAC}/clusterrolebindings/nosuch`)],
    [404, 404],
  ],
  [
    'rights by a subject review, with subresources',
    ['pods', 'pods/exec'].map((resource) => review(resource)),
    [201, 201],
  ],
];

function review(asked: string): Step {
  const [resource, subresource] = asked.split('/');
  const attributes = {
    verb: 'get',
    resource,
    namespace: 'team',
    ...(subresource === undefined ? {} : { subresource }),
  };
  return step(admin, 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: attributes },
  });
}

/** In which both servers may differ: ids, versions and times, also in the text of a conflict; and the rules in the text of an escalation. */
function comparable(body: unknown): unknown {
  const text = JSON.stringify(body, (key, value: unknown) =>
    ['uid', 'resourceVersion', 'creationTimestamp', 'time', 'spec'].includes(key) ? undefined : value,
  ).replace(/ at \d{4}-[^:]+:\d\d:\d\dZ/g, '');
  const {
    metadata = {},
    message,
    status,
    ...rest
  } = JSON.parse(text) as {
    metadata?: Record<string, unknown>;
    message?: string;
    status?: unknown;
  };
  const {
    managedFields = [],
    annotations,
    ...meta
  } = metadata as { managedFields?: { manager: string }[]; annotations?: object };
  // What kubectl apply notes for itself.
  const kept = Object.fromEntries(
    Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith('kubectl.kubernetes.io/')),
  );
  return {
    ...rest,
    allowed: (status as { allowed?: boolean } | undefined)?.allowed,
    metadata: { ...meta, annotations: kept },
    managedFields: managedFields.filter(({ manager }) => !/^(kubectl-client|unknown)/.test(manager)),
    message: message?.replace(/:\n\{[\s\S]*/, ':'),
  };
}

test.each(CASES)('%s', async (_what, steps, statuses) => {
  const real = { endpoint: rig().door.endpoint, authority: rig().authority.cert };
  const ours = { endpoint: local().endpoint, authority: local().certificateAuthority };
  const answersOf = async (door: DoorOptions): Promise<readonly unknown[]> => {
    const answers: unknown[] = [];
    for (const { as, method, path, ...options } of steps) {
      const { status, body } = await send({ ...door, token: await rig().token(as) }, method, path, options);
      answers.push({ status, body: comparable(body) });
    }
    return answers;
  };
  const expected = await answersOf(real);
  expect(expected.map((answer) => (answer as { status: number }).status)).toEqual(statuses);
  expect(await answersOf(ours)).toEqual(expected);
});

test('what is bound in a namespace is judged by the local Kubernetes as well', async () => {
  const holder = 'arn:aws:iam::111122223333:role/holder';
  const rows = [
    ...(JSON.parse(mapRoles) as object[]),
    { rolearn: holder, username: 'holder', groups: [groupOf('view', 'team')] },
  ];
  local().writeConfigMap({ data: { mapRoles: JSON.stringify(rows) } });
  const door = {
    endpoint: local().endpoint,
    authority: local().certificateAuthority,
    token: await rig().token(holder),
  };
  const ask = async (resource: string, namespace: string): Promise<unknown> => {
    const { path, body } = review(resource);
    const spec = (body as { spec: { resourceAttributes: object } }).spec;
    const asked = {
      ...(body as object),
      spec: { resourceAttributes: { ...spec.resourceAttributes, namespace } },
    };
    return ((await send(door, 'POST', path, { body: asked })).body as { status: { allowed: boolean } }).status
      .allowed;
  };
  expect([await ask('pods', 'team'), await ask('pods/exec', 'team'), await ask('pods', 'other')]).toEqual([
    true,
    false,
    false,
  ]);
});
