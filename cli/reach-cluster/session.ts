/** The caller's own AWS: Region and credentials as the AWS CLI finds them, and how long each source may take. */
import { EKSClient } from '@aws-sdk/client-eks';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { type CallerOptions } from '../live-options';
import { Problem } from '../problem';

export interface Session {
  readonly region: string;
  readonly profile: string | undefined;
  readonly eks: EKSClient;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  /** Of each source by itself. */
  readonly timeoutMs: number;
}

/** Asks nobody. Throws Problem where no Region is known. */
export async function openSession({ region, profile, timeoutMs }: CallerOptions): Promise<Session> {
  const { env } = process;
  // Of interest to those who install the SDK; here it is a part of the program.
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  // AWS_DEFAULT_REGION is the AWS CLI's, which the SDK does not look at.
  const named =
    region ?? env['AWS_REGION'] ?? (profile === undefined ? env['AWS_DEFAULT_REGION'] : undefined);
  const settings = {
    ...(named ? { region: named } : {}),
    ...(profile === undefined ? {} : { profile }),
  };
  const eks = new EKSClient(settings);
  try {
    const found = await eks.config.region();
    const known = { ...settings, region: found };
    return { region: found, profile, eks, sts: new STSClient(known), iam: new IAMClient(known), timeoutMs };
  } catch {
    throw new Problem('No Region is known.', 'Name it by --region, AWS_REGION or the profile.');
  }
}

/** Gives up when the time is over, also where the work does not listen to the signal. */
export async function within<T>(
  { timeoutMs }: Pick<Session, 'timeoutMs'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  const over = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new TooSlow(timeoutMs)), { once: true });
  });
  try {
    return await Promise.race([work(signal), over]);
  } catch (error) {
    throw signal.aborted ? new TooSlow(timeoutMs) : error;
  }
}

export class TooSlow extends Error {
  override readonly name = 'TooSlow';

  constructor(ms: number) {
    super(`no answer in ${ms / 1000} s: --timeout waits longer`);
  }
}
