/** What CloudFormation says of stacks whose resources may have mappings on a cluster. Types only. */

export interface SeenStackResource {
  readonly logicalId: string;
  readonly status: string;
  readonly physicalId: string | undefined;
}

/** `gone`: CloudFormation has no such stack, or says that it is deleted. */
export type SeenStack = { readonly stackId: string } & (
  | { readonly state: 'known'; readonly status: string; readonly resources: readonly SeenStackResource[] }
  | { readonly state: 'gone' }
  /** `why`: as of what was seen of a cluster. */
  | { readonly state: 'unknown'; readonly why: string }
);

export interface SeenStacks {
  readonly stacks: readonly SeenStack[];
  /** Why the stacks of a pattern could not be listed; undefined where they were, or none was asked for. */
  readonly unlisted?: string | undefined;
}
