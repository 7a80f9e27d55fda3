/** Rules about single entries of aws-auth and about entries beside each other. Data. */
import { type RuleHelp } from './rule-help';

export const ENTRY_HELP = {
  'entry-invalid': {
    problem: 'An entry has no rolearn (mapUsers: userarn), has both rolearn and sso, or is no map of keys.',
    right: '- rolearn: "arn:aws:iam::111122223333:role/dev"\n  username: "dev"\n  groups: ["developers"]',
    why: 'The authenticator drops the entry and loads the others.',
    source: 'GT-12, GT-19',
  },
  'entry-key-spelling': {
    problem: 'An entry has a key that the authenticator does not know, next to one that it lacks: `group:`.',
    right: 'groups: ["developers"]',
    why: 'Unknown keys are ignored without an error: the principal logs in without what the line says.',
    source: 'GT-10, GT-12',
  },
  'entry-key-twice': {
    problem: 'An entry has one key twice: two ARNs, two user names, or two lists of groups.',
    right: 'One entry for each role or user, and one list with all groups.',
    why: 'One of them counts, the last where both are spelt alike, and the other is ignored without an error.',
    source: 'GT-10, GT-11',
  },
  'item-folded': {
    problem: 'A dash is indented further than the dashes above it, or follows a user name without `groups:`.',
    right: 'groups:\n  - system:bootstrappers\n  - system:nodes',
    why: 'YAML reads the line as the end of the one above: one group, "system:bootstrappers - system:nodes", which no binding names.',
    source: 'GT-18',
  },
  'groups-not-a-list': {
    problem: 'groups is one word, or one of the groups is no text: `- system: masters` is a map.',
    right: 'groups: ["system:masters"]',
    why: 'A value of the wrong type reads as empty, and the entry stays: the principal logs in without the groups.',
    source: 'GT-13',
  },
  'username-not-a-string': {
    problem: 'The user name is a number, a date of its kind, or one of yes, no, on, off, y, n, true, false.',
    right: 'username: "yes"',
    why: 'YAML 1.1 reads these as numbers and booleans. The user name is then empty.',
    source: 'GT-13, GT-14',
  },
  'username-missing': {
    problem: 'An entry has no username, or an empty one.',
    right: 'username: "admin:{{SessionName}}"',
    why: 'The API server takes it. Extension APIs, as that of kubectl top, refuse who has no name, and audit logs do not tell who it was.',
    source: 'https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/289',
  },
  'group-misspelt': {
    problem: 'A group is nearly one of Kubernetes (`system:master`), a ClusterRole, or several with commas.',
    right: 'groups: ["system:masters"]',
    why: 'Any text is a group, and gives nothing without a binding that names it.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'padded-text': {
    problem: 'A user name or group has white space or typographic quotes around it.',
    right: 'username: "dev"',
    why: 'They are part of it.',
    source: 'https://yaml.org/spec/1.1/#id905860',
  },
  'template-malformed': {
    problem: 'Text is nearly a template: `{SessionName}`, `{{ SessionName }}`, `{{sessionname}}`.',
    right: 'username: "dev:{{SessionName}}"',
    why: 'Templates are exact text. Anything else stays as it is: all people share one user name with braces in it.',
    source: 'GT-37',
  },
  'template-unknown': {
    problem: 'Text in double braces is none of the five templates.',
    right: '{{SessionName}}, {{SessionNameRaw}}, {{AccountID}}, {{AccessKeyID}} or {{EC2PrivateDNSName}}',
    why: 'Unknown templates stay as they are.',
    source: 'GT-37',
  },
  'account-unquoted': {
    problem: 'An account id is written without quotes.',
    right: '- "012345678901"',
    why: 'The authenticator reads it as text. Other tools read a number, and write it back without its leading zero.',
    source: 'GT-32',
  },
  'account-open': {
    problem: 'mapAccounts lists an account.',
    right: 'Entries for the roles and users that need access.',
    why: 'Every role and user of the account can log in, those that are made later too. They have no groups, and access entries have no such form.',
    source: 'GT-34, GT-36',
  },
  'role-arn-path': {
    problem: 'rolearn has the path of the role: `role/team/dev`, `role/aws-reserved/sso.amazonaws.com/…`.',
    right: 'rolearn: "arn:aws:iam::111122223333:role/dev"',
    why: 'A role logs in by a session, whose ARN has no path, and ARNs are compared as a whole. Access entries are the opposite: they want the path.',
    source: 'GT-30, GT-75',
  },
  'principal-never-matches': {
    problem:
      'No caller has this ARN: a session, an instance profile, a group, a wildcard, an account id that has not 12 digits, a placeholder, white space around it, a permission set without its suffix.',
    right: 'rolearn: "arn:aws:iam::111122223333:role/dev"',
    why: 'The authenticator compares the whole ARN, letter case aside; nothing is trimmed and * is a letter like any other.',
    source: 'GT-24, GT-29, GT-31',
  },
  'sso-needs-gate': {
    problem: 'The entry has sso instead of rolearn.',
    right: 'rolearn: "arn:aws:iam::111122223333:role/AWSReservedSSO_Ops_0123456789abcdef"',
    why: 'It matches only where the authenticator runs with the feature gate SSORoleMatch, which is off by default.',
    source: 'GT-27',
  },
  'slr-without-path': {
    problem: 'The entry maps a service-linked role, as AWS Batch and EMR tell people to.',
    right: 'Keep it while the cluster reads aws-auth.',
    why: 'EKS takes no access entries for service-linked roles: in mode API the role is locked out, unless its service makes an entry of its own.',
    source: 'GT-30, GT-77',
  },
  'masters-wide': {
    problem: 'system:masters is given to the role of nodes, or to the root user of an account.',
    right: 'A role of its own for administrators.',
    why: 'Every pod that reaches the credentials of its node then has full control, which no RBAC rule can limit.',
    source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  },
  'duplicate-shadowed': {
    problem: 'One role or user has several entries.',
    right: 'One entry with all groups; to tell people apart, username: "dev:{{SessionName}}".',
    why: 'The last entry of a section wins, mapRoles before mapUsers; letter case does not count and groups are not added up. Removing the last one brings the one before it back.',
    source: 'GT-21, GT-25, GT-26',
  },
  'user-case-duplicates': {
    problem: 'One user has two entries that differ in letter case.',
    right: 'One entry.',
    why: 'The authenticator keeps both, and takes either at random at each login.',
    source: 'GT-22',
  },
} as const satisfies Readonly<Record<string, RuleHelp>>;
