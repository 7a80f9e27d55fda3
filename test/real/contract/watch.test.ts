/**
 * Watches of ConfigMaps, by one contract for the real kube-apiserver and for the local one: as far as `kubectl get -w` and
 * the authenticator need them (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).
 */
import { type LocalCluster } from '../../../local/aws/control-plane';
import { type DoorOptions, send } from '../rig/kubernetes-door';
import { eventually, withRig } from '../rig/lifetime';
import { CLUSTER } from '../rig/rig';

const rig = withRig();
const collection = '/api/v1/namespaces/kube-system/configmaps';
const admin = 'arn:aws:iam::111122223333:role/watch-admin';
const reader = 'arn:aws:iam::111122223333:role/watch-reader';
const mapRoles = JSON.stringify([
  { rolearn: admin, username: 'watch-admin', groups: ['system:masters'] },
  { rolearn: reader, username: 'watch-reader', groups: ['nobody-binds-it'] },
]);
const metadata = { name: 'aws-auth', namespace: 'kube-system' };
const local = (): LocalCluster => rig().aws.controlPlane.cluster(CLUSTER);

const servers: Readonly<Record<string, readonly [door: () => DoorOptions, reset: () => Promise<void>]>> = {
  'kube-apiserver': [
    () => ({ endpoint: rig().door.endpoint, authority: rig().authority.cert }),
    async () => {
      expect((await rig().putAwsAuth({ metadata, data: { mapRoles } })).status).toBe(201);
      expect(await eventually(() => rig().login(admin), Boolean)).toBeDefined();
    },
  ],
  'the local Kubernetes API': [
    () => ({ endpoint: local().endpoint, authority: local().certificateAuthority }),
    () => {
      local().deleteConfigMap();
      local().writeConfigMap({ data: { mapRoles } }, 'kubectl-create');
      return Promise.resolve();
    },
  ],
};

