/**
 * What the function will do with a mapping, by the function's own code: its translation into aws-auth or an access entry,
 * and the guardrails of a provider of the same App. Where the authentication mode of the cluster is not known, a mapping
 * is refused only if the function would refuse it in every mode.
 */
import { accessEntryTranslator } from '../../access/access-entry/translator';
import { awsAuthTranslator } from '../../access/aws-auth/translator';
import { type ClusterFacts } from '../../access/back-end';
import { type AuthenticationMode, type DesiredAccess } from '../../access/desired-access';
import { hasCode, type ProviderError } from '../../access/errors';
import { nodeTypeOf } from '../../access/node-identity';
import { PERMISSION_SET_PATH } from '../../access/permission-set';
import { type Place } from '../../access/place';
import { placementOf } from '../../access/placement';
import { parsePrincipalArn } from '../../access/principal';
import { refuseWithoutSchedule } from '../../lambda/cloudformation/expiry';
import { refuseUnfindable } from '../../lambda/cloudformation/permission-set';
import { type KnownProvider } from './known-providers';
import { checkAgainst, isPrincipalKnown } from './against-guardrails';
import { isStandIn, type KnownProperties, type Whereabouts } from './stand-ins';

/** Without a mode of its own: the one that reads both places first, because its refusals say most. */
const MODES: readonly AuthenticationMode[] = ['API_AND_CONFIG_MAP', 'API', 'CONFIG_MAP'];

export interface Foreseen {
  /** As the function would read it, with stand-ins for what is not known. */
  readonly desired: DesiredAccess;
  readonly properties: KnownProperties;
  readonly whereabouts: Whereabouts;
  /** Undefined where the App does not say it. */
  readonly mode: string | undefined;
  /** Undefined for one that was deployed elsewhere. */
  readonly provider: KnownProvider | undefined;
}

/** The places in which the mapping may come to live. Throws ProviderError where the function would refuse it. */
export function foreseePlaces(foreseen: Foreseen): readonly Place[] {
  const { desired, provider, whereabouts } = foreseen;
  if (provider && desired.expiresAt !== undefined) refuseWithoutSchedule(provider.followMode);
  if (provider) refuseUnknownSet(desired, provider, whereabouts);
  const known = withoutStandIns(foreseen);
  const modes = MODES.filter((mode) => foreseen.mode === undefined || mode === foreseen.mode);
  const refusals: ProviderError[] = [];
  const places = modes.flatMap((mode) => {
    try {
      const placement = placementOf(known, clusterFacts(foreseen, mode), [
        accessEntryTranslator,
        awsAuthTranslator,
      ]);
      if (provider) checkAgainst(foreseen, known, placement.effective, provider);
      return [placement.backEnd.place];
    } catch (error) {
      if (!hasCode(error, 'InvalidRequest', 'AccessDenied')) throw error;
      refusals.push(error);
      return [];
    }
  });
  if (places.length === 0 && refusals[0]) throw refusals[0];
  return places;
}

function refuseUnknownSet(desired: DesiredAccess, provider: KnownProvider, whereabouts: Whereabouts): void {
  const { permissionSet } = desired;
  const accountId = whereabouts.isAccountKnown ? whereabouts.accountId : (permissionSet?.accountId ?? '');
  refuseUnfindable(desired, { accountId, findsPermissionSets: provider.permissionSets });
}

function clusterFacts(
  { desired, whereabouts, properties }: Foreseen,
  authenticationMode: AuthenticationMode,
): ClusterFacts {
  const { principal } = desired;
  const { region, isRegionKnown, isAccountKnown } = whereabouts;
  const arns = [
    ...(isPrincipalKnown(properties) && 'arn' in principal ? [principal.arn] : []),
    ...desired.accessPolicies.map(({ policy }) => policy),
  ];
  const named = arns
    .map((arn) => /^arn:([^:]+):/.exec(arn)?.[1])
    .find((partition) => partition !== undefined);
  const isPrincipalsPartition = 'partition' in principal && !isPrincipalKnown(properties);
  const partition = isRegionKnown
    ? whereabouts.partition
    : isPrincipalsPartition
      ? principal.partition
      : (named ?? whereabouts.partition);
  return {
    name: desired.cluster,
    partition,
    region,
    accountId: isAccountKnown && isPrincipalKnown(properties) ? whereabouts.accountId : principal.accountId,
    authenticationMode,
  };
}

/** What is not known asks for nothing, so that nothing is refused for it; a permission set has found its role. */
function withoutStandIns(foreseen: Foreseen): DesiredAccess {
  const { properties } = foreseen;
  const desired = withRoleOfSet(foreseen.desired);
  const groups = desired.groups.filter((group) => !isStandIn(group));
  const someAreUnknown = properties.hasUnknown('Groups') || properties.hasUnknown('KubernetesGroups');
  const { userName, ...rest } = desired;
  const isNode = (desired.type ?? 'STANDARD') !== 'STANDARD' || nodeTypeOf(userName, groups) !== undefined;
  // The groups of a node are judged as a whole, together with its user name.
  if (someAreUnknown && isNode) return { ...rest, groups: [] };
  return { ...desired, groups };
}

function withRoleOfSet(desired: DesiredAccess): DesiredAccess {
  const { permissionSet } = desired;
  if (!permissionSet) return desired;
  const { partition, accountId, name } = permissionSet;
  const path = `role${PERMISSION_SET_PATH}AWSReservedSSO_${name}_0123456789abcdef`;
  return {
    ...desired,
    principal: parsePrincipalArn(`arn:${partition}:iam::${accountId}:${path}`, 'RoleArn'),
  };
}
