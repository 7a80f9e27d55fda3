/** A sequence of the law as data: printed, replayed to the byte, shrunk by leaving steps out. */
import { type AuthenticationMode } from '../../../access/desired-access';
import { type Course } from './model/cloudformation';
import { type ForeignAct } from './model/foreign';
import { type LogicalId, type StackName } from './model/names';
import { type Fault } from './model/request';
import { type Template } from './model/stack-operations';

export interface Start {
  readonly mode: AuthenticationMode;
  readonly hasConfigMap: boolean;
  readonly takeover: 'none' | 'unrecorded' | 'any';
  /** The provider has no rights in Kubernetes. */
  readonly isDenied?: boolean;
  /** The setup of named rights is applied, or the provider may apply it; left out: neither. */
  readonly rights?: 'installed' | 'by provider';
  /** What is there before the first stack. */
  readonly acts: readonly ForeignAct[];
}

/** What sends events. */
export type StackStep =
  /** Creates the stack, or updates it to the template where it exists; a stack that cannot be updated is deleted. */
  | {
      readonly do: 'deploy';
      readonly stack: StackName;
      readonly template: Template;
      readonly course?: Course;
      /** With DeletionPolicy: Retain. */
      readonly retain?: readonly LogicalId[];
    }
  | { readonly do: 'delete'; readonly stack: StackName; readonly course?: Course }
  /** ContinueUpdateRollback, where the stack waits for it. */
  | { readonly do: 'continue'; readonly stack: StackName; readonly course?: Course }
  /** Lambda delivers an event once more; `back`: how many events ago it was made. */
  | { readonly do: 'repeat'; readonly back: number };

export type Step =
  | StackStep
  /** Resources of another provider, whose ids are not ours, are in the stack from now on. */
  | { readonly do: 'inherit'; readonly stack: StackName; readonly template: Template }
  /** A stack refactoring: the resource is another stack's from now on, without an event. */
  | {
      readonly do: 'refactor';
      readonly from: readonly [StackName, LogicalId];
      readonly to: readonly [StackName, LogicalId];
    }
  /** A scheduled run of the provider; with `split`, a step that others take before its call `at` is carried out. */
  | {
      readonly do: 'run';
      readonly report?: true;
      readonly fault?: Fault;
      readonly split?: { readonly at: number; readonly step: Step };
    }
  /**
   * Stack operations, and repeats, that begin at the same time. Their stacks ask for all that they can at once; up to three
   * events are served at the same time, then each operation goes on, one after the other.
   */
  | {
      readonly do: 'at once';
      readonly of: readonly StackStep[];
      /** Seed of the scheduler, which draws whose call is next. */
      readonly order: number;
      /** Lambda delivers one of the events a second time while it is served. */
      readonly twice?: true;
    }
  | { readonly do: 'foreign'; readonly act: ForeignAct }
  | { readonly do: 'wait'; readonly seconds: number };

export interface Sequence {
  readonly start: Start;
  readonly steps: readonly Step[];
}

export function printSequence({ start, steps }: Sequence): string {
  return [JSON.stringify(start), ...steps.map((step, number) => `${number}: ${JSON.stringify(step)}`)].join(
    '\n',
  );
}
