/**
 * Another author's client against the local Kubernetes API. A process of its own, because the package is an ES
 * module and the tests run as CommonJS. Reads `{server, caData, token}` from the first argument, prints what it saw.
 */
import { AuthenticationV1Api, CoreV1Api, KubeConfig, setHeaderOptions } from '@kubernetes/client-node';

const { server, caData, token } = JSON.parse(process.argv[2]);
const config = new KubeConfig();
config.loadFromClusterAndUser({ name: 'c', server, caData, skipTLSVerify: false }, { name: 'u', token });
const api = config.makeApiClient(CoreV1Api);
const namespace = 'kube-system';
const place = { namespace, name: 'aws-auth' };
const refusal = (sent) =>
  sent.then(
    () => 'accepted',
    (error) => [error.code, JSON.parse(error.body).reason],
  );

const read = await api.readNamespacedConfigMap(place);
const body = { ...read, data: { mapRoles: '' } };
const replaced = await api.replaceNamespacedConfigMap({ ...place, body });
const conflict = await refusal(api.replaceNamespacedConfigMap({ ...place, body }));
const mergePatch = setHeaderOptions('Content-Type', 'application/merge-patch+json');
const patched = await api.patchNamespacedConfigMap(
  { ...place, body: { data: { mapUsers: '[]' } } },
  mergePatch,
);
const fresh = { metadata: { name: 'fresh' }, data: { a: 'b' } };
await api.createNamespacedConfigMap({ namespace, body: fresh });
const again = await refusal(api.createNamespacedConfigMap({ namespace, body: fresh }));
const list = await api.listNamespacedConfigMap({ namespace });
await api.deleteNamespacedConfigMap({ namespace, name: 'fresh' });
const gone = await refusal(api.readNamespacedConfigMap({ namespace, name: 'fresh' }));
const me = await config.makeApiClient(AuthenticationV1Api).createSelfSubjectReview({ body: {} });

process.stdout.write(
  JSON.stringify({
    read: read.data,
    created: read.metadata.creationTimestamp instanceof Date,
    replaced: replaced.data,
    conflict,
    patched: patched.data,
    again,
    names: list.items.map(({ metadata }) => metadata.name),
    gone,
    me: me.status.userInfo,
  }),
);
