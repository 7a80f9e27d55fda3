/** Events that were served at the same time, and what came of them. */
import { type Snapshot } from './replica';
import { type Request } from './request';

export interface Meeting {
  readonly start: Snapshot;
  readonly requests: readonly Request[];
  /** As `outcomeOf` tells it; undefined where something went wrong in one of them, or one took back what it had done. */
  readonly outcome: string | undefined;
}
