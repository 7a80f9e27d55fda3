/** What IAM shows of a role by its name. Types only. */

/** The role that has the name now. */
export interface RoleOfName {
  /** With its path. */
  readonly arn: string;
  /** Milliseconds since the epoch; IAM gives whole seconds. */
  readonly madeAt: number;
}
