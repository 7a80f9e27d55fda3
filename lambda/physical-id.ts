/**
 * Physical ids (CR-11): `<kind>|<cluster>|<canonical principal>`, deterministic, the same however the ARN is spelt,
 * so that another spelling never makes CloudFormation delete the access it has just granted. A permission set is named
 * instead of the role that it has at the time. Pure.
 */
import { CREATE_FAILED_MARKER } from '../access/contract';
import { type DesiredAccess, type Kind } from '../access/desired-access';
import { mappedBy } from '../access/following/liveness';
import { setKey } from '../access/permission-set';
import { principalKey } from '../access/principal';

export interface PhysicalId {
  readonly kind: Kind;
  readonly cluster: string;
  /** Canonical ARN in lower case without path, an account id, or `setKey`. */
  readonly principal: string;
}

export function physicalIdOf({
  kind,
  cluster,
  principal,
  permissionSet,
}: Pick<DesiredAccess, 'kind' | 'cluster' | 'principal' | 'permissionSet'>): string {
  return `${kind}|${cluster}|${permissionSet ? setKey(permissionSet) : principalKey(principal)}`;
}

/** Undefined for ids that are not ours: made by CloudFormation after a time-out, or by another provider (CR-14). */
export function parsePhysicalId(text: string): PhysicalId | undefined {
  const found = mappedBy(text);
  return found && { kind: found.kind, cluster: found.cluster, principal: found.key };
}

/** Id of `Custom::EksAuthenticationMode`: of the cluster whatever the mode, so that a change of the mode replaces nothing. */
export function modeIdOf(cluster: string): string {
  return `${MODE_PREFIX}${cluster}`;
}

const MODE_PREFIX = 'authentication-mode|';

/** Whether the id is of this product's making: of a mapping or of a mode. */
export function isOwnId(text: string): boolean {
  return parsePhysicalId(text) !== undefined || text.startsWith(MODE_PREFIX);
}

/** Id of a Create that wrote nothing (CR-13). */
export function createFailedId(requestId: string): string {
  return `${CREATE_FAILED_MARKER}${requestId}`;
}

/** Id of a Create of which an earlier try may have written: not one of our making to its Delete (CR-14). */
export function createUnknownId(requestId: string): string {
  return `create-unknown|${requestId}`;
}

export function isCreateFailedId(text: string): boolean {
  return text.startsWith(CREATE_FAILED_MARKER);
}
