/** The id of what a Create or an Update asks for, a mapping or a mode. Pure. */
import { MODE_RESOURCE_TYPE } from '../../access/contract';
import { type CreateOrUpdateRequest } from '../cloudformation/event';
import { recallModeProperties } from '../cloudformation/mode-properties';
import { modeIdOf } from '../physical-id';
import { desiredIdOf } from './wanted';

/** Undefined where its properties cannot be read. */
export function askedIdOf(request: CreateOrUpdateRequest): string | undefined {
  if (request.resourceType !== MODE_RESOURCE_TYPE) return desiredIdOf(request);
  const desired = recallModeProperties(request.properties);
  return desired && modeIdOf(desired.cluster);
}
