/** What becomes of whom when a cluster moves from aws-auth to access entries. Types only. */
import { type DesiredAccessEntry } from '../access-entry/access-entry';

/**
 * `same`: gets in, and does so as the same user with the same groups and rights without aws-auth. `loses`: gets in, and
 * would not, or not as today. `behind`: its entry lets nobody in today; `offer` is what it asks for. `cannot`: nothing
 * can be planned for the entry.
 */
export type PlanVerdict = 'same' | 'loses' | 'behind' | 'cannot';

/** Who makes the access entry: this plan, EKS when the mode changes, the provider for its stacks, or it is there. */
export type MadeBy = 'plan' | 'EKS' | 'provider' | 'there';

/** `real`: as EKS wants it; of the others the words of `AsAccessEntry`. */
export type ArnKnowledge = 'real' | 'as written' | 'path unknown';

export interface PlannedEntry {
  readonly entry: DesiredAccessEntry;
  /** Short name of the principal. */
  readonly who: string;
  readonly line: number | undefined;
  /** What a person has to look at before this is right: sentences without their full stop. */
  readonly todo: readonly string[];
  /** Whether it gives something else than aws-auth gives this principal today. */
  readonly isChange: boolean;
  /** The provider's own, which is made before all others. */
  readonly isFirst: boolean;
}

/** An access entry that is made only where it is asked for. */
export interface Offer {
  readonly planned: PlannedEntry;
  /** What it gives: one clause. */
  readonly gives: string;
  readonly isIncluded: boolean;
}

export interface PlanRow {
  readonly verdict: PlanVerdict;
  readonly principal: string;
  readonly who: string;
  /** Of aws-auth, first and last of the entry; undefined for who is in no line. */
  readonly lines: { readonly from: number; readonly to: number } | undefined;
  /** What it gives at login today: one clause; empty where nobody gets in by it. */
  readonly today: string;
  /** One clause; may be empty where the verdict says it all. */
  readonly reason: string;
  readonly madeBy: MadeBy | undefined;
  /** What is made where nothing else is asked for. */
  readonly planned: PlannedEntry | undefined;
  readonly offer: Offer | undefined;
  /** Whether a person gets in by it today for whom mode API is not safe yet. */
  readonly holdsBack: boolean;
}

export interface MigrationPlan {
  /** In the order of aws-auth. */
  readonly rows: readonly PlanRow[];
  /** To be made: the provider's first, then in the order of the rows. */
  readonly entries: readonly PlannedEntry[];
  /** 16 hexadecimal digits (`digest.ts`). */
  readonly digest: string;
  /** What was not seen, one sentence each. */
  readonly unseen: readonly string[];
  /** Whether what was not seen may be more, or count instead. */
  readonly isPartial: boolean;
}

/** What is asked for beside what is in force. */
export interface Wants {
  /** Lines, ARNs, or short names as `role/dev`. */
  readonly include?: readonly string[] | undefined;
  /** Everything that the text asks for. */
  readonly asWritten?: boolean | undefined;
}

export type Planned = MigrationPlan | { readonly refused: string };