interface Event {
  readonly type: string;
  readonly object: {
    readonly metadata?: { readonly name?: string; readonly uid?: string; readonly resourceVersion?: string };
    readonly data?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
}

const streamed = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
const BEGINNINGS: readonly (readonly [query: string, ...types: string[]])[] = [
  ['allowWatchBookmarks=true', 'ADDED', 'BOOKMARK'],
  ['resourceVersion=0&allowWatchBookmarks=true', 'ADDED', 'BOOKMARK'],
  ['resourceVersion=0', 'ADDED'],
  [`${streamed}&allowWatchBookmarks=true`, 'ADDED', 'BOOKMARK'],
  [streamed, 'ADDED'],
  ['sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'],
];

const wrongMatch =
  'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
const REFUSED: readonly (readonly [query: string, status: number, message: string])[] = [
  ['timeoutSeconds=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [
    'resourceVersion=x',
    500,
    'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ],
  ['sendInitialEvents=true', 422, `ListOptions.meta.k8s.io "" is invalid: ${wrongMatch}`],
  [
    'sendInitialEvents=true&resourceVersionMatch=Exact',
    422,
    `ListOptions.meta.k8s.io "" is invalid: [${wrongMatch}, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]`,
  ],
  [
    'resourceVersionMatch=NotOlderThan',
    422,
    'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
  ],
  [
    'fieldSelector=data.x%3D1',
    400,
    '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  ['fieldSelector=metadata.name', 400, "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
  [
    'labelSelector=a%20b',
    400,
    "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
  ],
  ['labelSelector=%3D%3D', 400, "found '==', expected: !, identifier, or 'end of string'"],
];

/** Whether each finds an object with the label team=a. */
const SELECTED: readonly (readonly [query: string, isFound: boolean])[] = [
  ['fieldSelector=metadata.name!%3Dwatched', false],
  ['fieldSelector=metadata.name%3Dwatched,metadata.namespace%3Dkube-system', true],
  ['fieldSelector=metadata.namespace%3D%3Ddefault', false],
  ['labelSelector=team%3Da', true],
  ['labelSelector=team!%3Da', false],
  ['labelSelector=other!%3Da', true],
  ['labelSelector=team', true],
  ['labelSelector=!team', false],
  ['labelSelector=team%20in%20(a,b)', true],
  ['labelSelector=team%20notin%20(a,b)', false],
  ['labelSelector=other%20notin%20(a),team%20in%20(a)', true],
];

describe.each(Object.entries(servers))('%s', (_, [door, reset]) => {
  let token: string;
  beforeAll(async () => {
    await reset();
    token = await rig().token(admin);
  });
  const ask = async (
    method: string,
    url: string,
    body?: object,
  ): Promise<{ status: number; body: Event['object'] }> =>
    (await send({ ...door(), token }, method, url, body && { body })) as never;
  const other = (data: object): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'watched', namespace: 'kube-system' },
    data,
  });
  /** All events until the server ends the watch, which it does by itself after a second. */
  const watch = async (query: string): Promise<{ status: number; events: readonly Event[] }> => {
    const url = `${collection}?watch=true&timeoutSeconds=1&${query}`;
    const { status, body } = await send({ ...door(), token }, 'GET', url);
    // One event is an object for the test's door, several are text.
    const lines = typeof body === 'string' ? body.split('\n').filter(Boolean) : [JSON.stringify(body)];
    return { status, events: lines.map((line) => JSON.parse(line) as Event) };
  };
  const ofWatched = 'fieldSelector=metadata.name%3Dwatched';
  const versionOf = ({ metadata: of }: Event['object']): string => of?.resourceVersion ?? '';

  test('from a version on: ADDED, MODIFIED, DELETED, each with the object in its version', async () => {
    const list = await ask('GET', collection);
    const made = (await ask('POST', collection, other({ a: '1' }))).body;
    const changed = (await ask('PUT', `${collection}/watched`, other({ a: '2' }))).body;
    await ask('DELETE', `${collection}/watched`);
    const { status, events } = await watch(`${ofWatched}&resourceVersion=${versionOf(list.body)}`);
    expect([status, events.map(({ type }) => type)]).toEqual([200, ['ADDED', 'MODIFIED', 'DELETED']]);
    const [added, modified, deleted] = events.map(({ object }) => object);
    expect([added, modified]).toEqual([made, changed]);
    // The version of the deletion, with what was there.
    expect(deleted).toMatchObject({
      kind: 'ConfigMap',
      data: { a: '2' },
      metadata: { uid: made.metadata?.uid },
    });
    expect(Number(deleted && versionOf(deleted))).toBeGreaterThan(Number(versionOf(changed)));
  });

  test('without a version: what is there is ADDED; what the selector does not name is not told', async () => {
    await ask('POST', collection, other({ a: '1' }));
    const { body } = await ask('GET', `${collection}/watched`);
    const { events } = await watch(ofWatched);
    await ask('DELETE', `${collection}/watched`);
    expect(events).toEqual([{ type: 'ADDED', object: body }]);
  });

  test('a change is told whether the watch was open by then or not, and the server ends it after timeoutSeconds', async () => {
    const { body } = await ask('GET', collection);
    const watching = watch(`${ofWatched}&resourceVersion=${versionOf(body)}`);
    await ask('POST', collection, other({ a: '1' }));
    await ask('DELETE', `${collection}/watched`);
    expect((await watching).events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  });

  /** What every query gives of the object, asked at once: each takes the second after which the server ends it. */
  const watchEach = (queries: readonly string[]): Promise<readonly (readonly Event[])[]> =>
    Promise.all(queries.map(async (query) => (await watch(query)).events));
  const typesOf = (events: readonly Event[]): readonly string[] => events.map(({ type }) => type);

  test('what is there comes first, and a bookmark ends it where bookmarks are allowed', async () => {
    const made = (await ask('POST', collection, other({ a: '1' }))).body;
    const answers = await watchEach(BEGINNINGS.map(([query]) => `${ofWatched}&${query}`));
    const version = versionOf((await ask('GET', collection)).body);
    const [after = []] = await watchEach([
      `${ofWatched}&resourceVersion=${version}&allowWatchBookmarks=true`,
    ]);
    await ask('DELETE', `${collection}/watched`);
    expect(answers.map(typesOf)).toEqual(BEGINNINGS.map(([, ...types]) => types));
    expect(after).toEqual([]);
    for (const { type, object } of answers.flat()) {
      if (type === 'ADDED') expect(object).toEqual(made);
      if (type !== 'BOOKMARK') continue;
      const resourceVersion = expect.stringMatching(/^\d+$/) as string;
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      const bookmarked = { resourceVersion, annotations };
      expect(object).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata: bookmarked });
      expect(Number(versionOf(object))).toBeGreaterThanOrEqual(Number(versionOf(made)));
    }
  });

  test.each(REFUSED)('%s is refused', async (query, status, message) => {
    const refused = await ask('GET', `${collection}?watch=true&${query}`);
    expect([refused.status, refused.body['code'], refused.body['message']]).toEqual([
      status,
      status,
      message,
    ]);
  });

  test('who may not watch is told so', async () => {
    const url = `${collection}?watch=true&timeoutSeconds=1`;
    const { status, body } = await send({ ...door(), token: await rig().token(reader) }, 'GET', url);
    const message =
      'configmaps is forbidden: User "watch-reader" cannot watch resource "configmaps" in API group "" in the namespace "kube-system"';
    expect([status, body]).toMatchObject([
      403,
      { reason: 'Forbidden', message, details: { kind: 'configmaps' } },
    ]);
  });

  test('selectors choose the same in a list and in a watch', async () => {
    const labelled = { name: 'watched', namespace: 'kube-system', labels: { team: 'a' } };
    await ask('POST', collection, { ...other({}), metadata: labelled });
    const queries = SELECTED.map(([query]) => query);
    const lists = await Promise.all(
      queries.map(async (query) => (await ask('GET', `${collection}?${query}`)).body),
    );
    const watches = await watchEach(queries);
    await ask('DELETE', `${collection}/watched`);
    const has = (objects: readonly Event['object'][]): boolean =>
      objects.some(({ metadata: of }) => of?.name === 'watched');
    const found = queries.map((query, index) => [
      query,
      has(lists[index]?.['items'] as Event['object'][]),
      has((watches[index] ?? []).map(({ object }) => object)),
    ]);
    expect(found).toEqual(SELECTED.map(([query, isFound]) => [query, isFound, isFound]));
  });
});
