/** The guardrails of a provider of the same App, asked when a mapping is synthesised. */
import { type DesiredAccess } from '../../access/desired-access';
import { type EffectiveAccess } from '../../access/effective-access';
import { checkGuardrails, type Guardrails } from '../../access/guardrails/guardrails';
import { rightOf } from '../../access/rights/granted';
import { knownGuardrails, type KnownProvider } from './known-providers';
import { isStandIn, type KnownProperties, type Whereabouts } from './stand-ins';

/** Whether it is text, and not a token. */
export function isPrincipalKnown(properties: KnownProperties): boolean {
  return ['RoleArn', 'UserArn', 'PrincipalArn', 'AccountId', 'PermissionSet'].some((name) =>
    properties.isKnown(name),
  );
}

/** What is known of the mapping, against what is known of the guardrails. Throws ProviderError AccessDenied. */
export function checkAgainst(
  { properties, whereabouts }: { readonly properties: KnownProperties; readonly whereabouts: Whereabouts },
  desired: DesiredAccess,
  effective: EffectiveAccess,
  { guardrails }: KnownProvider,
): void {
  const isKnown = isPrincipalKnown(properties);
  const known = knownGuardrails(guardrails);
  const open: Guardrails = {
    ...known,
    ...(properties.isKnown('Cluster') || properties.isKnown('ClusterName') ? {} : { clusters: ['*'] }),
    ...(isKnown && (known.principalAccounts ?? whereabouts.isAccountKnown)
      ? {}
      : { principalAccounts: ['*'] }),
  };
  // Whether a name that is an ARN is the principal's own is not known where the principal is not.
  const judges = (name: string | undefined): boolean => isKnown || !/^arn:/i.test(name ?? '');
  const { userName, ...rest } = desired;
  checkGuardrails(
    {
      ...rest,
      ...(userName !== undefined && judges(userName) ? { userName } : {}),
      accessPolicies: desired.accessPolicies.filter(isJudged),
      rights: (desired.rights ?? []).filter(({ namespaces }) => !namespaces.some(isStandIn)),
    },
    {
      effective: {
        ...effective,
        userName: judges(effective.userName) ? effective.userName : undefined,
        groups: effective.groups.filter((group) => !isStandIn(rightOf(group)?.namespace ?? '')),
        policies: effective.policies.filter(({ policyArn: policy, namespaces }) =>
          isJudged({ policy, namespaces }),
        ),
      },
    },
    open,
    whereabouts,
  );
}

function isJudged({
  policy,
  namespaces,
}: {
  readonly policy: string;
  readonly namespaces: readonly string[];
}): boolean {
  return ![policy.slice(policy.lastIndexOf('/') + 1), ...namespaces].some(isStandIn);
}
