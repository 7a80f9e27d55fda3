/** Refusals of an API server as they come in, and what each says to the stack author. */
import { refusal } from '../../../../access/cluster/kubernetes-refusal';

const status = (fields: object): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...fields });

test.each([
  [
    'a call that could not be completed in time',
    500,
    {
      reason: 'ServerTimeout',
      message: 'The get operation against configmaps could not be completed at this time, please try again.',
    },
    'ServiceUnavailable',
    'the Kubernetes API of cluster prod said: The get operation against configmaps could not be completed at this time, please try again.',
  ],
  [
    'a webhook that refuses with 403 and gives no reason',
    403,
    { message: 'admission webhook "policy.example.com" denied the request: no' },
    'AccessDenied',
    'the provider may not do this in cluster prod: apply samples/provider-rbac.yaml; the Kubernetes API of cluster prod said: admission webhook "policy.example.com" denied the request: no',
  ],
  [
    'a webhook that refuses with 400 and gives no reason',
    400,
    { message: 'admission webhook "policy.example.com" denied the request: no' },
    'InvalidRequest',
    'the Kubernetes API of cluster prod said: admission webhook "policy.example.com" denied the request: no',
  ],
  [
    'a caller whom the cluster does not know',
    401,
    { reason: 'Unauthorized', message: 'Unauthorized' },
    'AccessDenied',
    "cluster prod does not know the provider's own role (401 Unauthorized): map it as samples/provider-rbac.yaml says",
  ],
])('%s', (_, code, fields, expected, message) => {
  const error = refusal({ status: code, body: status(fields) }, { clusterName: 'prod' });
  expect({ code: error.code, message: error.message }).toEqual({ code: expected, message });
});
