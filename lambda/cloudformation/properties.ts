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
import { invalidRequest, ProviderError } from '../../access/errors';
import { parsePrincipalArn, type PrincipalArn } from '../../access/principal';
import { type AccessPolicyAssociation, type DesiredAccess, type Right } from '../../access/desired-access';
import { parseExpiry } from './expiry';
import { checkNames } from './names-that-never-work';
import { checkPolicies } from './policies-that-never-work';
import { checkRights } from './rights-that-never-work';
import { checkAlternatives } from './alternatives';
import { checkPermissionSet, type Home, NO_HOME, setAsked } from './permission-set';
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
  try {
    return readProperties(resourceType, raw, home);
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}

function mapRolesEntry(properties: EksMapRolesEntryProperties, home: Home): DesiredAccess {
  return {
    ...defaults(properties),
    resourceType: 'Custom::EksMapRolesEntry',
    kind: 'role',
    cluster: properties.Cluster,
    ...(setAsked(properties, home) ?? {
      principal: principalOf('RoleArn', properties.RoleArn ?? '', 'role'),
    }),
    userName: properties.UserName,
    groups: unique(properties.Groups),
    type: properties.Type,
    accessPolicies: policiesOf(properties.AccessPolicies),
    ...rightsOf(properties),
    authenticationMode: properties.AuthenticationMode ?? 'AUTO',
  };
}

function mapUsersEntry(properties: EksMapUsersEntryProperties): DesiredAccess {
  return {
    ...defaults(properties),
    resourceType: 'Custom::EksMapUsersEntry',
    kind: 'user',
    cluster: properties.Cluster,
    principal: principalOf('UserArn', properties.UserArn, 'user'),
    userName: properties.UserName,
    groups: unique(properties.Groups),
    accessPolicies: policiesOf(properties.AccessPolicies),
    ...rightsOf(properties),
    authenticationMode: properties.AuthenticationMode ?? 'AUTO',
  };
}

function mapAccountsEntry(properties: EksMapAccountsEntryProperties): DesiredAccess {
  return {
    ...defaults(properties),
    resourceType: 'Custom::EksMapAccountsEntry',
    kind: 'account',
    cluster: properties.Cluster,
    principal: { type: 'account', accountId: properties.AccountId },
  };
}

function accessEntry(properties: EksAccessEntryProperties, home: Home): DesiredAccess {
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

function unique(values: readonly string[] | undefined): readonly string[] {
  return [...new Set(values ?? [])];
}

function policiesOf(
  policies: EksMapRolesEntryProperties['AccessPolicies'],
): readonly AccessPolicyAssociation[] {
  return (policies ?? []).map(({ PolicyArn, AccessScope }, index) => {
    const namespaces = unique(AccessScope.Namespaces);
    const where = `AccessPolicies[${index}].AccessScope`;
    if (AccessScope.Type === 'namespace' && namespaces.length === 0) {
      throw invalidRequest(
        `${where} is of type namespace and names none: give at least one in Namespaces, or write Type: cluster`,
      );
    }
    if (AccessScope.Type === 'cluster' && namespaces.length > 0) {
      throw invalidRequest(
        `${where} is of type cluster and names namespaces ${JSON.stringify(namespaces)}: remove Namespaces, or write Type: namespace`,
      );
    }
    return { policy: PolicyArn, scope: AccessScope.Type, namespaces };
  });
}

function rightsOf({
  Rights: rights,
  Engine: engine,
}: Pick<EksMapRolesEntryProperties, 'Rights' | 'Engine'>): Pick<DesiredAccess, 'rights' | 'engine'> {
  return {
    engine,
    rights: rights?.map(({ Name, Namespaces }, index) => rightIn(`Rights[${index}]`, Name, Namespaces)),
  };
}

function rightIn(property: string, name: Right['name'], namespaces: readonly string[] | undefined): Right {
  // A parameter that came to nothing must not widen the right to the whole cluster.
  if (namespaces?.length === 0)
    throw invalidRequest(`${property}.Namespaces is empty: leave it out for the whole cluster`);
  return { name, namespaces: unique(namespaces) };
}

function tagsOf(tags: EksAccessEntryProperties['Tags']): Readonly<Record<string, string>> {
  const result = new Map<string, string>();
  for (const { Key, Value } of tags ?? []) {
    // IAM compares the keys of tags without their case.
    if (/^(?:aws|cfn-eks-access):/i.test(Key)) {
      throw invalidRequest(
        `Tags has the key ${JSON.stringify(Key)}, which is reserved: choose another prefix`,
      );
    }
    if (result.has(Key)) throw invalidRequest(`Tags has the key ${JSON.stringify(Key)} twice: give it once`);
    result.set(Key, Value);
  }
  return Object.fromEntries(result);
}
