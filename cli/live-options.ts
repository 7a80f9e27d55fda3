/** The options by which a live cluster is named and reached. Pure. */
import { Problem } from './problem';

/** How a cluster is reached that is looked at as it runs. */
export interface LiveOptions {
  readonly cluster: string;
  /** Undefined: as the environment and the profile say. */
  readonly region: string | undefined;
  readonly profile: string | undefined;
  /** Path; undefined: by a token of the caller's own. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** Of each source by itself. */
  readonly timeoutMs: number;
}

export const LIVE_OPTIONS = {
  cluster: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  timeout: { type: 'string' },
} as const;

type LiveValues = Readonly<Partial<Record<keyof typeof LIVE_OPTIONS | 'mode', string | undefined>>>;

/** Options without meaning where no cluster is named. */
const OF_CLUSTER = ['region', 'profile', 'kubeconfig', 'context', 'timeout'] as const;

/** Undefined where no cluster is named. */
export function liveOf(values: LiveValues): LiveOptions | undefined {
  const { cluster, region, profile, kubeconfig, context } = values;
  const lone = OF_CLUSTER.find((option) => values[option] !== undefined);
  if (cluster === undefined && lone !== undefined)
    throw new Problem(`--${lone} is for a cluster: name it by --cluster.`);
  if (cluster === undefined) return undefined;
  if (!/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(cluster))
    throw new Problem(
      `--cluster cannot be ${JSON.stringify(cluster)}: it is the name of a cluster, not its ARN.`,
    );
  if (values.mode !== undefined) throw new Problem('--mode is for files: a cluster tells its own.');
  if (context !== undefined && kubeconfig === undefined)
    throw new Problem('--context is one of --kubeconfig: name the file as well.');
  return { cluster, region, profile, kubeconfig, context, timeoutMs: timeoutOf(values.timeout) };
}

/** `timeout`: whole seconds. */
function timeoutOf(timeout = '10'): number {
  const seconds = /^\d{1,4}$/.test(timeout) ? Number(timeout) : 0;
  if (seconds < 1)
    throw new Problem(`--timeout cannot be ${JSON.stringify(timeout)}: it is 1 to 9999 seconds.`);
  return seconds * 1000;
}
