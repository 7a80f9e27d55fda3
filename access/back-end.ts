/** What a back end answers. Types only. */

/** What a `put` came to. `before` and `after` are the one entry, for the log and nothing else (CR-52). */
export interface PutOutcome {
  readonly changed: boolean;
  /** True while a previous owner's entry is kept to be put back on Delete. */
  readonly adopted: boolean;
  /** User name and groups as the cluster now gives them at login. */
  readonly userName: string;
  readonly groups: readonly string[];
  /** Empty for aws-auth. */
  readonly accessEntryArn: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Takes back what this put wrote; used when the resource turns out to be no longer wanted, or a later step fails (CR-17, CR-28). */
  readonly undo: () => Promise<void>;
}

export interface RemoveOutcome {
  readonly removed: boolean;
  /** Why nothing was removed, for the log: `not found`, `owned by …`. */
  readonly note?: string;
  /** What somebody should look at, for the log. */
  readonly warning?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
