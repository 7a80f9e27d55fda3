/** OIDC identity providers by which people log in beside IAM. https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html */
import {
  DescribeIdentityProviderConfigCommand,
  ListIdentityProviderConfigsCommand,
} from '@aws-sdk/client-eks';
import { type SeenIdentityProvider } from '../../access/explain/seen-cluster';
import { unlessGone, whyOf } from './refusal';
import { type Session, within } from './session';

export async function readIdentityProviders(
  clusterName: string,
  session: Session,
): Promise<readonly SeenIdentityProvider[] | { readonly why: string }> {
  try {
    return await within(session, (signal) => describeAll(clusterName, session, signal));
  } catch (error) {
    const actions = 'eks:ListIdentityProviderConfigs and eks:DescribeIdentityProviderConfig';
    return { why: whyOf(error, `${actions} on cluster ${clusterName}`) };
  }
}

/** A cluster has one at most, in one page. */
async function describeAll(
  clusterName: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<readonly SeenIdentityProvider[]> {
  const listed = await eks.send(new ListIdentityProviderConfigsCommand({ clusterName }), { abortSignal });
  const found: SeenIdentityProvider[] = [];
  for (const { type, name } of listed.identityProviderConfigs ?? []) {
    const command = new DescribeIdentityProviderConfigCommand({
      clusterName,
      identityProviderConfig: { type, name },
    });
    const described = await unlessGone(() => eks.send(command, { abortSignal }));
    const oidc = described?.identityProviderConfig?.oidc;
    if (name !== undefined && oidc)
      found.push({ name, groupsClaim: oidc.groupsClaim, groupsPrefix: oidc.groupsPrefix });
  }
  return found;
}
