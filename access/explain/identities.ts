/** Who can log in to a cluster as whom, and who cannot although an entry is there. Pure. */
import { isNodeMapping } from '../aws-auth/reading/entries';
import { type Identity } from './identity';
import { type InForce } from './in-force';
import { ownersIn, type Owners } from './owners';
import { type SeenAccessEntry, type SeenCluster } from './seen-cluster';
import { isStale, type View, viewOf } from './view';
import { principalKeyOf, whoOf } from './who';
import { spanOf, type WrittenEntry, type WrittenSection } from './written';

/** Access entries first, then aws-auth in the order of the document. */
export function identitiesOf(cluster: SeenCluster): readonly Identity[] {
  return identitiesIn(viewOf(cluster));
}

export function identitiesIn(view: View): readonly Identity[] {
  const ownerOf = ownersIn(view.cluster);
  return [
    ...ofAccessEntries(view, ownerOf),
    ...view.written.sections.flatMap((section) =>
      section.entries.map((entry) => ofWritten(view, section, entry, ownerOf)),
    ),
  ];
}

/** Of each of them in the same order whom it names and whether it counts, which is all that numbers need. */
export function standingsIn(view: View): readonly Pick<Identity, 'principal' | 'standing'>[] {
  return [
    ...view.accessEntries.map((entry) => ({
      principal: entry.principalArn,
      standing: isStale(view.cluster, entry) ? ('not in force' as const) : ('in force' as const),
    })),
    ...view.written.sections.flatMap(({ entries }) =>
      entries.map((entry) => ({ principal: entry.principal, standing: inForceOf(view, entry).standing })),
    ),
  ];
}

function inForceOf({ standing }: View, entry: WrittenEntry): InForce {
  return standing.get(entry) ?? { standing: 'not in force' };
}

export function ofAccessEntries(view: View, ownerOf = ownersIn(view.cluster)): readonly Identity[] {
  return view.accessEntries.map((entry) => ofAccessEntry(view, entry, ownerOf));
}

function ofAccessEntry({ cluster }: View, entry: SeenAccessEntry, ownerOf: Owners): Identity {
  const { principalArn, username, groups, policies = [], type } = entry;
  const isNode = !['STANDARD', ''].includes(type);
  const stale = isStale(cluster, entry);
  return {
    principal: principalArn,
    who: whoOf(principalArn),
    userName: username,
    groups,
    policies,
    type,
    from: { place: 'access entry' },
    owner: ownerOf(principalKeyOf(principalArn), isNode, groups, entry),
    standing: stale ? 'not in force' : 'in force',
    reason: stale
      ? {
          rule: 'stale-principal',
          clause: 'its role was made again after the entry, which still means the old one',
          isReplaced: false,
        }
      : undefined,
  };
}

function ofWritten(view: View, place: WrittenSection, entry: WrittenEntry, ownerOf: Owners): Identity {
  const { section, index, principal, loaded } = entry;
  const { standing, reason } = inForceOf(view, entry);
  const isPrincipal = loaded !== undefined && loaded.section !== 'mapAccounts';
  return {
    principal,
    who: whoOf(principal),
    userName: isPrincipal ? loaded.username : undefined,
    groups: isPrincipal ? loaded.groups : [],
    policies: [],
    type: undefined,
    from: { place: 'aws-auth', section, index, span: spanOf(place, entry) },
    owner: ownerOf(
      principalKeyOf(principal),
      loaded !== undefined && isNodeMapping(loaded),
      isPrincipal ? loaded.groups : [],
    ),
    standing,
    reason,
  };
}
