/** What the trust policy of a cluster's role must say, for people to paste. Pure. */

/**
 * One statement in one line of JSON. The provider's role and nobody else; `externalId`: as it is given in
 * `clusterRoles`, undefined where the role asks for none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function trustStatement(
  providerArn: string,
  externalId: string | readonly string[] | undefined,
): string {
  return JSON.stringify({
    Effect: 'Allow',
    Principal: { AWS: providerArn },
    Action: 'sts:AssumeRole',
    ...(externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  });
}
