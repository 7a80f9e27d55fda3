/** `recover`: what is known of the cluster, the ways back into it, and with --approve the one of them that EKS carries out. */
import { partsOfArn } from '../access/arn';
import { type CommandLine } from './command-line';
import { look, type Looked } from './input/look';
import { type Stdin } from './input/read-text';
import { whoAmI } from './input/who-am-i';
import { type LiveOptions } from './live-options';
import { type Outcome } from './outcome';
import { Problem } from './problem';
import { lineOf, type Line } from './text/line';
import { recoverFix } from './verbs/recover-fix';
import { type RecoverOptions } from './recover-options';
import { madeAdmin, recover as waysOf } from './verbs/recover';

interface Streams {
  readonly stdin: Stdin;
  /** For stderr, at once. */
  readonly say: (line: Line) => void;
  readonly progress: (text: string) => void;
}

export async function recover(
  path: string | undefined,
  commandLine: CommandLine,
  { stdin, say, progress }: Streams,
): Promise<Outcome> {
  const { recover: options, live, fix } = commandLine;
  if (options === undefined) throw new TypeError('asked for another command');
  if (options.isApproved) {
    if (live === undefined) throw new Problem('--approve needs the cluster: name it by --cluster.');
    if (fix !== 'none' || path !== undefined)
      throw new Problem('--approve makes an administrator: leave the file and --fix out.');
    return approved(live, options, say);
  }
  if (options.mayChangeMode)
    throw new Problem('--change-mode is of --approve: without it nothing is changed.');
  const looked = await look(path, commandLine, stdin, progress);
  for (const note of looked.notes) say(lineOf(note));
  const caller = live === undefined ? undefined : await callerOf(live);
  const facts = { caller, admin: adminArn(options.admin, looked) };
  return fix === 'none' ? waysOf(looked, facts) : recoverFix(looked, facts);
}

async function approved(
  live: LiveOptions,
  { admin = '', forMs, mayChangeMode }: RecoverOptions,
  say: (line: Line) => void,
): Promise<Outcome> {
  const { makeAdmin } = await import('./reach-cluster/reach-cluster');
  const until = Date.now() + forMs;
  const made = await makeAdmin(live, { principal: admin, until, mayChangeMode }, (text) => say(lineOf(text)));
  return madeAdmin(live, made, until);
}

/** Undefined where STS cannot be asked: what is printed then has a placeholder. */
async function callerOf(live: LiveOptions): Promise<string | undefined> {
  try {
    return (JSON.parse(await whoAmI(live)) as { readonly Arn?: string }).Arn;
  } catch {
    return undefined;
  }
}

function adminArn(admin: string | undefined, { described }: Looked): string | undefined {
  if (admin === undefined || admin.startsWith('arn:') || described === undefined) return admin;
  const { partition } = partsOfArn(described.arn);
  return `arn:${partition}:iam::${described.accountId}:${admin}`;
}
