/** A live cluster as what the steps of a move are decided from. */
import { type RunMemory, type SeenMigration } from '../../access/migration/steps/seen-migration';
import { type ReadAwsAuth } from '../../access/explain/seen-cluster';
import { awsAuthIn } from '../input/aws-auth-text';
import { Problem } from '../problem';
import { type LookedAt } from '../reach-cluster/reach-cluster';

/** `reader`: of all looks of one run. Throws Problem for what could not be read: nothing is decided from a part. */
export function seenMigration(
  { reached, update, copy, roles, caller }: LookedAt,
  run: RunMemory,
  reader = new TextReader(),
): SeenMigration {
  const { name, described, mode, awsAuth, accessEntries, nodeRoles, unread } = reached;
  const [undescribed] = unread;
  if (described === undefined || mode === undefined || undescribed !== undefined)
    throw new Problem(`Cannot look at ${name}: ${undescribed?.why ?? 'EKS does not describe it'}.`);
  if (awsAuth?.state === 'unreadable') throw new Problem(`Cannot read aws-auth of ${name}: ${awsAuth.why}.`);
  if (accessEntries?.state === 'unreadable')
    throw new Problem(`Cannot read the access entries of ${name}: ${accessEntries.why}.`);
  return {
    name,
    mode,
    status: described.status,
    platform: described.platform,
    update,
    awsAuth: awsAuth?.state === 'read' ? reader.read('aws-auth', awsAuth.text, awsAuth.hasData) : undefined,
    copy: copy === undefined ? undefined : reader.read('the copy of aws-auth', copy, true),
    entries: accessEntries?.entries,
    nodeRoles,
    roles,
    caller,
    run,
  };
}

/** Remembers the last text of each name, which is the same from step to step. */
export class TextReader {
  private readonly last = new Map<string, { readonly text: string; readonly read: ReadAwsAuth }>();

  read(name: string, text: string, hasData: boolean): ReadAwsAuth {
    const known = this.last.get(name);
    if (known?.text === text) return known.read;
    const found = hasData ? awsAuthIn({ name, text, note: undefined, mark: '' }) : undefined;
    // A ConfigMap without data is there all the same, and maps nobody.
    const read = found ?? { state: 'read' as const, sections: {}, data: {} };
    this.last.set(name, { text, read });
    return read;
  }
}
