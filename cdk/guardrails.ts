/** Guardrails as a prop: what templates may ask of the provider, fixed when it is deployed (CR-38). */
import { Token } from 'aws-cdk-lib';
import { faultOf } from '../access/guardrails/parse-guardrails';
import { PROPERTY_NAMES } from '../schemas/generated/property-names';
import { isLater } from './checks/later';
import { misspelling } from './checks/policy-names';

/** What templates may ask of the provider. Everything dangerous is denied unless its key allows it; a Delete is never refused. */
export interface EksAccessGuardrails {
  /**
   * Cluster names that may be asked for; `*` and `?` are wildcards. Never limits a Delete.
   *
   * @default ["*"]
   */
  readonly clusters?: string[];

  /**
   * Account ids whose principals may be mapped, or `["*"]`. Default: the provider's own account.
   *
   * @default - the provider's own account
   */
  readonly principalAccounts?: string[];

  /**
   * Patterns of the Kubernetes groups that may be given. Default: every group that does not begin with `system:`, `eks:`, `aws:`, `amazon:`, `iam:` or `cfn-eks-access`. A pattern gives such a group only if it begins with that prefix itself: `*` does not, `system:auth*` does. `system:masters` needs allowClusterAdmin; `cfn-eks-access` itself is never given, and the groups of named rights (`cfn-eks-access:view`) by `Rights` alone.
   *
   * @default - every group without a reserved prefix
   */
  readonly groups?: string[];

  /**
   * Patterns of the Kubernetes user names that may be given besides each principal's own default. Default: every name that does not begin with `arn:`, `cfn-eks-access` or a prefix that needs allowClusterAdmin. A pattern gives a name with `arn:` or `cfn-eks-access` only if it begins with that prefix itself.
   *
   * @default - every name without a reserved prefix
   */
  readonly userNames?: string[];

  /**
   * Access policies that may be associated, with their scope: `Name` with any scope, `Name@namespaces` in these namespaces only; the name or ARN and the namespaces may be patterns with `*`. What is not listed is refused, and what amounts to cluster admin needs allowClusterAdmin however it is listed.
   *
   * @default ["AmazonEKSViewPolicy", "AmazonEKSEditPolicy@*", "AmazonEKSAdminPolicy@*"]
   */
  readonly accessPolicies?: string[];

  /**
   * Named rights that may be given, as `accessPolicies` lists policies: `name` in any scope, `name@namespaces` in these namespaces only, both with `*` for patterns. Asked for `Rights`, and for `AccessPolicies` where the mapping lives in aws-auth; where a right is given by an access policy, `accessPolicies` must allow that as well.
   *
   * @default ["view", "edit@*", "admin@*"]
   */
  readonly rights?: string[];

  /**
   * Whether node types, and the node user names with their groups, may be given.
   *
   * @default false
   */
  readonly allowNodes?: boolean;

  /**
   * Whether `system:masters`, AmazonEKSClusterAdminPolicy and what amounts to it may be given: every access policy but AmazonEKSViewPolicy for the whole cluster or in namespaces that could be `kube-*`, every named right that writes or reads Secrets in the same places, and user names that begin with `system:`, `eks:`, `aws:`, `amazon:` or `iam:`.
   *
   * @default false
   */
  readonly allowClusterAdmin?: boolean;

  /**
   * Which existing entries `ExistingEntry: ADOPT` and `REPLACE` may take over: `none`, those that have no record of an owner (`unrecorded`), or also those of other stacks (`any`).
   *
   * @default "none"
   */
  readonly allowTakeover?: 'none' | 'unrecorded' | 'any';

  /**
   * Whether `Custom::EksAuthenticationMode` may take a cluster to `API_AND_CONFIG_MAP` and to `API`, from where there is no way back. The function then may do eks:UpdateClusterConfig for these two modes, read the updates of clusters, and invoke itself.
   *
   * @default false
   */
  readonly allowModeChange?: boolean;
}

/** Value of EKS_ACCESS_GUARDRAILS. Throws, naming the key, for what the function would refuse at run time. */
export function guardrailsJson(guardrails: EksAccessGuardrails): string {
  const later = Object.entries(guardrails).find(
    ([, value]: [string, unknown]) => Array.isArray(value) && Token.isUnresolved(value),
  )?.[0];
  if (later !== undefined) {
    throw new Error(
      `guardrails.${later} is a list that is known at deployment only, and the policy of the provider is made of its items now: write the items, or use the plain template, whose parameters take lists`,
    );
  }
  for (const entry of guardrails.accessPolicies ?? []) {
    const why = misspelling(entry.replace(/@.*/, ''));
    if (why !== undefined) throw new Error(`guardrails.accessPolicies has ${JSON.stringify(entry)}, ${why}`);
  }
  const fault = faultOf(withoutTokens(guardrails));
  if (fault !== undefined) throw new Error(`guardrails is invalid: ${fault}`);
  if (guardrails.clusters?.length === 0) {
    throw new Error(
      'guardrails.clusters is []: no template could use this provider: name the clusters, or leave it out to allow all',
    );
  }
  if (guardrails.principalAccounts?.length === 0) {
    throw new Error(
      "guardrails.principalAccounts is []: no principal could be mapped: name accounts, or leave it out for the provider's own",
    );
  }
  // In one order, whichever language they were written in: another text would be another deployment.
  const known = guardrails as Readonly<Record<string, unknown>>;
  return JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, known[key]])));
}

const KEYS = PROPERTY_NAMES['Guardrails'] ?? [];

/** Tokens are left alone: the function checks what they came to. */
function withoutTokens(guardrails: EksAccessGuardrails): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(guardrails) as [string, unknown][]) {
    if (value === undefined || Token.isUnresolved(value)) continue;
    known[key] = Array.isArray(value) ? value.filter((item) => !isLater(item)) : value;
  }
  return known;
}
