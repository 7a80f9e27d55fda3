/**
 * The EKS API that the function sees: the local one, whose DescribeCluster names the endpoint and the authority of the
 * real kube-apiserver.
 */
import { request as httpRequest } from 'node:http';
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from '../../../local/aws/server/loopback-server';

export interface Announced {
  readonly endpoint: string;
  /** PEM. */
  readonly authority: string;
}

export interface EksFront {
  readonly server: LoopbackServer;
  /** What DescribeCluster says; may be changed at any time. */
  announced: Announced;
  /** Holds DescribeCluster back while it is set: what lets many events start at one moment. */
  gate: Promise<void> | undefined;
  /** Runs after each request, before its answer is given. */
  answered: (() => Promise<void>) | undefined;
  /** How many DescribeCluster requests have arrived. */
  readonly arrivals: number;
}

export async function startEksFront(eksUrl: string, announced: Announced): Promise<EksFront> {
  let arrivals = 0;
  const handle = async (request: LocalRequest): Promise<LocalResponse> => {
    const describes = request.method === 'GET' && /^\/clusters\/[^/]+$/.test(request.path);
    if (describes) {
      arrivals += 1;
      await front.gate;
    }
    const answer = await forward(request, new URL(eksUrl));
    await front.answered?.();
    return describes && answer.status === 200
      ? { ...answer, body: announce(answer.body, front.announced) }
      : answer;
  };
  const server = await startLoopbackServer({ handle });
  const front: EksFront = {
    server,
    announced,
    gate: undefined,
    answered: undefined,
    get arrivals() {
      return arrivals;
    },
  };
  return front;
}

function announce(body: string, { endpoint, authority }: Announced): string {
  const description = JSON.parse(body) as { cluster: object };
  const certificateAuthority = { data: Buffer.from(authority).toString('base64') };
  return JSON.stringify({ cluster: { ...description.cluster, endpoint, certificateAuthority } });
}

/** With the headers as they were signed, the host included. */
function forward(
  request: LocalRequest,
  { hostname, port }: URL,
): Promise<{ status: number; body: string; headers: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    const { method, url: path, headers } = request;
    const onward = httpRequest({ hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const kept = Object.entries(answer.headers).filter(([name]) => /^(content-type|x-amz)/.test(name));
        resolve({
          status: answer.statusCode ?? 502,
          body: Buffer.concat(chunks).toString('utf8'),
          headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
        });
      });
    });
    onward.on('error', reject);
    onward.end(request.body);
  });
}
