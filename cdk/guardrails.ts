/** Guardrails as a prop: what templates may ask of the provider, fixed when it is deployed (CR-38). */
import { Token } from 'aws-cdk-lib';
import { guardrails as validate } from '../schemas/generated/validators';

/** What templates may ask of the provider. Everything left out is denied by default; a Delete is never refused. */
export interface EksAccessGuardrails {
  /**
   * Cluster names that may be asked for; `*` and `?` are wildcards.
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
   * Patterns of the Kubernetes groups that may be given. Default: every group that does not begin with `system:`. Listing a `system:` group here allows it, `system:masters` excepted (see allowClusterAdmin).
   *
   * @default - every group that does not begin with `system:`
   */
  readonly groups?: string[];

  /**
   * Names, ARNs or patterns of the access policies that may be associated. Default: every policy that is not cluster admin.
   *
   * @default - every policy that is not cluster admin
   */
  readonly accessPolicies?: string[];

  /**
   * Whether node types, node user names and the node groups may be given.
   *
   * @default false
   */
  readonly allowNodes?: boolean;

  /**
   * Whether `system:masters`, AmazonEKSClusterAdminPolicy, and AmazonEKSAdminPolicy with cluster scope may be given.
   *
   * @default false
   */
  readonly allowClusterAdmin?: boolean;
}

/** Value of EKS_ACCESS_GUARDRAILS. Throws, naming the key, for what the function would refuse at run time. */
export function guardrailsJson(guardrails: EksAccessGuardrails): string {
  checkGuardrails(guardrails);
  return JSON.stringify(guardrails);
}

/** What each key takes. */
const MEANINGS: Readonly<Record<string, string>> = {
  clusters: 'write a list of cluster names or patterns',
  principalAccounts: 'write a list of 12-digit account ids, or ["*"]',
  groups: 'write a list of Kubernetes groups or patterns',
  accessPolicies: 'write a list of access policies or patterns',
  allowNodes: 'write true or false',
  allowClusterAdmin: 'write true or false',
};

/** As access/guardrails/guardrails.ts reads it. */
const NAME_OR_ARN = /^(arn:[^:]*:eks::aws:cluster-access-policy\/)?[^:/]+$/;

function checkGuardrails(guardrails: EksAccessGuardrails): void {
  if (!validate(withoutTokens(guardrails))) {
    const error = validate.errors?.[0];
    const key = error?.instancePath.slice(1).replaceAll('/', '.') ?? '';
    const parameters = error?.params as { additionalProperty?: string } | undefined;
    const what =
      parameters?.additionalProperty === undefined
        ? `guardrails.${key} is not valid: ${String(MEANINGS[key.split('.')[0] ?? ''])}`
        : `guardrails.${parameters.additionalProperty} is not a guardrail: the keys are ${Object.keys(MEANINGS).join(', ')}`;
    throw new Error(what);
  }
  const stranger = guardrails.accessPolicies?.find(
    (policy) => !Token.isUnresolved(policy) && !NAME_OR_ARN.test(policy),
  );
  if (stranger !== undefined) {
    throw new Error(
      `guardrails.accessPolicies has ${JSON.stringify(stranger)}, which is neither the name of an EKS access policy nor its ARN: aws eks list-access-policies lists them`,
    );
  }
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
}

/** Tokens are left alone: the function checks what they came to. */
function withoutTokens(guardrails: EksAccessGuardrails): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(guardrails) as [string, unknown][]) {
    if (value === undefined || Token.isUnresolved(value)) continue;
    known[key] = Array.isArray(value) ? value.filter((item) => !Token.isUnresolved(item)) : value;
  }
  return known;
}
