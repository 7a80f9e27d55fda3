/** Properties of which exactly one must be given. Pure. */
import { type ResourceType } from '../../access/contract';
import { invalidRequest } from '../../access/errors';
import { EXACTLY_ONE } from '../../schemas/generated/property-names';

/** Throws ProviderError InvalidRequest, naming those that were given, or those that may be. */
export function checkAlternatives(resourceType: ResourceType, properties: object): void {
  const names = EXACTLY_ONE[`${resourceType.replace('Custom::', '')}Properties`];
  if (!names) return;
  const given = names.filter((name) => Object.hasOwn(properties, name));
  if (given.length === 1) return;
  throw invalidRequest(
    given.length === 0
      ? `${names.join(' or ')} is missing: ${resourceType} needs exactly one of them`
      : `${given.join(' and ')} are both given: give exactly one of them`,
  );
}
