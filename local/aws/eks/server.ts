/** The EKS API over HTTP: REST JSON as the AWS SDK speaks it. */
import { randomUUID } from 'node:crypto';
import { identifyCaller } from '../identity/caller';
import {
  startLoopbackServer,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
} from '../server/loopback-server';
import {
  createAccessEntry,
  deleteAccessEntry,
  describeAccessEntry,
  listAccessEntries,
  updateAccessEntry,
} from './access-entries';
import {
  associateAccessPolicy,
  disassociateAccessPolicy,
  listAccessPolicies,
  listAssociatedAccessPolicies,
} from './access-policies';
import { type Call, type EksWorld, type Operation } from './call';
import { createCluster, deleteCluster, describeCluster, listClusters } from './clusters';
import { describeUpdate, listUpdates, updateClusterConfig } from './cluster-updates';
import { EksError, invalidParameter } from './eks-error';
import {
  describeFargateProfile,
  describeNodegroup,
  listFargateProfiles,
  listNodegroups,
} from './node-groups';
import { describeIdentityProviderConfig, listIdentityProviderConfigs } from './identity-providers';
import { listTagsForResource, tagResource, untagResource } from './tags';

/** `*` is one percent-encoded label (GT-68); it may be empty, as the SDK lets it be. */
const routes: readonly (readonly [method: string, path: string, operation: Operation])[] = [
  ['GET', '/clusters', listClusters],
  ['POST', '/clusters', createCluster],
  ['GET', '/clusters/*', describeCluster],
  ['DELETE', '/clusters/*', deleteCluster],
  ['POST', '/clusters/*/update-config', updateClusterConfig],
  ['GET', '/clusters/*/updates', listUpdates],
  ['GET', '/clusters/*/updates/*', describeUpdate],
  ['GET', '/clusters/*/access-entries', listAccessEntries],
  ['POST', '/clusters/*/access-entries', createAccessEntry],
  ['GET', '/clusters/*/access-entries/*', describeAccessEntry],
  ['POST', '/clusters/*/access-entries/*', updateAccessEntry],
  ['DELETE', '/clusters/*/access-entries/*', deleteAccessEntry],
  ['GET', '/clusters/*/access-entries/*/access-policies', listAssociatedAccessPolicies],
  ['POST', '/clusters/*/access-entries/*/access-policies', associateAccessPolicy],
  ['DELETE', '/clusters/*/access-entries/*/access-policies/*', disassociateAccessPolicy],
  ['GET', '/clusters/*/node-groups', listNodegroups],
  ['GET', '/clusters/*/node-groups/*', describeNodegroup],
  ['GET', '/clusters/*/fargate-profiles', listFargateProfiles],
  ['GET', '/clusters/*/fargate-profiles/*', describeFargateProfile],
  ['GET', '/clusters/*/identity-provider-configs', listIdentityProviderConfigs],
  ['POST', '/clusters/*/identity-provider-configs/describe', describeIdentityProviderConfig],
  ['GET', '/access-policies', listAccessPolicies],
  ['GET', '/tags/*', listTagsForResource],
  ['POST', '/tags/*', tagResource],
  ['DELETE', '/tags/*', untagResource],
];

/** Answers already given, by operation and clientRequestToken. */
type Replays = Map<string, { readonly request: string; readonly answer: unknown }>;

export async function startEks(world: EksWorld, port?: number): Promise<LoopbackServer> {
  const replays: Replays = new Map();
  return startLoopbackServer({
    handle: (request) => respond(request, world, replays),
    ...(port === undefined ? {} : { port }),
  });
}

async function respond(request: LocalRequest, world: EksWorld, replays: Replays): Promise<LocalResponse> {
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
  try {
    const body = await serve(request, world, replays);
    return { status: 200, headers, body: JSON.stringify(body) };
  } catch (error) {
    if (!(error instanceof EksError)) throw error;
    return {
      status: error.status,
      headers: { ...headers, 'x-amzn-errortype': error.errorName },
      body: JSON.stringify({ message: error.message }),
    };
  }
}

async function serve(request: LocalRequest, world: EksWorld, replays: Replays): Promise<unknown> {
  const identified = identifyCaller(world.iam, request);
  if (!('caller' in identified)) throw new EksError(`${identified.code}Exception`, identified.message);
  const found = findRoute(request);
  if (!found)
    throw new EksError('UnknownOperationException', `${request.method} ${request.path} is not an operation`);
  const { operation, labels } = found;
  const body = readBody(request);
  const call: Call = { world, caller: identified.caller, labels, query: request.query, body };
  const token = body['clientRequestToken'];
  if (typeof token !== 'string') return operation(call);
  return replayable(replays, `${operation.name} ${token}`, JSON.stringify([labels, body]), () =>
    operation(call),
  );
}

/**
 * GT-69: what EKS does with a used token is not documented. Here the first success is answered again for as long
 * as the server lives, and other parameters under the same token are refused, as other AWS services do.
 */
async function replayable(
  replays: Replays,
  key: string,
  request: string,
  run: () => unknown,
): Promise<unknown> {
  const earlier = replays.get(key);
  if (earlier && earlier.request !== request) {
    throw invalidParameter('The clientRequestToken was already used with different parameters');
  }
  if (earlier) return earlier.answer;
  const answer = structuredClone(await run());
  replays.set(key, { request, answer });
  return answer;
}

function findRoute(request: LocalRequest): { operation: Operation; labels: readonly string[] } | undefined {
  const path = request.path.split('/');
  for (const [method, pattern, operation] of routes) {
    const parts = pattern.split('/');
    if (method !== request.method || parts.length !== path.length) continue;
    if (!parts.every((part, index) => part === '*' || part === path[index])) continue;
    return { operation, labels: path.filter((_, index) => parts[index] === '*').map(decodeURIComponent) };
  }
  return undefined;
}

function readBody(request: LocalRequest): Record<string, unknown> {
  if (request.body.length === 0) return {};
  try {
    const body: unknown = JSON.parse(request.body.toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>;
  } catch (error) {
    throw new EksError('SerializationException', `the request body is not JSON: ${String(error)}`);
  }
  throw new EksError('SerializationException', 'the request body is not a JSON object');
}
