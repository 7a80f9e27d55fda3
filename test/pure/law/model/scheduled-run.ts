/** A run of the provider's own schedule, and what happens in the middle of it. */
import { type Login } from './mapping';
import { type OwnerKey, type PrincipalName } from './names';
import { type Calls, type Fault, type Meanwhile } from './request';
import { type Token } from './rights';

export interface ScheduledRun extends Calls {
  readonly id: string;
  readonly startedAt: number;
  /** As of the world, when it began. */
  readonly lateCommits: number;
  /** It only says what it would move (`followMode: report`). */
  readonly isReport: boolean;
  /** Others act in the middle of it. */
  readonly isShared: boolean;
  /** What it has written to its log. */
  readonly lines: { readonly level: string; readonly message: string; readonly reason?: unknown }[];
  /** Resources that have held the principal since it began. */
  readonly holders: ReadonlyMap<PrincipalName, Set<OwnerKey>>;
  /** Principals whose access entries it has made. */
  readonly made: Set<PrincipalName>;
  /** Those whose mapping had ended by then. */
  readonly ended: Set<PrincipalName>;
  /** Who logged in as what when it began, or when the last thing that others did in the middle of it was done. */
  logins: ReadonlyMap<PrincipalName, Login | undefined>;
  /** What each might do by named rights then. */
  rights: ReadonlyMap<PrincipalName, ReadonlySet<Token>>;
}

/** What a run is like; left out: it moves what it may, and nothing happens to it. */
export interface RunCourse {
  readonly report?: boolean;
  readonly fault?: Fault;
  /** What others do in the middle of it. */
  readonly meanwhile?: Meanwhile;
}

/** Undefined for no call. */
export function meanwhile(at: number | undefined, act: () => Promise<void>): Meanwhile | undefined {
  let isDone = false;
  const happens = async (): Promise<void> => {
    if (isDone) return;
    isDone = true;
    await act();
  };
  return at === undefined ? undefined : { at, happens };
}
