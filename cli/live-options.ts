/** The options by which a live cluster is named and reached. Pure. */
import { Problem } from './problem';

/** As whom AWS is asked. */
export interface CallerOptions {
  /** Undefined: as the environment and the profile say. */
  readonly region: string | undefined;
  readonly profile: string | undefined;
  /** Of each source by itself. */
  readonly timeoutMs: number;
}

/** How a cluster is reached that is looked at as it runs. */
export interface LiveOptions extends CallerOptions {
  readonly cluster: string;
  /** Path; undefined: by a token of the caller's own. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** Whether IAM is asked when the roles of access entries were made. */
  readonly asksIam: boolean;
}

export const LIVE_OPTIONS = {
  cluster: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  timeout: { type: 'string' },
  iam: { type: 'boolean' },
  me: { type: 'boolean' },
  stack: { type: 'string' },
} as const;

type Flag = 'iam' | 'me';
type Text = Exclude<keyof typeof LIVE_OPTIONS, Flag> | 'mode';
type LiveValues = Readonly<Partial<Record<Text, string | undefined> & Record<Flag, boolean | undefined>>>;

/** Options without meaning where no cluster is named. */
const OF_CLUSTER = ['kubeconfig', 'context', 'iam'] as const;
/** And those without it where nobody is asked who the caller is either. */
const OF_CALLER = ['region', 'profile', 'timeout'] as const;

/** Undefined where the principal is not the caller. */
export function callerOf({ me, region, profile, timeout }: LiveValues): CallerOptions | undefined {
  return me === true ? callerOptionsOf({ region, profile, timeout }) : undefined;
}

export function callerOptionsOf({ region, profile, timeout }: LiveValues): CallerOptions {
  return { region, profile, timeoutMs: timeoutOf(timeout) };
}

/** Undefined where no cluster is named. */
export function liveOf(values: LiveValues): LiveOptions | undefined {
  const { cluster, region, profile, kubeconfig, context, iam, me } = values;
  const options = me === true ? OF_CLUSTER : [...OF_CLUSTER, ...OF_CALLER];
  const lone = options.find((option) => values[option] !== undefined);
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
  const timeoutMs = timeoutOf(values.timeout);
  return { cluster, region, profile, kubeconfig, context, timeoutMs, asksIam: iam === true };
}

/** `timeout`: whole seconds. */
function timeoutOf(timeout = '10'): number {
  const seconds = /^\d{1,4}$/.test(timeout) ? Number(timeout) : 0;
  if (seconds < 1)
    throw new Problem(`--timeout cannot be ${JSON.stringify(timeout)}: it is 1 to 9999 seconds.`);
  return seconds * 1000;
}
