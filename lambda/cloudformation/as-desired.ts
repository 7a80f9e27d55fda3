/** What each resource type asks for, from properties that its schema has accepted. Pure. */
import { type DesiredAccess } from '../../access/desired-access';
import { invalidRequest } from '../../access/errors';
import { parsePrincipalArn, type PrincipalArn } from '../../access/principal';
import {
  type EksAccessEntryProperties,
  type EksMapAccountsEntryProperties,
  type EksMapRolesEntryProperties,
  type EksMapUsersEntryProperties,
} from '../../schemas/generated/types';
import { parseExpiry } from './expiry';
import { policiesOf, rightsOf, tagsOf, unique } from './listed-properties';
import { type Home, setAsked } from './permission-set';

export function mapRolesEntry(properties: EksMapRolesEntryProperties, home: Home): DesiredAccess {
  return {
    ...mapped(properties),
    resourceType: 'Custom::EksMapRolesEntry',
    kind: 'role',
    ...(setAsked(properties, home) ?? {
      principal: principalOf('RoleArn', properties.RoleArn ?? '', 'role'),
    }),
    type: properties.Type,
  };
}

export function mapUsersEntry(properties: EksMapUsersEntryProperties): DesiredAccess {
  return {
    ...mapped(properties),
    resourceType: 'Custom::EksMapUsersEntry',
    kind: 'user',
    principal: principalOf('UserArn', properties.UserArn, 'user'),
  };
}

export function mapAccountsEntry(properties: EksMapAccountsEntryProperties): DesiredAccess {
  return {
    ...defaults(properties),
    resourceType: 'Custom::EksMapAccountsEntry',
    kind: 'account',
    cluster: properties.Cluster,
    principal: { type: 'account', accountId: properties.AccountId },
  };
}

export function accessEntry(properties: EksAccessEntryProperties, home: Home): DesiredAccess {
  return {
    ...defaults(properties),
    resourceType: 'Custom::EksAccessEntry',
    kind: 'access-entry',
    cluster: properties.ClusterName,
    ...(setAsked(properties, home) ?? {
      principal: parsePrincipalArn(properties.PrincipalArn ?? '', 'PrincipalArn'),
    }),
    userName: properties.Username,
    groups: unique(properties.KubernetesGroups),
    type: properties.Type ?? 'STANDARD',
    accessPolicies: policiesOf(properties.AccessPolicies),
    ...rightsOf(properties),
    tags: tagsOf(properties.Tags),
    authenticationMode: 'API',
  };
}

/** What roles and users are mapped with alike. */
function mapped(properties: EksMapRolesEntryProperties | EksMapUsersEntryProperties) {
  return {
    ...defaults(properties),
    cluster: properties.Cluster,
    userName: properties.UserName,
    groups: unique(properties.Groups),
    accessPolicies: policiesOf(properties.AccessPolicies),
    ...rightsOf(properties),
    authenticationMode: properties.AuthenticationMode ?? ('AUTO' as const),
  };
}

type Defaults = Pick<
  DesiredAccess,
  'groups' | 'accessPolicies' | 'tags' | 'authenticationMode' | 'existingEntry' | 'expiresAt' | 'waitSeconds'
>;

function defaults(properties: {
  readonly ExistingEntry?: DesiredAccess['existingEntry'];
  readonly ExpiresAt?: string;
  readonly WaitForEffect?: number;
}): Defaults {
  const { ExpiresAt: expiresAt, WaitForEffect: waitSeconds } = properties;
  return {
    expiresAt: expiresAt === undefined ? undefined : parseExpiry(expiresAt),
    waitSeconds,
    groups: [],
    accessPolicies: [],
    tags: {},
    authenticationMode: 'AUTO',
    existingEntry: properties.ExistingEntry ?? 'FAIL',
  };
}

function principalOf(property: string, text: string, wanted: 'role' | 'user'): PrincipalArn {
  const principal = parsePrincipalArn(text, property);
  // The root user of an account logs in like a user (GT-29).
  if (principal.type === wanted || (wanted === 'user' && principal.type === 'root')) return principal;
  throw invalidRequest(
    wanted === 'role'
      ? `${property} is ${JSON.stringify(text)}, which is not a role: use Custom::EksMapUsersEntry for a user`
      : `${property} is ${JSON.stringify(text)}, which is a role: use Custom::EksMapRolesEntry`,
  );
}
