/** What `help RULE`, the page and the documents say about one rule. Types only. */
export interface RuleHelp {
  /** What is wrong, with an example where one helps. */
  readonly problem: string;
  /** What to write instead, to copy; or what to do. */
  readonly right: string;
  /** Why the cluster takes it as it does, and what it does to people. */
  readonly why: string;
  /** Rules of docs/rules.md, or the page that says it. */
  readonly source: string;
}
