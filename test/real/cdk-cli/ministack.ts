/** ministack: another author's AWS (CloudFormation, Lambda, S3, SSM, IAM, STS, EKS), on free ports of loopback. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { type Place } from '../rig/kubernetes-parts';
import { freePorts, type Part, ready, startPart } from '../rig/part';

/** The account of a caller without a 12-digit access key. */
export const ACCOUNT = '000000000000';

export interface Ministack {
  readonly part: Part;
  readonly url: string;
  /** The port that its EKS announces for the first cluster, where a kube-apiserver may listen. */
  readonly kubernetesPort: number;
}

export async function startMinistack(place: Place): Promise<Ministack> {
  const [port = 0, kubernetesPort = 0] = await freePorts(2);
  // Its Lambda runs whatever is called `node`: the version that our function names.
  const programs = join(place.folder, 'programs');
  mkdirSync(programs);
  symlinkSync(place.tools.node['24'], join(programs, 'node'));
  const part = startPart({
    ...place,
    name: 'ministack',
    program: place.tools.ministack,
    parameters: [],
    env: {
      PATH: `${programs}:${process.env['PATH'] ?? ''}`,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      EKS_BASE_PORT: String(kubernetesPort),
      // No Docker: then its EKS only announces an endpoint, and runs no cluster of its own.
      DOCKER_HOST: `unix://${join(place.folder, 'no-docker.sock')}`,
      SERVICES: 'cloudformation,lambda,s3,ssm,iam,sts,eks,ecr,logs,sqs,events',
      TMPDIR: place.folder,
    },
  });
  const url = `http://localhost:${port}`;
  await ready(part, () => answers(`${url}/_ministack/health`));
  return { part, url, kubernetesPort };
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', reject);
  });
}
