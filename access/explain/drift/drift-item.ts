/** One mapping that a stack declares, and what became of it. Types only. */

/**
 * `as declared`; `changed`: another tool has changed what it gives; `shadowed`, `overridden`: it is there, and another
 * entry counts; `unread`: the cluster no longer reads the place; `moved`: it is in the other place; `taken`: another
 * stack has it; `gone`: nothing is there; `orphan`: CloudFormation no longer has stack, resource or id; `busy`: a stack
 * operation is under way; `unknown`: something could not be read.
 */
export type DriftState =
  | 'as declared'
  | 'changed'
  | 'shadowed'
  | 'overridden'
  | 'unread'
  | 'moved'
  | 'taken'
  | 'gone'
  | 'orphan'
  | 'busy'
  | 'unknown';

export interface DriftItem {
  readonly state: DriftState;
  readonly stackId: string;
  /** Name of the stack. */
  readonly stack: string;
  readonly logicalId: string;
  /** Canonical ARN, account id, or what names a permission set. */
  readonly principal: string;
  readonly who: string;
  readonly place: 'aws-auth' | 'access entry' | undefined;
  /** Of aws-auth. */
  readonly line?: number | undefined;
  /** One clause. */
  readonly clause: string;
  /** What removes an orphan, to copy. */
  readonly command?: string | undefined;
}

/** Whether people should look at it. */
export function isDrift({ state }: DriftItem): boolean {
  return state !== 'as declared' && state !== 'busy' && state !== 'unknown';
}
