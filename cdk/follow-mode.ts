/** Whether and how the provider follows its clusters' authentication modes by itself. */

/** What the provider's own schedule does with mappings whose cluster has changed its authentication mode. */
export enum FollowMode {
  /** Move them from aws-auth into access entries, and say what stays and why. */
  MOVE = 'true',
  /** Only say what it would move. */
  REPORT = 'report',
  /** There is no schedule. */
  OFF = 'false',
}
