/** What a mapping gives at login, in neither back end's words. */
export interface EffectiveAccess {
  /** Undefined where each login gets its own: access entries of node types (GT-83), whole accounts (GT-32). */
  readonly userName: string | undefined;
  readonly groups: readonly string[];
  readonly policies: readonly {
    readonly policyArn: string;
    readonly scope: 'cluster' | 'namespace';
    readonly namespaces: readonly string[];
  }[];
  /** Type of the access entry; undefined in aws-auth, which has none. */
  readonly type: string | undefined;
  /** Empty in aws-auth; before EKS has made the entry, an ARN as long as it can become. */
  readonly accessEntryArn: string;
}
