/** SSM over HTTP, as far as the CDK CLI asks it: the value of a parameter. */
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from '../server/loopback-server';
import { type ParameterStore } from './parameter-store';

export async function startSsm(store: ParameterStore): Promise<LoopbackServer> {
  return startLoopbackServer({ handle: (request) => answer(request, store) });
}

function answer({ headers, body }: LocalRequest, store: ParameterStore): LocalResponse {
  const operation = (headers['x-amz-target'] ?? '').replace('AmazonSSM.', '');
  if (operation !== 'GetParameter')
    return respond(400, {
      __type: 'NotInLocalAws',
      message: `the local SSM has GetParameter alone, and not ${operation}`,
    });
  const { Name: name } = JSON.parse(body.toString('utf8')) as { readonly Name?: unknown };
  const found = typeof name === 'string' ? store.find(name) : undefined;
  if (!found)
    return respond(400, { __type: 'ParameterNotFound', message: `there is no parameter ${String(name)}` });
  return respond(200, { Parameter: { Name: name, Type: 'String', Value: found.value, Version: 1 } });
}

function respond(status: number, document: object): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(document),
  };
}
