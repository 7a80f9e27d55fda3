/**
 * One request to the Kubernetes API of a cluster over HTTPS. The connection is kept alive between the
 * invocations of a warm container: one TLS handshake a container (docs/decisions/0007).
 */
import { Agent } from 'node:https';
import { ProviderError } from '../errors';
import { exchange, type ExchangeRequest, NoAnswer } from '../http-exchange';
import { type Cluster } from './cluster';
import { type AskedAs } from './kubernetes-refusal';

export interface KubernetesAnswer {
  readonly status: number;
  readonly body: string;
  /** From the Retry-After header. */
  readonly retryAfterSeconds?: number;
}

export interface KubernetesApi {
  readonly askedAs: AskedAs;
  /**
   * Throws ProviderError ServiceUnavailable when no answer came: the request may have been carried out all the same. `body`:
   * octets, because a string would be copied once more behind its headers, and held until the answer is there.
   */
  request(
    method: 'GET' | 'PUT' | 'PATCH',
    path: string,
    body?: Buffer,
    contentType?: string,
  ): Promise<KubernetesAnswer>;
}

export interface KubernetesApiOptions {
  readonly cluster: Cluster;
  readonly askedAs: AskedAs;
  readonly token: () => Promise<string>;
  /** Called when the cluster refused the token, so that the next request makes a new one. */
  readonly forgetToken: () => void;
  readonly signal: AbortSignal;
}

/**
 * What a PUT made of the object is what it was sent: its metadata are enough of an answer.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources
 */
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json';

/** Limit of one request; the API server's own for non-watch requests is 60 s. */
const REQUEST_MS = 15_000;
const CONNECT_MS = 5_000;

/** By endpoint and CA: another CA (GT-65) is another agent. */
const agents = new Map<string, Agent>();

export function openKubernetesApi({
  cluster,
  askedAs,
  token,
  forgetToken,
  signal,
}: KubernetesApiOptions): KubernetesApi {
  if (cluster.endpoint === '' || cluster.certificateAuthority === '') {
    // Without an authority of its own, Node would trust everybody's.
    throw new ProviderError(
      'NotStabilized',
      `EKS describes cluster ${cluster.name} without an endpoint or certificate authority: wait until it is ACTIVE`,
    );
  }
  const agent = agentFor(cluster);
  return {
    askedAs,
    request: async (method, path, body, contentType = 'application/json') => {
      const headers = {
        authorization: `Bearer ${await token()}`,
        accept: method === 'PUT' ? METADATA : 'application/json',
        'user-agent': 'cfn-eks-access',
        ...(body === undefined ? {} : { 'content-type': contentType }),
      };
      const url = new URL(path, cluster.endpoint);
      const limits = { limitMs: REQUEST_MS, connectMs: CONNECT_MS };
      const answer = await send({ url, method, headers, body, agent, ...limits, signal }, cluster.name);
      if (answer.status === 401) forgetToken();
      return answer;
    },
  };
}

async function send(request: ExchangeRequest, clusterName: string): Promise<KubernetesAnswer> {
  try {
    const answer = await exchange(request);
    const retryAfter = Number(answer.headers['retry-after'] ?? NaN);
    return {
      status: answer.status,
      body: await answer.text(),
      ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
    };
  } catch (error) {
    throw error instanceof NoAnswer ? connectionError(error, clusterName) : error;
  }
}

function connectionError({ code }: NoAnswer, clusterName: string): ProviderError {
  const certificate = /CERT|SELF_SIGNED|ISSUER|ERR_TLS|UNABLE_TO_VERIFY/.test(code);
  return new ProviderError(
    certificate ? 'InvalidRequest' : 'ServiceUnavailable',
    certificate
      ? `the certificate of cluster ${clusterName}'s Kubernetes API is not signed by the cluster's own authority (${code})`
      : `the Kubernetes API of cluster ${clusterName} could not be reached (${code}): a private endpoint needs the provider in the cluster's VPC (props vpc, vpcSubnets, securityGroups)`,
    { mayHaveActed: !certificate },
  );
}

function agentFor({ endpoint, certificateAuthority }: Cluster): Agent {
  const key = `${endpoint}\n${certificateAuthority}`;
  const existing = agents.get(key);
  if (existing) return existing;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 4,
    ca: certificateAuthority,
    minVersion: 'TLSv1.2',
  });
  agents.set(key, agent);
  return agent;
}
