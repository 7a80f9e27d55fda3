/**
 * What no optimistic writer can beat: one writer alone, that reads, appends a line and writes, over a connection that
 * stays open. Nothing of the function but its way to sign a token.
 */
import { Agent, request } from 'node:https';
import { presignToken } from '../access/cluster/token';
import { type LocalCluster } from '../local/aws/control-plane';
import { median } from './rounds';
import { type Stage } from './stage';

export interface Floor {
  /** Milliseconds of one GET and one PUT, one after the other: the round trip of one read-modify-write. */
  readonly readModifyWrite: number;
  /** Milliseconds from the answer to the GET until the PUT is committed: at most one commit fits into it (PF 4.1). */
  readonly commit: number;
}

const PATH = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
const WRITES = 40;

export async function measureFloor(stage: Stage, cluster: LocalCluster): Promise<Floor> {
  const fn = stage.aws.lambda.function(stage.serviceToken);
  const token = await presignToken({
    clusterName: cluster.name,
    region: stage.aws.region,
    dnsSuffix: 'amazonaws.com',
    credentials: stage.aws.iam.credentialsFor(fn?.roleArn ?? ''),
    now: Date.now(),
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: cluster.certificateAuthority });
  const send = (method: string, body?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const outgoing = request(new URL(PATH, cluster.endpoint), { method, agent, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (incoming.statusCode === 200) resolve(text);
          else reject(new Error(`the floor's ${method} was answered ${incoming.statusCode}: ${text}`));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const both: number[] = [];
  const commits: number[] = [];
  for (let write = 0; write <= WRITES; write += 1) {
    const started = performance.now();
    const object = JSON.parse(await send('GET')) as { data: Record<string, string> };
    const read = performance.now();
    object.data['mapRoles'] = `${object.data['mapRoles'] ?? ''}# ${write}\n`;
    await send('PUT', JSON.stringify(object));
    const committed = performance.now();
    // The first one opens the connection.
    if (write === 0) continue;
    both.push(committed - started);
    commits.push(committed - read);
  }
  agent.destroy();
  return { readModifyWrite: median(both), commit: median(commits) };
}
