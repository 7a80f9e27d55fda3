import { openConfigMapStore } from '../../../../access/aws-auth/store';
import { type KubernetesApi } from '../../../../access/cluster/kubernetes-api';
import { ProviderError } from '../../../../access/errors';

/** An API server that gives `object` and keeps what is sent to it. */
function server(object: object): { readonly api: KubernetesApi; readonly puts: unknown[] } {
  const puts: unknown[] = [];
  const api: KubernetesApi = {
    askedAs: { clusterName: 'prod' },
    request: (method, _path, body) => {
      if (method === 'PUT') puts.push(JSON.parse(String(body)));
      return Promise.resolve({ status: 200, body: JSON.stringify(object) });
    },
  };
  return { api, puts };
}

test('what is written carries the version that was read', async () => {
  const { api, puts } = server({ metadata: { resourceVersion: '7' }, data: { mapRoles: 'a' } });
  const store = openConfigMapStore(api);
  const configMap = await store.read();
  if (configMap) await store.replace(configMap);
  expect(puts).toEqual([{ metadata: { resourceVersion: '7' }, data: { mapRoles: 'a' } }]);
});

test.each([{}, { resourceVersion: '' }, { resourceVersion: null }, { resourceVersion: 7 }])(
  'nothing is written without a version: %j',
  async (metadata) => {
    const { api, puts } = server({ metadata, data: {} });
    const store = openConfigMapStore(api);
    const configMap = await store.read();
    const error = await (configMap && store.replace(configMap).catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({
      code: 'InvalidRequest',
      mayHaveActed: false,
      message: expect.stringMatching(
        /cluster prod .*without metadata\.resourceVersion.*: let the provider reach it directly/,
      ) as string,
    });
    expect(puts).toEqual([]);
  },
);
