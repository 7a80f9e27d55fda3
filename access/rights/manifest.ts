/**
 * The objects that an administrator applies to a cluster once (`samples/rights-rbac.yaml`): a ClusterRole for each of the
 * named rights, a ClusterRoleBinding for each that gives it to its group in the whole cluster, and the provider's own
 * rights to bind them in namespaces. Subjects are generated groups and nothing else. Pure.
 */
import { PROVIDER_GROUP } from '../contract';
import { RULES_AS_OF } from '../policies/published-rules';
import { type PolicyRule } from '../policies/rule';
import {
  bindingOf,
  clusterRoleOf,
  groupOf,
  isOfClusterOnly,
  MANAGED_BY,
  policyOf,
  RIGHTS,
  type RightsName,
} from './catalogue';
import {
  type ClusterRole,
  type ClusterRoleBinding,
  type LabelSelector,
  type Metadata,
  type Rule,
  type Texts,
} from './objects';
import { type AggregateTo, NAMED_RIGHTS, type NamedRights } from './named-rights';

const RBAC = 'rbac.authorization.k8s.io';

/** Of every right but the one that Kubernetes has itself. */
export function clusterRoles(): readonly ClusterRole[] {
  return NAMED_RIGHTS.filter(({ name }) => clusterRoleOf(name) === bindingOf(name)).map(clusterRole);
}

export function clusterRoleBindings(): readonly ClusterRoleBinding[] {
  return RIGHTS.map((name) =>
    clusterRoleBinding(bindingOf(name), clusterRoleOf(name), groupOf(name), annotationsOf(name)),
  );
}

const inNamespaces = RIGHTS.filter((name) => !isOfClusterOnly(name));

/**
 * What the provider needs for namespaces. `bind` on exactly these roles, because without it Kubernetes refuses a binding
 * to rights that the provider does not have; never `escalate`. Creation can be limited to names because it is a
 * server-side apply. `get` of the rest is how missing or changed objects are seen before a mapping is written.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
 */
export const PROVIDER_RULES: readonly PolicyRule[] = [
  rule('rolebindings', ['get', 'create', 'patch'], inNamespaces.map(bindingOf)),
  rule('clusterroles', ['bind'], inNamespaces.map(clusterRoleOf)),
  rule(
    'clusterroles',
    ['get'],
    RIGHTS.map(clusterRoleOf).filter((name) => name !== 'cluster-admin'),
  ),
  rule('clusterrolebindings', ['get'], RIGHTS.map(bindingOf)),
];

export function providerObjects(): readonly [ClusterRole, ClusterRoleBinding] {
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: metadataOf(PROVIDER_GROUP),
      rules: PROVIDER_RULES.map(asWritten),
    },
    clusterRoleBinding(PROVIDER_GROUP, PROVIDER_GROUP, PROVIDER_GROUP),
  ];
}

function rule(resource: string, verbs: readonly string[], resourceNames: readonly string[]): PolicyRule {
  return { apiGroups: [RBAC], resources: [resource], resourceNames, nonResourceURLs: [], verbs };
}

function clusterRole({ name, rules, grows }: NamedRights): ClusterRole {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: metadataOf(clusterRoleOf(name), { [RIGHTS_LABEL]: name }, annotationsOf(name)),
    ...(grows === undefined
      ? { rules: rules.map(asWritten) }
      : {
          aggregationRule: {
            clusterRoleSelectors: [
              { matchLabels: { [RIGHTS_LABEL]: grows.base } },
              ...grows.labels.map(madeByOthersFor),
            ],
          },
        }),
  };
}

/** Label of our ClusterRoles: their name without the prefix. Aggregation selects by it. */
export const RIGHTS_LABEL = 'cfn-eks-access/rights';

/**
 * ClusterRoles with the label of aggregation, without those of Kubernetes itself: these hold what no access policy has,
 * tokens of service accounts among it.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
function madeByOthersFor(role: AggregateTo): LabelSelector {
  return {
    matchExpressions: [
      { key: `rbac.authorization.k8s.io/aggregate-to-${role}`, operator: 'In', values: ['true'] },
      { key: 'kubernetes.io/bootstrapping', operator: 'NotIn', values: ['rbac-defaults'] },
    ],
  };
}

function clusterRoleBinding(
  name: string,
  role: string,
  group: string,
  annotations?: Texts,
): ClusterRoleBinding {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: metadataOf(name, {}, annotations),
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: RBAC, kind: 'Group', name: group }],
  };
}

function metadataOf(name: string, labels: Texts = {}, annotations: Texts = {}): Metadata {
  return {
    name,
    labels: { [MANAGED_BY.key]: MANAGED_BY.value, ...labels },
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

/** By name and not by ARN, which differs from partition to partition. */
function annotationsOf(name: RightsName): Texts {
  const policy = policyOf(name);
  return {
    ...(policy === undefined ? {} : { 'cfn-eks-access/access-policy': policy }),
    'cfn-eks-access/rules-as-of': RULES_AS_OF,
  };
}

/** As in YAML: what a rule does not have is left out. */
function asWritten({ apiGroups, resources, resourceNames = [], nonResourceURLs, verbs }: PolicyRule): Rule {
  const all = { apiGroups, resources, resourceNames, nonResourceURLs, verbs };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names.length > 0));
}
