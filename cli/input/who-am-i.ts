/** The caller's own identity as a question to explain: what `aws sts get-caller-identity` prints. */
import { type CallerOptions } from '../live-options';

/** Throws Problem where STS cannot be asked. */
export async function whoAmI(options: CallerOptions): Promise<string> {
  const { callerIdentity, openSession } = await import('../reach-cluster/reach-cluster');
  return JSON.stringify(await callerIdentity(await openSession(options)));
}
