/**
 * Every access policy of EKS by name: for whom it is, and in a line what it is for (GT-98 to GT-100). Data; what the
 * rules say is in `published-rules.ts`.
 */
import { closest } from '../closest';
import { PUBLISHED_RULES } from './published-rules';
import { type PolicyRule } from './rule';

/** The last list of `aws eks list-access-policies` that was read, and the pages of the guide beside it. */
export const NAMES_AS_OF = '2026-11';

/** `aws`: service-linked roles alone, which can have no entry of their own making. */
export type Audience = 'people' | 'capability' | 'backup' | 'auto mode' | 'aws' | 'unknown';

/** `exact`: the table of rules is published; `prose`: some of it is text; `none`: nothing was found. */
export type Published = 'exact' | 'prose' | 'none';

export interface AccessPolicy {
  readonly name: string;
  readonly audience: Audience;
  /** One line without a full stop. */
  readonly summary: string;
  readonly published: Published;
  /** Exactly where `published` is `exact`. */
  readonly rules: readonly PolicyRule[] | undefined;
  /** What the published table does not tell, and whose word that is. */
  readonly doubt: string | undefined;
}

type Entry = readonly [name: string, audience: Audience, summary: string];

const WITH_RULES: readonly Entry[] = [
  ['AmazonEKSClusterAdminPolicy', 'people', 'everything, as ClusterRole cluster-admin'],
  ['AmazonEKSAdminPolicy', 'people', 'as Edit, and Roles and RoleBindings'],
  ['AmazonEKSEditPolicy', 'people', 'as View; writes workloads, reads Secrets, runs exec'],
  ['AmazonEKSViewPolicy', 'people', 'reads workloads and their logs, no Secrets'],
  ['AmazonEKSAdminViewPolicy', 'people', 'reads everything, Secrets too'],
  ['AmazonEKSSecretReaderPolicy', 'people', 'reads Secrets and nothing else'],
  ['AWSBackupFullAccessPolicyForBackup', 'backup', 'reads everything'],
  ['AWSBackupFullAccessPolicyForRestore', 'backup', 'reads and creates everything'],
  ['AmazonEKSHybridPolicy', 'aws', 'lists nodes'],
];

const IN_PROSE: readonly Entry[] = [
  ['AmazonEKSACKPolicy', 'capability', 'AWS Controllers for Kubernetes'],
  ['AmazonEKSArgoCDClusterPolicy', 'capability', 'Argo CD, in the whole cluster'],
  ['AmazonEKSArgoCDPolicy', 'capability', 'Argo CD'],
  ['AmazonEKSKROPolicy', 'capability', 'kro'],
  ['AmazonEKSAutoNodePolicy', 'auto mode', 'nodes, on access entries of type EC2 alone'],
  ['AmazonEKSLoadBalancingClusterPolicy', 'auto mode', 'load balancing'],
  ['AmazonEKSLoadBalancingPolicy', 'auto mode', 'load balancing'],
  ['AmazonEKSNetworkingClusterPolicy', 'auto mode', 'networking'],
  ['AmazonEKSNetworkingPolicy', 'auto mode', 'networking'],
  ['AmazonEKSBlockStorageClusterPolicy', 'aws', 'block storage of Auto Mode'],
  ['AmazonEKSBlockStoragePolicy', 'aws', 'block storage of Auto Mode'],
  ['AmazonEKSComputeClusterPolicy', 'aws', 'compute of Auto Mode'],
  ['AmazonEKSComputePolicy', 'aws', 'compute of Auto Mode'],
  ['AmazonEKSClusterInsightsPolicy', 'aws', 'cluster insights'],
];

const NAMES_ALONE = [
  'AIDevOpsAgentAccessPolicy',
  'AmazonAIOpsAssistantPolicy',
  'AmazonARCRegionSwitchScalingPolicy',
  'AmazonEKSEventPolicy',
  'AmazonEKSPodIdentityPolicy',
  'AmazonEKSSecretAdminPolicy',
  'AmazonEMRJobPolicy',
  'AmazonSagemakerHyperpodClusterPolicy',
  'AmazonSagemakerHyperpodControllerPolicy',
  'AmazonSagemakerHyperpodSpacePolicy',
  'AmazonSagemakerHyperpodSpaceTemplatePolicy',
  'AmazonSagemakerHyperpodSystemNamespacePolicy',
  'AmazonSagemakerHyperpodUserClusterPolicy',
];

const DOUBTS: Readonly<Record<string, string>> = {
  AmazonEKSAdminViewPolicy:
    'The table says everything. By a pull request to the guide that was not merged (awsdocs/amazon-eks-user-guide#1116, the only source), EKS leaves out pods/attach, pods/exec, pods/portforward, pods/proxy and nodes/proxy.',
};

/** What people are given comes first, then what is for AWS, then names of which nothing is published. */
export const ACCESS_POLICIES: readonly AccessPolicy[] = [
  ...WITH_RULES.map((entry) => policy(entry, 'exact')),
  ...IN_PROSE.map((entry) => policy(entry, 'prose')),
  ...NAMES_ALONE.map((name) => policy([name, 'unknown', 'no rules are published'], 'none')),
];

function policy([name, audience, summary]: Entry, published: Published): AccessPolicy {
  return { name, audience, summary, published, rules: PUBLISHED_RULES[name], doubt: DOUBTS[name] };
}

const ARN = /^arn:[^:]*:eks::aws:cluster-access-policy\//;

/** `asked`: name or ARN of any partition. `meant`: what was probably meant, where there is none of this name. */
export function accessPolicyFor(
  asked: string,
): { readonly policy: AccessPolicy } | { readonly meant: string | undefined } {
  const wanted = asked.replace(ARN, '');
  const found = ACCESS_POLICIES.find(({ name }) => name === wanted);
  if (found !== undefined) return { policy: found };
  const names = ACCESS_POLICIES.map(({ name }) => name);
  // People say edit, view and admin.
  return { meant: closest(`AmazonEKS${wanted}Policy`, names.slice(0, 6)) ?? closest(wanted, names) };
}
