/** Making an access entry: what the service fills in (GT-71, GT-81, GT-82). */
import { createHash } from 'node:crypto';
import { eksArn, type EksWorld } from './call';
import { type ClusterState, type EntryState } from './cluster-state';
import { defaultGroups, defaultUsername, readPrincipal } from './entry-rules';

export interface NewEntry {
  readonly principalArn: string;
  readonly type?: string | undefined;
  readonly username?: string | undefined;
  readonly kubernetesGroups?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Puts an entry in without any check; what is left out gets the service's defaults. */
export function addEntry(world: EksWorld, cluster: ClusterState, entry: NewEntry): EntryState {
  const { principalArn, type = 'STANDARD' } = entry;
  const principal = readPrincipal(principalArn);
  const now = world.clock();
  cluster.entriesMade += 1;
  // GT-71. The last part is unique, and the same in every run.
  const unique = uuidFrom(`${cluster.arn} ${principalArn} ${cluster.entriesMade}`);
  const resource = `access-entry/${cluster.name}/${principal.type}/${principal.accountId}/${principal.name || 'root'}/${unique}`;
  const state: EntryState = {
    principalArn,
    principalId: world.iam.uniqueId(principalArn),
    accessEntryArn: eksArn(world, resource),
    type,
    username: entry.username ?? defaultUsername(type, principal, principalArn),
    kubernetesGroups: [...(entry.kubernetesGroups?.length ? entry.kubernetesGroups : defaultGroups(type))],
    tags: { ...entry.tags },
    createdAt: now,
    modifiedAt: now,
    policies: new Map(),
    associateMisses: 0,
  };
  cluster.entries.set(principalArn, state);
  return state;
}

function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
