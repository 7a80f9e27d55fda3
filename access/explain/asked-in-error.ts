/** An error as a question: what it means, and about whom it is. Pure. */
import { callersNamed } from './callers-named';
import { errorHelpFor } from './help/error-help';
import { type SeenCluster } from './seen-cluster';

export interface AskedInError {
  /** Undefined where the text is no known error. */
  readonly meaning: string | undefined;
  /** To ask about: the text where it has an ARN, or who logs in under the user name that it has. */
  readonly caller: string | undefined;
}

export function askedIn(text: string, cluster: SeenCluster): AskedInError {
  const meaning = errorHelpFor(text)?.meaning;
  if (meaning === undefined || /arn:[^:]*:(?:iam|sts):/i.test(text)) return { meaning, caller: text };
  const userName = /User \\?"([^"\\]+)\\?"/.exec(text)?.[1] ?? '';
  const [caller, ...others] = userName === '' ? [] : callersNamed(cluster, userName);
  return { meaning, caller: others.length === 0 ? caller : undefined };
}
