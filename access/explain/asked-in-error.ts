/** An error as a question: what it means, about whom it is, and what it proves. Pure. */
import { callersNamed } from './callers-named';
import { type Explanation } from './explanation';
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
  // The cluster is asked as the role, not as who was refused it.
  const role = /sts:AssumeRole on resource: "?(arn:[^\s"]+)/i.exec(text)?.[1];
  if (role !== undefined) return { meaning, caller: role };
  const userName = userNameIn(text);
  if (/arn:[^:]*:(?:iam|sts):/i.test(text) || (meaning === undefined && userName === ''))
    return { meaning, caller: text };
  const [caller, ...others] = userName === '' ? [] : callersNamed(cluster, userName);
  return { meaning, caller: others.length === 0 ? caller : undefined };
}

/** What RBAC refuses it refuses to a caller who is logged in, whatever the documents at hand say. */
export function inViewOf(text: string, explanation: Explanation): Explanation {
  const userName = userNameIn(text);
  if (errorHelpFor(text)?.isLoggedIn !== true || userName === '') return explanation;
  const { verdict, as, steps } = explanation;
  const note = 'an access entry or the creator of the cluster may have it, or it is another cluster';
  if (verdict === 'NO')
    return {
      ...explanation,
      verdict: 'CANNOT SAY',
      sentence: 'CANNOT SAY. The error is told to those who are logged in, and no entry here lets them in.',
      steps: [...steps, { label: 'error', text: `its user is ${userName}`, note }],
      fix: undefined,
      then: undefined,
    };
  // Of the same caller: what a session's name has for @ does not make it another one.
  if (as === undefined || /^$|<[a-z]/.test(as.userName) || as.userName === userName.replaceAll('@', '-'))
    return explanation;
  const step = { label: 'error', text: `its user is ${userName}, which this entry does not give`, note };
  return { ...explanation, steps: [...steps, step] };
}

function userNameIn(text: string): string {
  return /\bUser:? \\?"([^"\\]+)\\?"/i.exec(text)?.[1] ?? '';
}
