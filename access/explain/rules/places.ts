/** aws-auth beside access entries (GT-50). */
import { type EffectiveAccess } from '../../effective-access';
import { isNodeMapping } from '../../aws-auth/reading/entries';
import { describeGives, identityOf } from '../../login-identity';
import { isForNodes, neededTypeOf } from '../node-type';
import { type SeenAccessEntry } from '../seen-cluster';
import { isStale, type View } from '../view';
import { listOf, principalKeyOf, whoOf } from '../who';
import { type Draft } from './draft';
import { loadedEntryOf, stretchOf, valueOf } from './values';

type Gives = Pick<EffectiveAccess, 'userName' | 'groups' | 'policies' | 'type'>;

export function* placeRules(view: View): Generator<Draft> {
  const entries = new Map(view.accessEntries.map((entry) => [principalKeyOf(entry.principalArn), entry]));
  yield* ignored(view, entries);
  for (const place of view.written.sections)
    for (const entry of place.entries) {
      const found = loadedEntryOf(place, entry);
      const other = entries.get(principalKeyOf(entry.principal));
      const { rule } = view.standing.get(entry)?.reason ?? {};
      if (rule !== 'overridden-by-access-entry' || found === undefined || other === undefined) continue;
      const { loaded } = found;
      if (neededTypeOf(view, other, entry) !== undefined || isForNodes(other) !== isNodeMapping(loaded))
        continue;
      const here: Gives = { userName: loaded.username, groups: loaded.groups, policies: [], type: undefined };
      const there = givesOf(other);
      if (identityOf(here) === identityOf(there)) continue;
      const less = missingIn(here, there);
      yield {
        rule: less.length > 0 ? 'both-places-differ' : 'overridden-by-access-entry',
        entry,
        at: stretchOf(found, valueOf(found, 'arn')),
        sentence:
          less.length > 0
            ? `${whoOf(entry.principal)} has an access entry, which counts instead and lacks ${listOf(less)}.`
            : `${whoOf(entry.principal)} has an access entry, which counts instead of this one.`,
        effect: `${whoOf(entry.principal)} logs in with ${describeGives(there)}: remove this entry, or change the access entry.`,
      };
    }
}

function givesOf({ username, groups, policies = [], type }: SeenAccessEntry): Gives {
  return { userName: username, groups, policies, type };
}

/** Groups that are given here and not there; full control there holds all. */
function missingIn(here: Gives, there: Gives): readonly string[] {
  const isAdmin = there.policies.some(
    ({ policyArn, scope }) => scope === 'cluster' && policyArn.endsWith('/AmazonEKSClusterAdminPolicy'),
  );
  return isAdmin ? [] : here.groups.filter((group) => !there.groups.includes(group));
}

function* ignored(view: View, entries: ReadonlyMap<string, SeenAccessEntry>): Generator<Draft> {
  const { cluster, written } = view;
  if (cluster.mode !== 'API' || cluster.accessEntries?.state !== 'read') return;
  const lonely = written.sections.flatMap((section) =>
    section.entries.filter(({ principal, loaded }) => {
      const other = entries.get(principalKeyOf(principal));
      return loaded !== undefined && (other === undefined || isStale(cluster, other));
    }),
  );
  const [first] = lonely;
  if (first === undefined) return;
  yield {
    rule: 'ignored-in-mode-api',
    at: { section: first.section, start: first.start, end: first.end },
    sentence:
      'In mode API the cluster does not read aws-auth, and some of its principals have no access entry.',
    effect: `${listOf(lonely.map(({ principal }) => whoOf(principal)))} cannot log in.`,
  };
}
