/** All rules with their levels: the table that findings, help and the documents share. Pure data. */
import { type Level, type RuleName } from '../finding';

export const LEVELS = {
  // The document.
  'section-key-spelling': 'error',
  'section-key-twice': 'error',
  'section-not-text': 'error',
  'section-outside-data': 'error',
  'name-missing': 'warn',
  'namespace-missing': 'warn',
  'key-not-read': 'warn',
  'too-large': 'error',
  'data-only': 'info',
  'bare-list': 'info',
  'list-splits': 'info',
  'several-documents': 'info',
  'chosen-from-list': 'info',
  'rest-not-read': 'info',
  'near-size-limit': 'warn',
  'other-writer': 'warn',
  // A section.
  'section-unparsable': 'error',
  'section-not-a-list': 'error',
  'second-document-ignored': 'error',
  // One entry, as text.
  'entry-invalid': 'error',
  'entry-key-spelling': 'error',
  'item-folded': 'error',
  'groups-not-a-list': 'error',
  'username-not-a-string': 'error',
  'username-missing': 'warn',
  'group-misspelt': 'warn',
  'template-malformed': 'error',
  'template-unknown': 'warn',
  'account-unquoted': 'warn',
  // Whom an entry matches.
  'role-arn-path': 'error',
  'principal-never-matches': 'error',
  'sso-needs-gate': 'warn',
  'slr-without-path': 'info',
  'account-open': 'warn',
  'masters-wide': 'warn',
  // Entries beside each other.
  'duplicate-shadowed': 'error',
  'user-case-duplicates': 'error',
  // Nodes.
  'node-mapping-missing': 'error',
  'node-groups-incomplete': 'error',
  'node-username-on-person': 'error',
  'cluster-role-as-node': 'error',
  'node-entry-type': 'error',
  // Places beside each other, and the cluster.
  'ignored-in-mode-api': 'warn',
  'overridden-by-access-entry': 'warn',
  'both-places-differ': 'warn',
  'entry-without-rights': 'warn',
  'single-admin': 'info',
  'creator-only': 'warn',
  'creator-demoted': 'warn',
  // On the way to access entries.
  'cannot-move': 'info',
  'needs-real-arn': 'info',
  // What IAM and RBAC know.
  'stale-principal': 'error',
  'sso-suffix-changed': 'error',
  'group-bound-nowhere': 'warn',
  'named-right-broken': 'error',
  'binding-names-a-service-account': 'warn',
  'binding-kind-differs': 'error',
  'binding-names-an-arn': 'error',
  'binding-without-role': 'error',
  'template-in-binding': 'error',
} as const satisfies Readonly<Record<RuleName, Level>>;
