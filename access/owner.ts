/** Who answers for an entry: one logical resource of one stack (CR-20). */
export interface Owner {
  /** ARN of the stack. */
  readonly stackId: string;
  readonly logicalId: string;
}

export function isSameOwner(a: Owner, b: Owner): boolean {
  return a.stackId === b.stackId && a.logicalId === b.logicalId;
}

/** For messages: `LambdaKubeUser of stack my-app`. */
export function describeOwner({ stackId, logicalId }: Owner): string {
  return `${logicalId} of stack ${/:stack\/([^/]+)\//.exec(stackId)?.[1] ?? stackId}`;
}
