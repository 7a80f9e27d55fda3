/** What a Create or an Update asks for, read from its event. Pure. */
import { type DesiredAccess } from '../../access/desired-access';
import { undefinedIfRefused } from '../../access/errors';
import { type CreateOrUpdateRequest } from '../cloudformation/event';
import { homeOf } from '../cloudformation/permission-set';
import { parseProperties, parseResourceType, recallProperties } from '../cloudformation/properties';
import { physicalIdOf } from '../physical-id';

export interface Wanted {
  readonly desired: DesiredAccess;
  readonly physicalResourceId: string;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** What an Update in place asked for before, of the same principal; undefined where it cannot be read. */
  readonly previous: DesiredAccess | undefined;
  /** What the old properties of an Update in place name instead: a replacement that CloudFormation cancelled (CR-18). */
  readonly cancelled: DesiredAccess | undefined;
}

/** Throws ProviderError InvalidRequest for properties that cannot be; `read`: as strictly as it does. */
export function wantedOf(request: CreateOrUpdateRequest, read = parseProperties): Wanted {
  const resourceType = parseResourceType(request.resourceType);
  const home = homeOf(request.envelope.stackId);
  const desired = read(resourceType, request.properties, home);
  const physicalResourceId = physicalIdOf(desired);
  const isInPlace = request.requestType === 'Update' && request.physicalResourceId === physicalResourceId;
  const old = isInPlace ? recallProperties(resourceType, request.oldProperties, home) : undefined;
  // Old properties are a claim about an attempt, never about what is there.
  const isSame = old !== undefined && physicalIdOf(old) === physicalResourceId;
  return {
    desired,
    physicalResourceId,
    isNew: !isInPlace,
    previous: isSame ? old : undefined,
    cancelled: isSame ? undefined : old,
  };
}

/** The id of the mapping that a request asks for; undefined where its properties cannot be read. */
export function desiredIdOf(request: CreateOrUpdateRequest): string | undefined {
  return undefinedIfRefused(() => wantedOf(request).physicalResourceId);
}
