/**
 * ListIdentityProviderConfigs, DescribeIdentityProviderConfig.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfig.html
 */
import { authorize, eksArn, label, page, requireCluster, type Call } from './call';
import { EksError } from './eks-error';

export function listIdentityProviderConfigs(call: Call): unknown {
  const name = label(call, 0);
  authorize(call, 'eks:ListIdentityProviderConfigs', eksArn(call.world, `cluster/${name}`));
  const { identityProviders } = requireCluster(call, name);
  const { items, nextToken } = page(
    call.query,
    identityProviders.map((provider) => ({ type: 'oidc', name: provider.name })),
  );
  return { identityProviderConfigs: items, ...(nextToken ? { nextToken } : {}) };
}

export function describeIdentityProviderConfig(call: Call): unknown {
  const clusterName = label(call, 0);
  const { name } = (call.body['identityProviderConfig'] ?? {}) as { readonly name?: unknown };
  const arn = eksArn(call.world, `identityproviderconfig/${clusterName}/oidc/${String(name)}`);
  authorize(call, 'eks:DescribeIdentityProviderConfig', `${arn}/*`);
  const { identityProviders } = requireCluster(call, clusterName);
  const provider = identityProviders.find((each) => each.name === name);
  if (provider === undefined)
    throw new EksError(
      'ResourceNotFoundException',
      `No identity provider config found with name: ${String(name)}.`,
    );
  const { groupsClaim, groupsPrefix } = provider;
  return {
    identityProviderConfig: {
      oidc: {
        identityProviderConfigName: provider.name,
        identityProviderConfigArn: `${arn}/00000000-0000-0000-0000-000000000000`,
        clusterName,
        issuerUrl: 'https://idp.example.com',
        clientId: 'kubernetes',
        usernameClaim: 'sub',
        ...(groupsClaim === undefined ? {} : { groupsClaim }),
        ...(groupsPrefix === undefined ? {} : { groupsPrefix }),
        status: 'ACTIVE',
      },
    },
  };
}
