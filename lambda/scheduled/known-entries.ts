/**
 * What the runs of this container know of the access entries of a cluster. EKS lists no tags, so the date of an entry is a
 * call: all are looked at by the first run of a container and after that once an hour; in between a run comes back to those
 * whose date it knows to have come, and a cluster with nothing to do costs no call for its entries. Pure.
 */
import { shuffled } from './shuffled';

export interface KnownEntries {
  /** When the last look at all of them began, in milliseconds since 1970. */
  readonly lookedAt: number;
  /** Whether that look tells drift and orphans. */
  readonly isCloser: boolean;
  /** Principals that it has not come to yet: the next run goes on there. */
  readonly rest: Set<string>;
  /** By principal: when its access ends. */
  readonly expiries: Map<string, number>;
}

/** An hour, less what a schedule may be early. */
const LOOK_AGAIN_MS = 55 * 60_000;

export const nothingKnown = (): KnownEntries => ({
  lookedAt: -Infinity,
  isCloser: false,
  rest: new Set(),
  expiries: new Map(),
});

/** `isTurn`: of the cluster, once a day. */
export function beginsLook(
  { lookedAt, isCloser, rest }: KnownEntries,
  now: number,
  isTurn: boolean,
): boolean {
  if (isTurn) return !(isCloser && rest.size > 0);
  return rest.size === 0 && now - lookedAt >= LOOK_AGAIN_MS;
}

/** A new look at these principals, in random order; dates that are known stay so until it comes to them. */
export function newLook(
  { expiries }: KnownEntries,
  principals: readonly string[],
  time: { now(): number; random(): number },
  isTurn: boolean,
): KnownEntries {
  const rest = new Set(shuffled(principals, () => time.random()));
  const still = [...expiries].filter(([arn]) => rest.has(arn));
  return { lookedAt: time.now(), isCloser: isTurn, rest, expiries: new Map(still) };
}

/** Principals whose date has come. */
export function dueOf({ expiries }: KnownEntries, now: number): readonly string[] {
  return [...expiries].filter(([, date]) => date <= now).map(([arn]) => arn);
}

type KnownOf = (cluster: string) => KnownEntries | undefined;

/** The order in which clusters are followed: those whose dates have come come first. */
export function dueFirst(clusters: readonly string[], known: KnownOf, now: number): readonly string[] {
  const isDue = (name: string): boolean => dueOf(known(name) ?? nothingKnown(), now).length > 0;
  return [...clusters.filter(isDue), ...clusters.filter((name) => !isDue(name))];
}

/** The order in which their entries are looked at: after those, the ones whose last look is longest ago. */
export function oldestFirst(clusters: readonly string[], known: KnownOf, now: number): readonly string[] {
  const lookedAt = (name: string): number => known(name)?.lookedAt ?? -Infinity;
  const byAge = [...clusters].sort(
    (a, b) => Number(lookedAt(a) > lookedAt(b)) - Number(lookedAt(a) < lookedAt(b)),
  );
  return dueFirst(byAge, known, now);
}

/**
 * The cluster for which an event of CloudFormation brings a date, as it writes it: what is known of its entries is out of
 * date then. `event`: of any shape.
 */
export function clusterWithNewDate(event: unknown): string | undefined {
  const { ResourceProperties: properties } = (event ?? {}) as { ResourceProperties?: unknown };
  const { ExpiresAt, Cluster, ClusterName } = (properties ?? {}) as Readonly<Record<string, unknown>>;
  const name = Cluster ?? ClusterName;
  return ExpiresAt !== undefined && typeof name === 'string' ? name : undefined;
}
