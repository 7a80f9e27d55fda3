/** Rules about what only a live cluster, IAM and RBAC know. The page sees none of them. Data. */
import { type RuleHelp } from './rule-help';

export const ROLE_AND_BINDING_HELP = {
  'creator-demoted': {
    problem: 'The creator of the cluster has an entry without system:masters.',
    right: 'Remove the entry, or add system:masters.',
    why: "Reported, not read in source: the entry counts instead of the creator's hidden mapping, and full control is gone.",
    source: 'GT-51; aws/containers-roadmap#1209',
  },
  'stale-principal': {
    problem: 'A role was deleted and made again, and its access entry is older.',
    right: 'Delete the access entry and create it again, with its policies.',
    why: 'EKS keeps the unique id of the role: the new one is another principal with the same ARN. An update does not help.',
    source: 'GT-79',
  },
  'sso-suffix-changed': {
    problem: 'IAM Identity Center has provisioned a permission set again, under another suffix.',
    right: 'The ARN of the role that is there now; Custom::EksMapRolesEntry with PermissionSet follows it.',
    why: 'The name of its role ends in a random suffix, which differs in every account and after every provisioning.',
    source: 'GT-30',
  },
  'group-bound-nowhere': {
    problem: 'A group that an entry gives is named by no RoleBinding or ClusterRoleBinding.',
    right: 'kubectl create clusterrolebinding NAME --clusterrole=view --group=GROUP',
    why: 'A group is a name: it gives what a binding says, and nothing without one.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'named-right-broken': {
    problem:
      'A group that begins with cfn-eks-access: names no right, or a binding of a named right gives another role.',
    right: 'Rights:\n- Name: edit\n  Namespaces: [team-a]',
    why: 'The provider gives named rights by groups and bindings of fixed names. Written by hand they mislead, and it refuses them.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'oidc-prefix': {
    problem: 'An OIDC identity provider of the cluster may name groups of this provider in its tokens.',
    right: 'aws eks associate-identity-provider-config … --oidc …,groupsClaim=groups,groupsPrefix=oidc:',
    why: 'Named rights and the provider are bound to groups that begin with cfn-eks-access. Without another groupsPrefix those who fill in the claim can hand them out, and CloudFormation knows nothing of it.',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  },
  'binding-names-a-service-account': {
    problem: 'A binding names a user or group of an entry as a ServiceAccount.',
    right: 'subjects:\n- kind: Group\n  name: developers\n  apiGroup: rbac.authorization.k8s.io',
    why: 'Service accounts belong to pods. Who logs in by IAM is a User in Groups.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'binding-kind-differs': {
    problem: 'A binding names a group of an entry as a User, or its user name as a Group.',
    right: 'subjects:\n- kind: Group\n  name: developers\n  apiGroup: rbac.authorization.k8s.io',
    why: 'User names and groups are compared apart: a User called developers is nobody in the group developers.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'binding-names-an-arn': {
    problem: 'A binding names the ARN of a principal, whose entry gives another user name.',
    right: 'subjects:\n- kind: Group\n  name: developers\n  apiGroup: rbac.authorization.k8s.io',
    why: 'RBAC knows user names and groups, which are what the entry says. An ARN is a user name only where the entry says so.',
    source: 'GT-37; https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'binding-without-role': {
    problem:
      'A binding that names a user or group of an entry gives a Role or ClusterRole that does not exist.',
    right: 'roleRef:\n  kind: ClusterRole\n  name: edit\n  apiGroup: rbac.authorization.k8s.io',
    why: 'Kubernetes accepts such a binding, and it gives nothing until a role of that name is made.',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  },
  'template-in-binding': {
    problem:
      'A binding names {{SessionName}} or another template, or the name of a session as IAM writes it, with @.',
    right: 'A group in the entry, and the binding for that group.',
    why: 'The authenticator fills templates in when people log in, and writes - for @. RBAC compares names letter by letter: the binding matches nobody.',
    source: 'GT-37',
  },
} as const satisfies Readonly<Record<string, RuleHelp>>;
