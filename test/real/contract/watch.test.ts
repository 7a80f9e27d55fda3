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
const mapRoles = JSON.stringify([{ rolearn: admin, username: 'watch-admin', groups: ['system:masters'] }]);
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
});
