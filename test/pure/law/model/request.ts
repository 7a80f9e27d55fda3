/** What CloudFormation asked of the provider, and each time that Lambda ran it. */
import { type Mapping } from './mapping';
import { type LogicalId, type OwnerKey, type StackName } from './names';

export interface Request {
  readonly id: string;
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly stack: StackName;
  readonly stackId: string;
  readonly logicalId: LogicalId;
  readonly owner: OwnerKey;
  readonly mapping: Mapping;
  /** What OldResourceProperties say. */
  readonly old?: Mapping | undefined;
  /** Undefined for a Create. */
  readonly physicalId: string | undefined;
  /** What the stack was doing when it was made. */
  readonly stackStatus: string;
  readonly requestedAt: number;
  /** The first one counts. */
  answers: Answer[];
  /** CloudFormation has taken an answer, or waits no longer. */
  isSettled: boolean;
  /** How often Lambda has run it. */
  runs: number;
  /** When the next event for the same resource was made. */
  supersededAt: number | undefined;
}

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Undefined where there was none. */
export interface Served {
  readonly request: Request;
  readonly answer: Answer | undefined;
}

/** Whether the log says that the other place could not be looked at (docs/design.md, section 2). */
export function wasBlind({ warnings }: Pick<Delivery, 'warnings'>): boolean {
  return warnings.some((warning) => warning.startsWith('the other place was not looked at'));
}

/** Whether the log says that a mapping may be left where a Delete could not look. */
export function wasNotLookedFor({ warnings }: Pick<Delivery, 'warnings'>): boolean {
  return warnings.includes('the mapping was not looked for');
}

/** Something that goes wrong at the `at`th call of a store in one run of the function; counted from 1. */
export interface Fault {
  readonly at: number;
  readonly kind: FaultKind;
  /** Of one that is unanswered, or killed: what happens to Lambda's next try. */
  readonly next?: Fault | undefined;
}

export const FAULT_KINDS = [
  /** 429: nothing happened. */
  'throttled',
  /** The call and all that follow in that place: refused. */
  'denied',
  /** The connection broke before the request arrived. */
  'lost-before',
  /** What was asked for happened; the answer was lost. */
  'lost-after',
  /** Nothing comes back, and nothing happened. */
  'stall',
  /** Nothing comes back until the function gives up, and then it happens. */
  'late',
  /** Another tool writes aws-auth just before this write of ours. */
  'edited',
  /** CloudFormation takes the first answer of the function for lost and Lambda runs it again a minute later. */
  'unanswered',
] as const;

/**
 * `killed`: the function is gone once the call has been carried out, without an answer, and Lambda runs the event again a
 * minute later. Drawn apart (`generate-killed.ts`).
 */
export type FaultKind = (typeof FAULT_KINDS)[number] | 'killed';

/** What others do in the middle of a run of the function: before its `at`th call is carried out, or its answer is sent. */
export interface Meanwhile {
  at: number;
  /** Not between a look at an access entry and the write that follows from it, because EKS has no versions (docs/law.md). */
  readonly partsNoLook?: true;
  /** Once. */
  readonly happens: () => Promise<void>;
}

/** Rejects where the function gives up before. */
export type Turn = (signal: AbortSignal) => Promise<void>;

/** The calls of one run of the function, and what becomes of them. */
export interface Calls {
  /** Whose they are, for who reads along. */
  readonly who: string;
  readonly fault: Fault | undefined;
  /** At which call of a store CloudFormation cancels the operation. */
  readonly cancel: { readonly at: number; readonly now: () => void } | undefined;
  readonly meanwhile: Meanwhile | undefined;
  calls: number;
  /** Calls that were meant to change something, refused ones aside. */
  writes: number;
  deniedPlace: string | undefined;
  /** Whether the last call looked at an access entry. */
  hasLooked?: boolean;
  /** Whether its first look at an access entry found none. */
  metNone?: boolean;
  /** Of an event that is served while others are (`gathering.ts`): resolves when its next call may be carried out. */
  readonly turn?: Turn | undefined;
  /** Of an event: its answer is out, and nothing more may be asked for it. */
  isAnswered?: boolean;
  /** The function has been killed: nothing that it would still do happens. */
  isKilled?: boolean;
  /** Told when it is killed (`killed.ts`). */
  whenKilled?: () => void;
}

export type Rival = 'another event' | 'a copy';

/** One run of the function for an event of CloudFormation. */
export interface Delivery extends Calls {
  readonly request: Request;
  readonly startedAt: number;
  /** Whether the next event for the same resource had been made before. */
  readonly startedSuperseded: boolean;
  /** Whether CloudFormation no longer waited for it. */
  readonly startedSettled: boolean;
  /** What is served at the same time about the same principal. */
  readonly rival?: Rival | undefined;
  warnings: string[];
  /** The answer has been lost once. */
  sendFailed: boolean;
}

/** A run of the function to which nothing happens. */
export function newDelivery(
  request: Request,
  startedAt: number,
  deniedPlace: Delivery['deniedPlace'],
): Delivery {
  const { type, stack, logicalId, id, runs } = request;
  return {
    who: `${type} of ${stack}.${logicalId} (${id}, run ${runs + 1})`,
    request,
    startedAt,
    startedSuperseded: request.supersededAt !== undefined,
    startedSettled: request.isSettled,
    fault: undefined,
    cancel: undefined,
    meanwhile: undefined,
    calls: 0,
    writes: 0,
    warnings: [],
    deniedPlace,
    sendFailed: false,
  };
}
