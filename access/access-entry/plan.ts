/** From the entry that is to the entry that shall be, in the fewest calls. Pure. */
import { TAGS } from '../contract';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';

type Tags = Readonly<Record<string, string>>;

/** One call of the EKS API. */
export type Action =
  | {
      readonly do: 'create';
      readonly type: string;
      readonly username?: string | undefined;
      readonly groups: readonly string[];
      readonly tags: Tags;
    }
  | { readonly do: 'update'; readonly username: string; readonly groups: readonly string[] }
  | { readonly do: 'tag'; readonly accessEntryArn: string; readonly tags: Tags }
  | { readonly do: 'untag'; readonly accessEntryArn: string; readonly keys: readonly string[] }
  | { readonly do: 'associate'; readonly policy: AssociatedPolicy }
  | { readonly do: 'disassociate'; readonly policyArn: string }
  | { readonly do: 'delete' };

export interface TargetEntry {
  readonly type: string;
  /** Ignored for node types (GT-83), as are groups and tags. */
  readonly username?: string | undefined;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  readonly tags: Tags;
  /** Tags that the entry shall no longer have; tags named in neither place are somebody else's and stay. */
  readonly tagsToRemove: readonly string[];
}

/**
 * `tags` says when the ownership record is written: `first` when an entry is taken, because IAM lets the provider
 * change only what carries its record (CR-39), `last` when it is handed back.
 */
export function planEntry(
  current: CurrentAccessEntry | undefined,
  target: TargetEntry,
  tags: 'first' | 'last' = 'first',
): readonly Action[] {
  if (!current) return create(target, target.tags);
  if (typeOf(current) !== typeOf(target)) {
    const others = Object.entries(current.tags).filter(([key]) => !target.tagsToRemove.includes(key));
    return [{ do: 'delete' }, ...create(target, { ...Object.fromEntries(others), ...target.tags })];
  }
  const tagging = isStandard(target) ? tagActions(current, target) : [];
  const changes = [
    ...policiesToAdd(current, target),
    ...update(current, target),
    ...policiesToRemove(current, target),
  ];
  const untagging = isStandard(target) ? untagActions(current, target) : [];
  return tags === 'first' ? [...tagging, ...changes, ...untagging] : [...changes, ...tagging, ...untagging];
}

/** Same type, user name, groups and policies; tags do not count, and what the service makes of node types neither. */
export function isSameEntry(
  current: Pick<CurrentAccessEntry, 'type' | 'username' | 'groups' | 'policies'>,
  wanted: Pick<TargetEntry, 'type' | 'username' | 'groups' | 'policies'>,
): boolean {
  return (
    typeOf(current) === typeOf(wanted) &&
    (!isStandard(wanted) || hasSameIdentity(current, wanted)) &&
    policiesToAdd(current, wanted).length === 0 &&
    policiesToRemove(current, wanted).length === 0
  );
}

/** GT-93: an absent type is STANDARD. */
function typeOf({ type }: { readonly type: string }): string {
  return type === '' ? 'STANDARD' : type;
}

export function isStandard(entry: { readonly type: string }): boolean {
  return typeOf(entry) === 'STANDARD';
}

function create(target: TargetEntry, tags: Tags): readonly Action[] {
  const identity = isStandard(target)
    ? { ...(target.username === undefined ? {} : { username: target.username }), groups: target.groups, tags }
    : { groups: [], tags: {} };
  const associations = target.policies.map((policy) => ({ do: 'associate', policy }) as const);
  return [{ do: 'create', type: typeOf(target), ...identity }, ...associations];
}

type Identity = { readonly username?: string | undefined; readonly groups: readonly string[] };

function hasSameIdentity(current: Identity, wanted: Identity): boolean {
  return current.username === wanted.username && key(current.groups) === key(wanted.groups);
}

/** Always both, because what an Update leaves out is reset (GT-89); never on node types (GT-91). */
function update(current: CurrentAccessEntry, target: TargetEntry): readonly Action[] {
  if (!isStandard(target) || hasSameIdentity(current, target)) return [];
  return [{ do: 'update', username: target.username ?? current.username, groups: target.groups }];
}

type Policies = { readonly policies: readonly AssociatedPolicy[] };

/** Associate is an upsert: a changed scope is replaced in place (GT-96). */
function policiesToAdd(current: Policies, target: Policies): readonly Action[] {
  const present = new Set(current.policies.map(policyKey));
  return target.policies
    .filter((policy) => !present.has(policyKey(policy)))
    .map((policy) => ({ do: 'associate', policy }));
}

function policiesToRemove(current: Policies, target: Policies): readonly Action[] {
  const wanted = new Set(target.policies.map(({ policyArn }) => policyArn));
  return current.policies
    .filter(({ policyArn }) => !wanted.has(policyArn))
    .map(({ policyArn }) => ({ do: 'disassociate', policyArn }));
}

function policyKey({ policyArn, scope, namespaces }: AssociatedPolicy): string {
  // Cluster scope comes back with `namespaces: []` (GT-97).
  return JSON.stringify([policyArn, scope, scope === 'cluster' ? '' : key(namespaces)]);
}

function key(items: readonly string[]): string {
  return JSON.stringify([...new Set(items)].sort());
}

function tagActions({ accessEntryArn, tags }: CurrentAccessEntry, target: TargetEntry): readonly Action[] {
  const changed = Object.entries(target.tags).filter(
    ([name, value]) => !Object.hasOwn(tags, name) || tags[name] !== value,
  );
  if (changed.length === 0) return [];
  // What the owner before us had kept must not be read as ours, should the call that removes it never happen.
  const isHandedOver = changed.some(([name]) => name === TAGS.owner) && Object.hasOwn(tags, TAGS.found);
  const emptied = isHandedOver && !Object.hasOwn(target.tags, TAGS.found) ? { [TAGS.found]: '' } : {};
  return [{ do: 'tag', accessEntryArn, tags: { ...Object.fromEntries(changed), ...emptied } }];
}

function untagActions({ accessEntryArn, tags }: CurrentAccessEntry, target: TargetEntry): readonly Action[] {
  const keys = target.tagsToRemove.filter(
    (name) => Object.hasOwn(tags, name) && !Object.hasOwn(target.tags, name),
  );
  return keys.length === 0 ? [] : [{ do: 'untag', accessEntryArn, keys }];
}
