/** Rules about nodes, places beside each other, administrators, and the way to access entries. Data. */
import { type RuleHelp } from './rule-help';

export const CLUSTER_HELP = {
  'node-mapping-missing': {
    problem: 'No entry lets the nodes of the cluster, or of one node group, log in.',
    right:
      '- rolearn: "arn:aws:iam::111122223333:role/node"\n  username: "system:node:{{EC2PrivateDNSName}}"\n  groups: ["system:bootstrappers", "system:nodes"]',
    why: 'Nodes log in by their role as people do. Without an entry they go NotReady, some minutes after it is gone.',
    source: 'GT-4, GT-81',
  },
  'node-groups-incomplete': {
    problem:
      'An entry for nodes, or for a role that looks like it, lacks a group or the user name of a node.',
    right: 'username: "system:node:{{EC2PrivateDNSName}}"\ngroups: ["system:bootstrappers", "system:nodes"]',
    why: 'A kubelet joins by system:bootstrappers, and works as system:node:NAME in system:nodes.',
    source: 'GT-81',
  },
  'node-extra-groups': {
    problem: 'An entry for nodes has groups beside those of nodes.',
    right: 'A role of its own for who needs the groups.',
    why: 'What runs on a node can use its credentials, and so has these groups. EKS gives access entries of nodes no groups but theirs.',
    source: 'GT-82, GT-83',
  },
  'node-username-on-person': {
    problem: 'The user name of a node, or an access entry of a type for nodes, is for people.',
    right: 'username: "arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}"',
    why: '{{EC2PrivateDNSName}} needs a session that is named after an instance. For everybody else logging in fails, and no other entry is tried.',
    source: 'GT-38',
  },
  'cluster-role-as-node': {
    problem: 'The service role of the cluster is mapped as a node.',
    right: 'The role of the node group, or of the instance profile of the nodes.',
    why: 'The control plane has that role; no instance logs in by it.',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
  },
  'node-entry-type': {
    problem: 'The access entry of a role of nodes has type STANDARD, or a type for other nodes.',
    right: 'aws eks delete-access-entry …, then aws eks create-access-entry … --type EC2_LINUX',
    why: 'The type alone makes the user name and groups of a node, and it cannot be changed. The entry counts instead of the one in aws-auth.',
    source: 'GT-50, GT-81, GT-83, GT-92',
  },
  'ignored-in-mode-api': {
    problem: 'The cluster is in mode API, and principals of aws-auth have no access entry.',
    right: 'aws eks create-access-entry --cluster-name CLUSTER --principal-arn ARN',
    why: 'In mode API aws-auth is not read, although it may exist and can be written.',
    source: 'GT-50',
  },
  'overridden-by-access-entry': {
    problem: 'A principal has an entry in aws-auth and an access entry that gives something else.',
    right: 'Remove the entry in aws-auth, or change the access entry.',
    why: 'In mode API_AND_CONFIG_MAP the access entry counts alone; groups are not added up.',
    source: 'GT-50',
  },
  'both-places-differ': {
    problem: 'A principal has an access entry that lacks groups which aws-auth gives.',
    right:
      'aws eks update-access-entry --cluster-name CLUSTER --principal-arn ARN --kubernetes-groups GROUP …',
    why: 'In mode API_AND_CONFIG_MAP the access entry counts alone: the groups in aws-auth are not in force.',
    source: 'GT-50, GT-94',
  },
  'entry-without-rights': {
    problem:
      'An entry has neither groups nor access policies, or is of type EC2 without AmazonEKSAutoNodePolicy.',
    right: 'aws eks associate-access-policy … --access-scope type=cluster, or a group that a binding names.',
    why: 'It lets its principal in, who may then do what RBAC gives to system:authenticated, which is next to nothing.',
    source: 'GT-94, GT-97, GT-98',
  },
  'single-admin': {
    problem: 'One principal alone has full control.',
    right: 'AmazonEKSClusterAdminPolicy, or system:masters, for a second role.',
    why: 'When its role is deleted, or its entry lost by a mistake, nobody is left to repair access from within the cluster.',
    source: 'GT-4, GT-79',
  },
  'creator-only': {
    problem: 'No entry gives full control.',
    right:
      '- rolearn: "arn:aws:iam::111122223333:role/admin"\n  username: "admin:{{SessionName}}"\n  groups: ["system:masters"]',
    why: 'In mode CONFIG_MAP the creator of the cluster has it in no map. Often that is the role of a pipeline, or of a person who has left.',
    source: 'GT-51',
  },
  'cannot-move': {
    problem: 'No access entry can give what an entry of aws-auth gives.',
    right: 'groups: ["developers"]',
    why: 'EKS refuses user names and groups that begin with system:, eks:, aws:, amazon: or iam:, a {{SessionName}} without a colon before it, and an empty user name. The cluster has to stay in mode API_AND_CONFIG_MAP for the entry.',
    source: 'GT-84, GT-85, GT-86; eks-access plan-migration',
  },
  'needs-real-arn': {
    problem: 'The role of an entry has a path, or other letter case, which its access entry has to have.',
    right: 'aws iam get-role --role-name NAME --query Role.Arn',
    why: 'aws-auth wants the ARN of a role without its path, and access entries want the real one: without it EKS finds no such principal.',
    source: 'GT-30, GT-74, GT-75',
  },
} as const satisfies Readonly<Record<string, RuleHelp>>;
