/** Who answers for an entry: one logical resource of one stack (CR-20), or the command line (`CLI_OWNER`). */
export interface Owner {
  /** ARN of the stack. */
  readonly stackId: string;
  readonly logicalId: string;
}

export function isSameOwner(a: Owner, b: Owner): boolean {
  return a.stackId === b.stackId && a.logicalId === b.logicalId;
}

/**
 * Whether it is what a record has in the place of a stack where `eks-access recover` made the access entry (`CLI_OWNER`).
 * CloudFormation is not asked about it; the schedule removes the entry at its end, and what a stack adopts goes back under
 * this record.
 */
export function isOfCli({ stackId }: Owner): boolean {
  return stackId === 'cli';
}

/** For messages: `LambdaKubeUser of stack my-app`. */
export function describeOwner(owner: Owner): string {
  const { stackId, logicalId } = owner;
  if (isOfCli(owner)) return 'eks-access recover';
  return `${logicalId} of stack ${stackName(stackId)}`;
}

/** `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID` → `NAME`; what has another form stays whole. */
export function stackName(stackId: string): string {
  return /:stack\/([^/]+)\//.exec(stackId)?.[1] ?? stackId;
}
