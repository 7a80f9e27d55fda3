/**
 * The door: properties as CloudFormation sends them, in; `DesiredAccess`, out. After it nothing is `unknown`. Pure.
 * The schemas say what is allowed; this file says what is wrong, to the stack author.
 */
import {
  type EksAccessEntryProperties,
  type EksMapAccountsEntryProperties,
  type EksMapRolesEntryProperties,
  type EksMapUsersEntryProperties,
} from '../../schemas/generated/types';
import { MODE_RESOURCE_TYPE, RESOURCE_TYPES, type ResourceType } from '../../access/contract';
import { invalidRequest, undefinedIfRefused } from '../../access/errors';
import { type DesiredAccess } from '../../access/desired-access';
import { accessEntry, mapAccountsEntry, mapRolesEntry, mapUsersEntry } from './as-desired';
import { checkNames } from './names-that-never-work';
import { checkPolicies } from './policies-that-never-work';
import { checkRights } from './rights-that-never-work';
import { checkAlternatives } from './alternatives';
import { checkPermissionSet, type Home, NO_HOME } from './permission-set';
import { refuseUnresolved } from './unresolved-text';
import { validated } from './validated';

export function parseResourceType(text: string): ResourceType {
  const known = RESOURCE_TYPES.find((type) => type === text);
  if (known) return known;
  throw invalidRequest(
    `the resource type ${JSON.stringify(text)} is not one of this provider's: use one of ${[...RESOURCE_TYPES, MODE_RESOURCE_TYPE].join(', ')}`,
  );
}

/**
 * What a Create or an Update wants. Throws InvalidRequest naming the property, its value and the remedy. `raw` is not
 * changed. `home`: of the stack; not needed to find out whether properties are valid.
 */
export function parseProperties(
  resourceType: ResourceType,
  raw: unknown,
  home: Home = NO_HOME,
): DesiredAccess {
  refuseUnresolved(resourceType, raw);
  const desired = readProperties(resourceType, raw, home);
  checkNames(desired);
  checkPolicies(desired);
  checkRights(desired);
  checkPermissionSet(desired);
  return desired;
}

/** The same of properties that were accepted before: names and policies that never work are not looked for. */
export function readProperties(
  resourceType: ResourceType,
  raw: unknown,
  home: Home = NO_HOME,
): DesiredAccess {
  const properties = validated(resourceType, raw);
  checkAlternatives(resourceType, properties);
  switch (resourceType) {
    case 'Custom::EksMapRolesEntry':
      return mapRolesEntry(properties as EksMapRolesEntryProperties, home);
    case 'Custom::EksMapUsersEntry':
      return mapUsersEntry(properties as EksMapUsersEntryProperties);
    case 'Custom::EksMapAccountsEntry':
      return mapAccountsEntry(properties as EksMapAccountsEntryProperties);
    case 'Custom::EksAccessEntry':
      return accessEntry(properties as EksAccessEntryProperties, home);
  }
}

/**
 * Properties of the past, for Delete and OldResourceProperties: what an older provider accepted must not stop a
 * stack (CR-23), so names and policies are not checked and unreadable properties are undefined.
 */
export function recallProperties(
  resourceType: ResourceType,
  raw: unknown,
  home: Home = NO_HOME,
): DesiredAccess | undefined {
  return undefinedIfRefused(() => readProperties(resourceType, raw, home));
}
