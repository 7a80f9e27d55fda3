/** Which entry answers for a caller, in the order in which the cluster looks (GT-25, GT-47, GT-50, GT-51). Pure. */
import { mappingInForce } from '../aws-auth/reading/login';
import { type Caller } from './caller';
import { type SeenAccessEntry } from './seen-cluster';
import { isStale, type View } from './view';
import { principalKeyOf } from './who';
import { type WrittenEntry } from './written';

export type Answer =
  | { readonly place: 'access entry'; readonly entry: SeenAccessEntry }
  | { readonly place: 'aws-auth'; readonly entry: WrittenEntry }
  /** Two entries that differ in letter case: either, at random (GT-22). */
  | { readonly place: 'at random'; readonly entries: readonly WrittenEntry[] }
  /** Who made the cluster has full control in no map (GT-51). */
  | { readonly place: 'creator' }
  | { readonly place: 'nowhere' }
  /** `missing`: what has to be read to know, as a sentence without its full stop. */
  | { readonly place: 'unknown'; readonly missing: string };

export function lookUp(view: View, { canonical }: Caller): Answer {
  const { mode, accessEntries: seen, awsAuth, creator } = view.cluster;
  const key = principalKeyOf(canonical);
  if (mode !== 'CONFIG_MAP') {
    const entry = view.accessEntries.find(
      (each) => principalKeyOf(each.principalArn) === key && !isStale(view.cluster, each),
    );
    if (entry !== undefined) return { place: 'access entry', entry };
    if (seen?.state === 'unreadable') return unknown(`The access entries could not be read (${seen.why})`);
    if (seen === undefined && mode !== undefined)
      return unknown('The access entries of the cluster were not looked at');
  }
  if (mode !== 'API') {
    if (awsAuth?.state === 'unreadable') return unknown(`aws-auth could not be read (${awsAuth.why})`);
    if (awsAuth === undefined && (mode !== undefined || seen === undefined))
      return unknown('aws-auth was not looked at');
    const answer = inAwsAuth(view, canonical);
    if (answer !== undefined) return answer;
    if (creator !== undefined && principalKeyOf(creator) === key) return { place: 'creator' };
  }
  return { place: 'nowhere' };
}

function unknown(missing: string): Answer {
  return { place: 'unknown', missing };
}

function inAwsAuth(view: View, canonical: string): Answer | undefined {
  const { sections, reading } = view.written;
  const mapping = mappingInForce(reading, canonical);
  if (mapping === undefined) return undefined;
  const entries = sections.flatMap((section) => section.entries);
  if (mapping === 'ambiguous') {
    const key = canonical.toLowerCase();
    const random = entries.filter(
      (entry) =>
        entry.principal.toLowerCase() === key &&
        view.standing.get(entry)?.reason?.rule !== 'duplicate-shadowed',
    );
    return { place: 'at random', entries: random.filter(({ loaded }) => loaded !== undefined) };
  }
  const entry = entries.find(
    ({ section, index, loaded }) =>
      loaded !== undefined && section === mapping.section && index === mapping.index,
  );
  return entry && { place: 'aws-auth', entry };
}
