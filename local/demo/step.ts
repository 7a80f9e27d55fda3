/** One step of a session: a stack operation or a run of the schedule, and what it changed. Types. */
import { type Stack, type StackEvent } from '../aws/cloudformation/stack/stack';
import { type AccessChange } from './cluster-snapshots';

export interface Step extends AccessChange {
  /** What was done, in words: `create stack lambda-app`. */
  readonly title: string;
  readonly status: string;
  readonly reason?: string;
  /** Of this step only, oldest first. */
  readonly events: readonly StackEvent[];
  readonly outputs: Stack['outputs'];
  /** Values that were made up, in words. */
  readonly notes: readonly string[];
  /** What the provider's schedule has logged, one line each; none for stack operations. */
  readonly log?: readonly string[];
  /** Of the clusters that stacks make, by name: those that were there before or after the step. */
  readonly made: ReadonlyMap<string, AccessChange>;
}
