/** Whether the other properties of a mapping fit the type of node that it names. Pure. */
import { type DesiredAccess } from './desired-access';
import { invalidRequest } from './errors';
import { NODE_IDENTITIES, type NodeType } from './node-identity';
import { propertyNames } from './property-names';

/**
 * A node type brings its own user name and groups (GT-83). They may be repeated in `Custom::EksMapRolesEntry`,
 * where aws-auth needs them, but not contradicted; throws ProviderError InvalidRequest.
 */
export function checkNodeProperties(desired: DesiredAccess, type: NodeType): void {
  const names = propertyNames(desired.kind);
  const identity = desired.kind === 'role' ? NODE_IDENTITIES[type] : undefined;
  if (desired.principal.type !== 'role') {
    throw invalidRequest(
      `Type is ${type}, but ${names.principal} is not a role: only IAM roles can be nodes`,
    );
  }
  if (desired.userName !== undefined && desired.userName !== identity?.userName) {
    throw invalidRequest(
      `${names.userName} is ${JSON.stringify(desired.userName)}, but Type ${type} has its own user name: remove ${names.userName}`,
    );
  }
  if (desired.groups.length > 0 && !sameSet(desired.groups, identity?.groups ?? [])) {
    throw invalidRequest(
      `${names.groups} is ${desired.groups.join(', ')}, but Type ${type} has its own groups: remove ${names.groups}`,
    );
  }
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}
