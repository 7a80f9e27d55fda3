/**
 * Lines go from aws-auth one principal at a time, each by an edit that is proved, once its access entry gives the same
 * and has been there long enough. Those of nodes, of stacks and of the provider stay. Pure.
 */
import { readAwsAuth, readingOf, SectionReader } from '../../aws-auth/reading/section-reader';
import { type AwsAuthData } from '../../aws-auth/identity-mapping';
import { entriesByKey, entriesOf, isProviderMapping } from '../../aws-auth/reading/entries';
import { withoutEntries } from '../../aws-auth/editing/proven-edit';
import { unlessRefused } from '../../errors';
import { principalKeyOf, whoOf } from '../../explain/who';
import { type EffectiveIdentity } from '../effective';
import { type MigrationPlan } from '../migration-plan';
import { dataOf, entriesSeen, isOfRun } from './base';
import { identityOfPlanned, identityOfSeen, workingEntries } from './entry-state';
import { approvalOfApi } from './api-step';
import { notMade } from './entry-step';
import { type Approval, type SeenMigration } from './seen-migration';
import { identitiesOf, ownedIn } from './since';
import { type Step } from './step';

export function nextRemoval(
  seen: SeenMigration,
  plan: MigrationPlan,
  digest: string,
  { bakeMs }: Approval,
): Step {
  const kept = plan.rows.flatMap(({ holdsBack, who, reason }) =>
    holdsBack ? [`${who} stays in aws-auth: ${reason}.`] : [],
  );
  const { removable, left } = removableIn(seen, plan);
  const all = [...kept, ...notMade(seen, plan, digest), ...left];
  if (removable.length === 0) return done(seen, all);
  if (bakeMs === undefined)
    return {
      do: 'go-ahead',
      why: `The access entries are in place, and count instead of their lines in aws-auth. ${removable.length} of these can go once you have seen that everybody gets in.`,
      left: all,
    };
  const made = entriesSeen(seen).filter((entry) => isOfRun(entry, digest));
  const until = Math.max(0, ...made.map(({ createdAt }) => createdAt?.getTime() ?? 0)) + bakeMs;
  if (until > seen.run.now) return { do: 'bake', until };
  for (const { key, principal } of removable) {
    const edited = withoutKey(dataOf(seen.awsAuth), key);
    if ('data' in edited) return { do: 'take out', principal, data: edited.data };
    all.push(`${whoOf(principal)} stays in aws-auth: ${edited.why}.`);
  }
  return done(seen, all);
}

function done(seen: SeenMigration, left: readonly string[]): Step {
  return {
    do: 'done',
    why: `Everybody who could be moved gets into ${seen.name} by an access entry.`,
    left,
    ...approvalOfApi(seen),
  };
}

/** `left`: what stays though it has an access entry that counts, one sentence each. */
function removableIn(
  seen: SeenMigration,
  plan: MigrationPlan,
): { readonly removable: readonly EffectiveIdentity[]; readonly left: readonly string[] } {
  const working = workingEntries(seen);
  const planned = new Map(
    plan.entries.map(({ entry }) => [principalKeyOf(entry.principalArn), identityOfPlanned(entry)]),
  );
  const owned = ownedIn(seen.awsAuth);
  const byKey = entriesByKey(readAwsAuth(dataOf(seen.awsAuth)));
  const left: string[] = [];
  const removable = [...identitiesOf(seen.awsAuth)].flatMap(([key, [first, ...others]]) => {
    const entry = working.get(key);
    if (entry === undefined || first === undefined) return [];
    const { isNode, principal, identity } = first;
    if (isNode || byKey.get(key)?.some(isProviderMapping)) return [];
    const who = whoOf(principal);
    if (owned.has(key))
      left.push(`${who} stays in aws-auth: a stack owns it, and the provider takes it out.`);
    else if (others.length > 0) left.push(`${who} stays in aws-auth: it is there in two letter cases.`);
    else if (![identity, planned.get(key)].includes(identityOfSeen(entry)))
      left.push(`${who} stays in aws-auth: its access entry counts instead, and gives something else.`);
    else return [first];
    return [];
  });
  return { removable, left };
}

/** Without every entry of the principal, so that no shadowed one becomes active (GT-21). */
export function withoutKey(
  data: AwsAuthData,
  key: string,
): { readonly data: AwsAuthData } | { readonly why: string } {
  const reader = new SectionReader();
  const parsed = reader.readAll(data);
  return unlessRefused(
    () => ({ data: withoutEntries(parsed, entriesOf(readingOf(parsed), key), reader).data }),
    (why) => ({ why }),
  );
}
