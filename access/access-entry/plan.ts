/** From the entry that is to the entry that shall be, in the fewest calls. Pure. */
import { TAGS } from '../contract';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';
import {
  policiesInTheWay,
  policiesToAdd,
  policiesToRemove,
  type PolicyAction,
  unorderedKey,
} from './plan-policies';
import { planTags, type TagAction } from './plan-tags';
import { isServiceTag, type Tags } from './tag-text';

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
  | { readonly do: 'delete' }
  | TagAction
  | PolicyAction;

/** One that changes something. */
export type Write = Exclude<Action, { readonly do: 'confirm' }>;

export interface TargetEntry {
  readonly type: string;
  /** Ignored for node types (GT-83), as are groups and tags. */
  readonly username?: string | undefined;
  readonly groups: readonly string[];
  /**
   * Groups that an entry has from its making until its policies are seen, because a new one overrides at once what aws-auth
   * gives by them. Default: none.
   */
  readonly groupsAtFirst?: readonly string[] | undefined;
  readonly policies: readonly AssociatedPolicy[];
  readonly tags: Tags;
  /** Tags that the entry shall no longer have; tags named in neither place are another tool's and stay. */
  readonly tagsToRemove: readonly string[];
}

/** The calls of a Create or an Update: none for the date of its event and the digest of the entry alone. */
export function planPut(current: CurrentAccessEntry | undefined, target: TargetEntry): readonly Action[] {
  const actions = planEntry(current, target);
  return actions.every(isDateAlone) ? [] : actions;
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
  if (typeOf(current) !== typeOf(target)) return makeAgain(current, target);
  const removals = policiesToRemove(current, target);
  const inTheWay = policiesInTheWay(current, target);
  const changes = [
    ...removals.slice(0, inTheWay),
    ...policiesToAdd(current, target),
    ...update(current, target),
    ...removals.slice(inTheWay),
  ];
  if (!isStandard(target)) return changes;
  const { room, tagging, untagging } = planTags(current, target, tags === 'last');
  return tags === 'first'
    ? [...room, ...tagging, ...changes, ...untagging]
    : [...changes, ...room, ...tagging, ...untagging];
}

/**
 * The calls of a Create or an Update on an entry that has to be made again. One without a record is taken first, because
 * IAM lets the provider delete only what carries a record (CR-39).
 */
export function planAgain(current: CurrentAccessEntry, target: TargetEntry): readonly Action[] {
  const isRecorded = Object.hasOwn(current.tags, TAGS.owner);
  const taking = isRecorded ? [] : planEntry(current, target).filter((action) => action.do === 'tag');
  return [...taking, ...makeAgain(current, target)];
}

/** With all that `target` says nothing of. */
function makeAgain(current: CurrentAccessEntry, target: TargetEntry): readonly Action[] {
  const others = Object.entries(current.tags).filter(
    ([key]) => !target.tagsToRemove.includes(key) && !isServiceTag(key),
  );
  return [{ do: 'delete' }, ...create(target, { ...Object.fromEntries(others), ...target.tags })];
}

function isDateAlone(action: Action): boolean {
  return (
    action.do === 'tag' && Object.keys(action.tags).every((key) => key === TAGS.at || key === TAGS.wrote)
  );
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
  const { username, groups, groupsAtFirst = [] } = target;
  const atFirst = { username, groups: [...groups, ...groupsAtFirst] };
  const identity = isStandard(target) ? { ...atFirst, tags } : { groups: [], tags: {} };
  return [
    { do: 'create', type: typeOf(target), ...identity },
    ...policiesToAdd({ policies: [] }, target),
    ...update(atFirst, target),
  ];
}

type Identity = { readonly username?: string | undefined; readonly groups: readonly string[] };

function hasSameIdentity(current: Identity, wanted: Identity): boolean {
  return current.username === wanted.username && unorderedKey(current.groups) === unorderedKey(wanted.groups);
}

/** Always both, because what an Update leaves out is reset (GT-89); never on node types (GT-91). */
function update(current: Identity, target: TargetEntry): readonly Action[] {
  if (!isStandard(target) || hasSameIdentity(current, target)) return [];
  return [{ do: 'update', username: target.username ?? current.username ?? '', groups: target.groups }];
}
