/**
 * Calls that are denied: the IAM action and the resource, and who can allow it. Pure.
 *
 * What IAM says of a missing right names the right and who lacks it. What is said of credentials and signatures may
 * quote the request that was signed, session token included, and is never passed on (CR-43).
 */
import { quotableName } from './sdk-failure';

interface Denial {
  readonly name: string;
  readonly said: string;
  /** Not what the service said, but our words for an answer that cannot be read. */
  readonly isOurs: boolean;
}

interface DeniedCall {
  readonly operation: string;
  readonly cluster: string;
}

export function deniedSentence({ name, said, isOurs }: Denial, { operation, cluster }: DeniedCall): string {
  const asked = `eks:${operation} on ${resourceOf(operation, cluster)}`;
  if (isOurs) return `the provider's role may not do ${asked}: ${said}`;
  const iam = /^User: .* is not authorized to perform(?:: (\S+) on resource: (\S+))?/.exec(said);
  if (iam) {
    const [, action, resource] = iam;
    // The right that is missing may be another one (`iam:PassRole`, GT-117).
    const right =
      action === undefined || action === `eks:${operation}`
        ? asked
        : `${action} on ${resource}, which ${asked} needs`;
    return `the provider's role may not do ${right}: ask the provider's owner to allow it (IAM: ${said})`;
  }
  if (/^AccessDenied/.test(name))
    return `the provider's role may not do ${asked}: ask the provider's owner to allow it in the role's policy, and to see whether a service control policy or a VPC endpoint policy denies it`;
  return `EKS did not accept the credentials of the provider's role for ${asked} (${quotableName({ name })}): they are missing, expired, or not signed as EKS wants; run the stack operation again, and see that the function's role exists`;
}

/** GT-115: what IAM is asked about. */
function resourceOf(operation: string, cluster: string): string {
  if (operation === 'ListClusters') return 'all clusters';
  const isOfCluster =
    /^(DescribeCluster|CreateAccessEntry|ListAccessEntries|UpdateClusterConfig|DescribeUpdate|ListUpdates)$/.test(
      operation,
    );
  return isOfCluster
    ? `cluster ${cluster}`
    : `the access entries of cluster ${cluster} (access-entry/${cluster}/*)`;
}

export function isAboutCredentials(name: string): boolean {
  return /^(AccessDenied|Unrecognized|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|IncompleteSignature|MissingAuthenticationToken|CredentialsProviderError)/.test(
    name,
  );
}
