/** What is wrong, or soon may be, with one sentence and what to write instead. Types only. */
import { type Section } from '../aws-auth/identity-mapping';
import { type Splice } from '../aws-auth/editing/layout';
import { type NoteName, type Span } from './document/document';

/** Error: a principal does not get what is written. Warn: it works and is fragile or wide. */
export type Level = 'error' | 'warn' | 'info';

export type RuleName =
  // The document around the sections: what its reader notes, and more.
  | NoteName
  | 'near-size-limit'
  | 'other-writer'
  // A section.
  | 'section-unparsable'
  | 'section-not-a-list'
  | 'second-document-ignored'
  // One entry, as text.
  | 'entry-invalid'
  | 'entry-key-spelling'
  | 'entry-key-twice'
  | 'item-folded'
  | 'groups-not-a-list'
  | 'username-not-a-string'
  | 'username-missing'
  | 'group-misspelt'
  | 'padded-text'
  | 'template-malformed'
  | 'template-unknown'
  | 'account-unquoted'
  // Whom an entry matches.
  | 'role-arn-path'
  | 'principal-never-matches'
  | 'sso-needs-gate'
  | 'slr-without-path'
  | 'account-open'
  | 'masters-wide'
  // Entries beside each other.
  | 'duplicate-shadowed'
  | 'user-case-duplicates'
  // Nodes.
  | 'node-mapping-missing'
  | 'node-groups-incomplete'
  | 'node-extra-groups'
  | 'node-username-on-person'
  | 'cluster-role-as-node'
  | 'node-entry-type'
  // Places beside each other, and the cluster.
  | 'ignored-in-mode-api'
  | 'overridden-by-access-entry'
  | 'both-places-differ'
  | 'entry-without-rights'
  | 'single-admin'
  | 'creator-only'
  | 'creator-demoted'
  // On the way to access entries.
  | 'cannot-move'
  | 'needs-real-arn'
  // What IAM and RBAC know.
  | 'stale-principal'
  | 'sso-suffix-changed'
  | 'group-bound-nowhere'
  | 'named-right-broken'
  | 'oidc-prefix'
  | 'binding-names-a-service-account'
  | 'binding-kind-differs'
  | 'binding-names-an-arn'
  | 'binding-without-role'
  | 'template-in-binding';

export interface Fix {
  /** What to write, as it is shown and copied. */
  readonly text: string;
  /** What it comes to, where that is more than people expect: one clause. */
  readonly note?: string | undefined;
  /** Of the section's text, which do not overlap; empty where it is for a person to write. */
  readonly splices: readonly Splice[];
  /** Of the pasted text, for what is wrong around the sections. */
  readonly inDocument?: Splice | undefined;
  /** Whether it lets a principal in, or gives it more: never applied unasked. */
  readonly givesAccess: boolean;
}

/** Offsets in the text of a section. */
export interface Stretch {
  readonly section: Section;
  readonly start: number;
  readonly end: number;
}

export interface Finding {
  readonly rule: RuleName;
  readonly level: Level;
  /** What is wrong, in the section; undefined for what is wrong with no line of it. */
  readonly at: Stretch | undefined;
  /** The same in the document. */
  readonly span: Span | undefined;
  /** ARN as written, or account id. */
  readonly principal: string | undefined;
  /** At most 160 characters. */
  readonly sentence: string;
  /** What it does to people: one sentence. */
  readonly effect: string;
  readonly fix: Fix | undefined;
  /** The comment that silences it; undefined where no entry is to blame. */
  readonly ignore: string | undefined;
}
