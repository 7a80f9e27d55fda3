/** The Kubernetes API of the cluster: by a token of the caller's own credentials, or as a kubeconfig says. */
import {
  type CoreV1Api,
  KubeConfig,
  Observable,
  type RequestContext,
  type ResponseContext,
} from '@kubernetes/client-node';
import { dnsSuffixOf, partitionOf } from '../../access/aws/partition';
import { presignToken } from '../../access/cluster/token';
import { type LiveOptions } from '../live-options';
import { Problem } from '../problem';
import { type DescribedCluster } from './describe-cluster';
import { type Session } from './session';

export interface Kubernetes {
  readonly config: KubeConfig;
  /** URL of the API server. */
  readonly server: string;
}

/** GT-41 to GT-45: no kubeconfig and no other program is needed. */
export async function kubernetesOf(
  name: string,
  { endpoint, certificateAuthority, arn }: DescribedCluster,
  { eks, region }: Session,
): Promise<Kubernetes> {
  const partition = arn.split(':')[1] ?? partitionOf(region);
  const token = await presignToken({
    clusterName: name,
    region,
    dnsSuffix: dnsSuffixOf(partition),
    credentials: await eks.config.credentials(),
    now: Date.now(),
  });
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name, server: endpoint, caData: certificateAuthority, skipTLSVerify: false },
    { name: 'caller', token },
  );
  return { config, server: endpoint };
}

/** Throws Problem where the file is none, or has no such context. */
export function kubernetesOfFile({
  kubeconfig = '',
  context,
}: Pick<LiveOptions, 'kubeconfig' | 'context'>): Kubernetes {
  const config = new KubeConfig();
  try {
    config.loadFromFile(kubeconfig);
  } catch (error) {
    const { code, message = '' } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message.split('\n')[0];
    throw new Problem(`Cannot read the kubeconfig ${kubeconfig}: ${why}.`);
  }
  if (context !== undefined) {
    const names = config.getContexts().map((each) => each.name);
    if (!names.includes(context))
      throw new Problem(
        `${kubeconfig} has no context ${JSON.stringify(context)}.`,
        `It has ${names.join(', ')}.`,
      );
    config.setCurrentContext(context);
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined)
    throw new Problem(`${kubeconfig} has no current context.`, 'Name one by --context.');
  return { config, server };
}

type Options = NonNullable<Parameters<CoreV1Api['readNamespacedConfigMap']>[1]>;

/** Of each call: it is given up with the signal, which the client has no option for. */
export function abortedBy(signal: AbortSignal): Options {
  return {
    middleware: [
      {
        pre: (context: RequestContext) => {
          context.setSignal(signal);
          return new Observable(Promise.resolve(context));
        },
        post: (context: ResponseContext) => new Observable(Promise.resolve(context)),
      },
    ],
    middlewareMergeStrategy: 'append',
  };
}
