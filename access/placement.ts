/** Where a mapping lives, decided before anything is changed. Pure. */
import { type DesiredAccessEntry } from './access-entry/access-entry';
import { toAccessEntry } from './access-entry/translate';
import { type IdentityMapping } from './aws-auth/identity-mapping';
import { toIdentityMapping } from './aws-auth/translate';
import { invalidRequest } from './errors';
import { NODE_IDENTITIES } from './node-identity';
import { propertyNames } from './property-names';
import { type AuthenticationMode, type DesiredAccess } from './desired-access';

export type Placement =
  | { readonly place: 'CONFIG_MAP'; readonly mapping: IdentityMapping }
  | { readonly place: 'API'; readonly entry: DesiredAccessEntry };

export interface PlacementCluster {
  readonly authenticationMode: AuthenticationMode;
  readonly partition: string;
  readonly accountId: string;
}

const TO_API = 'move the cluster to API_AND_CONFIG_MAP (aws eks update-cluster-config --access-config)';

/**
 * `AUTO` follows the cluster. What an access entry cannot say goes to aws-auth while the cluster reads it.
 * Throws ProviderError InvalidRequest, naming what to write instead, for everything else.
 */
export function placementOf(desired: DesiredAccess, cluster: PlacementCluster): Placement {
  const mode = cluster.authenticationMode;
  checkPartition(desired, cluster);
  if (desired.kind === 'access-entry') {
    if (mode === 'CONFIG_MAP') {
      throw invalidRequest(
        `cluster ${desired.cluster} is in authentication mode CONFIG_MAP, which has no access entries: use Custom::EksMapRolesEntry or Custom::EksMapUsersEntry, or ${TO_API}`,
      );
    }
    return api(desired, cluster, 'refuse');
  }
  const forced = desired.authenticationMode;
  if (forced === 'CONFIG_MAP' && mode === 'API') {
    throw invalidRequest(
      `AuthenticationMode is CONFIG_MAP, but cluster ${desired.cluster} is in authentication mode API and does not read aws-auth: write AUTO or API`,
    );
  }
  if (forced === 'API' && mode === 'CONFIG_MAP') {
    throw invalidRequest(
      `AuthenticationMode is API, but cluster ${desired.cluster} is in authentication mode CONFIG_MAP and has no access entries: write AUTO or CONFIG_MAP, or ${TO_API}`,
    );
  }
  if (forced === 'CONFIG_MAP' || mode === 'CONFIG_MAP') return configMap(desired);
  return api(desired, cluster, forced === 'AUTO' && mode === 'API_AND_CONFIG_MAP' ? 'aws-auth' : 'refuse');
}

function configMap(desired: DesiredAccess): Placement {
  return { place: 'CONFIG_MAP', mapping: toIdentityMapping(desired) };
}

function api(desired: DesiredAccess, cluster: PlacementCluster, otherwise: 'aws-auth' | 'refuse'): Placement {
  const translation = toAccessEntry(desired, cluster.partition);
  const hindrance =
    'entry' in translation ? foreignNode(desired, translation.entry, cluster) : translation.inexpressible;
  if ('entry' in translation && hindrance === undefined) return { place: 'API', entry: translation.entry };
  if (otherwise === 'aws-auth' && awsAuthCanSay(desired)) return configMap(desired);
  throw invalidRequest(hindrance ?? 'access entries cannot say this');
}

/** Node types must be of the cluster's own account (GT-78). */
function foreignNode(
  desired: DesiredAccess,
  entry: DesiredAccessEntry,
  { accountId }: PlacementCluster,
): string | undefined {
  if (entry.type === 'STANDARD' || desired.principal.accountId === accountId) return undefined;
  return `${propertyNames(desired.kind).principal} is ${entry.principalArn}, but access entries of type ${entry.type} must be of the cluster's own account ${accountId}: use a role of that account`;
}

function awsAuthCanSay({ accessPolicies, type }: DesiredAccess): boolean {
  return (
    accessPolicies.length === 0 &&
    (type === undefined || type === 'STANDARD' || NODE_IDENTITIES[type] !== undefined)
  );
}

/** No principal of another partition can log in: STS signs for its own (GT-45). */
function checkPartition({ principal, kind, cluster }: DesiredAccess, { partition }: PlacementCluster): void {
  if (principal.type === 'account' || principal.partition === partition) return;
  throw invalidRequest(
    `${propertyNames(kind).principal} is ${principal.arn}, but cluster ${cluster} is in partition ${partition}: no principal of another partition can log in, write arn:${partition}:…`,
  );
}
