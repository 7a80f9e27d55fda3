/** What a command looks at: files and stdin, or a live cluster. The one seam of all verbs. */
import { accessEntriesIn } from '../../access/explain/input/access-entries';
import { type CommandLine } from '../command-line';
import { Problem } from '../problem';
import { awsAuthIn, PRINT } from './aws-auth-text';
import { LIVE, lookLive } from './look-live';
import { type Looked } from './looked';
import { rbacIn } from './rbac';
import { repositoryPath } from './repository-path';
import { readText, readTexts, type Stdin } from './read-text';

export type { Looked } from './looked';

/**
 * `path`: of aws-auth, or `-`; undefined where none was named. `isTaken`: stdin is read for something else. `say`: what
 * is being done.
 */
export async function look(
  path: string | undefined,
  { verb, mode, accessEntries, rbac, live }: CommandLine,
  stdin: Stdin,
  say: (text: string) => void,
  isTaken = false,
): Promise<Looked> {
  const isPiped =
    path === undefined &&
    live === undefined &&
    !isTaken &&
    accessEntries === undefined &&
    !rbac.includes('-') &&
    !stdin.isTTY;
  const file = path ?? (isPiped ? '-' : undefined);
  if ([file, accessEntries, ...rbac, isTaken ? '-' : undefined].filter((each) => each === '-').length > 1)
    throw new Problem('Only one input can be stdin (-): name files for the others.');
  if (live === undefined && rbac.includes(LIVE))
    throw new Problem('--rbac live is for a cluster: name it by --cluster.');
  if (live !== undefined) {
    const asksProviders = verb === 'doctor';
    return lookLive(live, { path, accessEntries, rbac, asksProviders }, stdin, say);
  }
  if (file === undefined && accessEntries === undefined)
    throw new Problem('Name a file with aws-auth, or pipe it in.', PRINT);
  if (file === undefined && mode !== 'API')
    throw new Problem(
      'Name the file with aws-auth as well: it counts beside access entries unless the mode is API.',
      'Write - for stdin, or --mode API.',
    );
  const source = file === undefined ? undefined : await readText(file, stdin);
  const entries = accessEntries === undefined ? undefined : await readText(accessEntries, stdin);
  const bindings = await readTexts(rbac, stdin);
  return {
    source,
    name: [source, entries, ...bindings]
      .flatMap((each) => (each === undefined ? [] : [each.name]))
      .join(' and '),
    notes: source?.note === undefined ? [] : [source.note],
    path: file === undefined || file === '-' ? undefined : repositoryPath(file),
    cluster: {
      ...rbacIn(bindings),
      mode,
      awsAuth: source && awsAuthIn(source),
      accessEntries: entries && { state: 'read', entries: accessEntriesIn(entries.text, entries.name) },
    },
  };
}
