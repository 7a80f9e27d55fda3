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
 * In a record, where else a stack is: `eks-access recover` made the access entry, and no stack. CloudFormation is not asked
 * about it; the schedule removes the entry at its end, and what a stack adopts goes back under this record.
 */
export const CLI_OWNER: Owner = { stackId: 'cli', logicalId: 'recover' };

/** Made by `eks-access recover`, for a time. */
export function isOfCli({ stackId }: Owner): boolean {
  return stackId === CLI_OWNER.stackId;
}

/** For messages: `LambdaKubeUser of stack my-app`. */
export function describeOwner(owner: Owner): string {
  const { stackId, logicalId } = owner;
  if (isOfCli(owner)) return 'eks-access recover';
  return `${logicalId} of stack ${/:stack\/([^/]+)\//.exec(stackId)?.[1] ?? stackId}`;
}
