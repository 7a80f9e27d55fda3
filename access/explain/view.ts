/**
 * A cluster as it was seen, read once: the entries of aws-auth with their places and standing. What identities,
 * findings and explanations are made from. Pure.
 */
import { type Section } from '../aws-auth/identity-mapping';
import { type NotInForce } from './identity';
import { type Elsewhere, type InForce, standings } from './in-force';
import { lostSection } from './lost-section';
import { type LostSection } from './cause';
import { sectionsOf } from './read-aws-auth';
import { type SeenAccessEntry, type SeenCluster } from './seen-cluster';
import { principalKeyOf } from './who';
import { ignoredFrom, spanOf, writtenAwsAuth, type WrittenAwsAuth, type WrittenEntry } from './written';

export interface View {
  readonly cluster: SeenCluster;
  readonly written: WrittenAwsAuth;
  readonly lost: Readonly<Partial<Record<Section, LostSection | undefined>>>;
  readonly standing: ReadonlyMap<WrittenEntry, InForce>;
  /** All that were seen, those that do not work among them. */
  readonly accessEntries: readonly SeenAccessEntry[];
  /** In the document. */
  lineOf(entry: WrittenEntry): number;
}

export function viewOf(cluster: SeenCluster): View {
  const written = writtenAwsAuth(sectionsOf(cluster));
  const bySection = new Map(written.sections.map((section) => [section.section, section]));
  const lines = new Map<WrittenEntry, number>();
  const lineOf = (entry: WrittenEntry): number => {
    const section = bySection.get(entry.section);
    if (section === undefined) return 0;
    let line = lines.get(entry);
    if (line === undefined) lines.set(entry, (line = spanOf(section, entry).from.line));
    return line;
  };
  const lost = Object.fromEntries(
    written.sections.map(({ section, parsed }) => [section, lostSection(parsed)]),
  ) as View['lost'];
  const lostAt = ({ section }: WrittenEntry): NotInForce | undefined => {
    const place = bySection.get(section);
    if (place === undefined) return undefined;
    const found = lost[section];
    if (found === undefined) {
      const from = ignoredFrom(place.parsed) ?? 0;
      const { line } = place.seen.spanOf(from, from + 3).from;
      const marker = /^(?:---|\.\.\.)/.exec(place.parsed.text?.slice(from) ?? '')?.[0];
      const clause = `${marker === undefined ? 'from line' : `after the "${marker}" of line`} ${line}${marker === undefined ? ' on' : ''}, where the authenticator stops reading`;
      return { rule: 'second-document-ignored', clause, isReplaced: false, line };
    }
    const { line } = spanOf(place, found).from;
    const clause = `${section} does not parse (line ${line}), nothing in it counts`;
    return { rule: found.rule, clause, isReplaced: false, line };
  };
  const accessEntries =
    cluster.mode !== 'CONFIG_MAP' && cluster.accessEntries?.state === 'read'
      ? cluster.accessEntries.entries
      : [];
  const standing = standings(written, elsewhereOf(cluster, accessEntries), lineOf, lostAt);
  return { cluster, written, lost, standing, accessEntries, lineOf };
}

function elsewhereOf(cluster: SeenCluster, accessEntries: readonly SeenAccessEntry[]): Elsewhere {
  const { mode, accessEntries: seen } = cluster;
  const working = accessEntries.filter((entry) => !isStale(cluster, entry));
  const mayBeMore = mode === 'API_AND_CONFIG_MAP' ? seen?.state !== 'read' : seen?.state === 'unreadable';
  return {
    readsAwsAuth: mode !== 'API',
    overriding:
      mode !== 'CONFIG_MAP' && mayBeMore
        ? undefined
        : new Set(working.map(({ principalArn }) => principalKeyOf(principalArn))),
  };
}

/** EKS knows a role by its unique id: one that was made after its entry is another one (GT-79). */
export function isStale({ roles = [] }: SeenCluster, { principalArn, createdAt }: SeenAccessEntry): boolean {
  if (createdAt === undefined) return false;
  const key = principalKeyOf(principalArn);
  return roles.some(
    ({ arn, createDate }) =>
      createDate !== undefined && principalKeyOf(arn) === key && createDate.getTime() > createdAt.getTime(),
  );
}
