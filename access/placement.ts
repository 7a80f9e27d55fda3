/** Where a mapping lives, decided before anything is changed. Pure. */
import { type ClusterFacts, type Translator } from './back-end';
import { type AuthenticationMode, type DesiredAccess, type Kind } from './desired-access';
import { invalidRequest } from './errors';
import { propertyNames } from './property-names';
import { type EffectiveAccess } from './effective-access';
import { type Place } from './place';

/** The back end that a mapping belongs to, with what it is there. */
export interface Placement<B extends Translator<unknown> = Translator<unknown>> {
  readonly backEnd: B;
  /** In the back end's own words, for its `put`. */
  readonly target: unknown;
  readonly effective: EffectiveAccess;
}

const TO_API = 'move the cluster to API_AND_CONFIG_MAP (aws eks update-cluster-config --access-config)';

/**
 * `AUTO` follows the cluster. What an access entry cannot say goes to aws-auth while the cluster reads it.
 * Throws ProviderError InvalidRequest, naming what to write instead, for everything else.
 */
export function placementOf<B extends Translator<unknown>>(
  desired: DesiredAccess,
  cluster: ClusterFacts,
  backEnds: readonly B[],
): Placement<B> {
  checkPartition(desired, cluster);
  checkMode(desired, cluster);
  const [first, ...others] = placesFor(desired, cluster);
  const translation = translate(desired, cluster, backEnds, first);
  if ('target' in translation) return translation;
  for (const place of others) {
    const other = translate(desired, cluster, backEnds, place);
    if ('target' in other) return other;
  }
  throw invalidRequest(translation.unsupported);
}

/** The places in which a mapping of this kind can be on the cluster, the one that is looked at first at login first. */
export function placesOf(kind: Kind, mode: AuthenticationMode): readonly Place[] {
  const places: readonly Place[] = mode === 'CONFIG_MAP' ? ['CONFIG_MAP'] : ['API', 'CONFIG_MAP'];
  if (kind === 'access-entry') return places.filter((place) => place === 'API');
  // A whole account has no access entry (GT-36).
  return kind === 'account' ? ['CONFIG_MAP'] : places;
}

/** Whether the cluster looks there when a principal logs in (GT-50). */
export function isRead(place: Place, mode: AuthenticationMode): boolean {
  return place === 'API' ? mode !== 'CONFIG_MAP' : mode !== 'API';
}

/** The places that the template and the mode allow, the preferred one first. */
function placesFor(
  { kind, authenticationMode }: DesiredAccess,
  { authenticationMode: mode }: ClusterFacts,
): readonly [Place, ...Place[]] {
  if (kind === 'access-entry' || authenticationMode === 'API') return ['API'];
  if (authenticationMode === 'CONFIG_MAP' || mode === 'CONFIG_MAP') return ['CONFIG_MAP'];
  return mode === 'API' ? ['API'] : ['API', 'CONFIG_MAP'];
}

function translate<B extends Translator<unknown>>(
  desired: DesiredAccess,
  cluster: ClusterFacts,
  backEnds: readonly B[],
  place: Place,
): Placement<B> | { readonly unsupported: string } {
  const backEnd = backEnds.find((candidate) => candidate.place === place);
  if (!backEnd) throw new TypeError(`no back end for ${place}`);
  const translation = backEnd.translate(desired, cluster);
  return 'target' in translation ? { backEnd, ...translation } : translation;
}

function checkMode(desired: DesiredAccess, { authenticationMode: mode }: ClusterFacts): void {
  const { cluster, kind, authenticationMode: forced } = desired;
  if (kind === 'access-entry' && mode === 'CONFIG_MAP') {
    throw invalidRequest(
      `cluster ${cluster} is in authentication mode CONFIG_MAP, which has no access entries: use Custom::EksMapRolesEntry or Custom::EksMapUsersEntry, or ${TO_API}`,
    );
  }
  if (forced === 'CONFIG_MAP' && mode === 'API') {
    throw invalidRequest(
      `AuthenticationMode is CONFIG_MAP, but cluster ${cluster} is in authentication mode API and does not read aws-auth: write AUTO or API`,
    );
  }
  if (forced === 'API' && mode === 'CONFIG_MAP') {
    throw invalidRequest(
      `AuthenticationMode is API, but cluster ${cluster} is in authentication mode CONFIG_MAP and has no access entries: write AUTO or CONFIG_MAP, or ${TO_API}`,
    );
  }
}

/** No principal of another partition can log in: STS signs for its own (GT-45). */
function checkPartition({ principal, kind, cluster }: DesiredAccess, { partition }: ClusterFacts): void {
  if (principal.type === 'account' || principal.partition === partition) return;
  throw invalidRequest(
    `${propertyNames(kind).principal} is ${principal.arn}, but cluster ${cluster} is in partition ${partition}: no principal of another partition can log in, write arn:${partition}:…`,
  );
}
