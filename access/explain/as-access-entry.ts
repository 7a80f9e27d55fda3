/**
 * An entry of aws-auth as the access entry that gives the same, by the one translation of the product, with the ARN that
 * EKS wants: of a role the real one, path included (GT-75), which aws-auth does not tell (GT-30). Pure.
 */
import { toAccessEntry } from '../access-entry/translate';
import { type DesiredAccessEntry } from '../access-entry/access-entry';
import { type LoadedMapping, type LoadedPrincipal } from '../aws-auth/reading/loaded';
import { type DesiredAccess } from '../desired-access';
import { undefinedIfRefused, unlessRefused } from '../errors';
import { defaultUserName, parsePrincipalArn, type PrincipalArn } from '../principal';
import { type SeenCluster } from './seen-cluster';
import { principalKeyOf } from './who';

export interface AsAccessEntry {
  readonly entry: DesiredAccessEntry;
  /**
   * `real`: seen, or told by the text. `as written`: of a role that was not looked up, whose path and letter case may be
   * others. `path unknown`: of IAM Identity Center, whose path has the Region in it: `REGION` is where it has to be.
   */
  readonly arn: 'real' | 'as written' | 'path unknown';
}

/** Real ARNs by principal key. */
export type RealArns = ReadonlyMap<string, string>;

/** Whatever was seen with its path; never looked up by name, so that a role of another account stays that one. */
export function realArnsIn(cluster: SeenCluster): RealArns {
  const { roles = [], nodeRoles = [], creator, clusterRole, providerRole } = cluster;
  const arns = [...roles, ...nodeRoles].map(({ arn }) => arn);
  const others = [creator, clusterRole, providerRole].filter((arn) => arn !== undefined);
  return new Map([...others, ...arns].map((arn) => [principalKeyOf(arn), arn]));
}

/** `unsupported`: one clause, with what to write instead. */
export function asAccessEntry(
  loaded: LoadedMapping,
  known: RealArns,
): AsAccessEntry | { readonly unsupported: string } {
  if (loaded.section === 'mapAccounts') return { unsupported: accounts(loaded.accountId) };
  if (loaded.sso !== undefined)
    return { unsupported: 'access entries have no matchers of permission sets: name the role' };
  const written = orUnsupported(() => parsePrincipalArn(loaded.arn, 'the ARN'));
  return 'unsupported' in written ? written : accessEntryOf(loaded, written, known);
}

/** The same of an entry whose ARN was read: `written`. */
export function accessEntryOf(
  loaded: LoadedPrincipal,
  written: PrincipalArn,
  known: RealArns,
): AsAccessEntry | { readonly unsupported: string } {
  if (loaded.username === '') return { unsupported: emptyName(written) };
  const real = known.get(principalKeyOf(loaded.arn));
  return orUnsupported(() => {
    const principal = real === undefined ? withSsoPath(written) : parsePrincipalArn(real, 'the ARN');
    const translation = toAccessEntry(desiredOf(loaded, principal), principal.partition);
    if ('unsupported' in translation) return translation;
    const isTold = real !== undefined || written.type !== 'role' || written.path !== '/';
    const arn = isTold ? 'real' : principal === written ? 'as written' : 'path unknown';
    return { entry: translation.entry, arn };
  });
}

function orUnsupported<T>(make: () => T): T | { readonly unsupported: string } {
  return unlessRefused(make, (unsupported) => ({ unsupported }));
}

function accounts(accountId: string): string {
  return `access entries have no form for a whole account: name the roles and users of ${accountId} that need access, or stay in API_AND_CONFIG_MAP`;
}

/** EKS fills in its default where none is given (GT-81); whether it takes an empty one is not documented. */
function emptyName(principal: PrincipalArn): string {
  return `the user name is empty, which an access entry's cannot be: it would be ${defaultUserName(principal)}`;
}

/** The same mapping with the user name that EKS gives by default, for what has none, or one that EKS refuses. */
export function withDefaultName(loaded: LoadedMapping): LoadedMapping {
  if (loaded.section === 'mapAccounts') return loaded;
  const principal = undefinedIfRefused(() => parsePrincipalArn(loaded.arn, 'the ARN'));
  return principal === undefined ? loaded : { ...loaded, username: defaultUserName(principal) };
}

/** Only IAM knows the path: this one holds a word that no role has. */
function withSsoPath(principal: PrincipalArn): PrincipalArn {
  const { type, name, path, partition, accountId } = principal;
  if (type !== 'role' || path !== '/' || !name.startsWith('AWSReservedSSO_')) return principal;
  const full = `/aws-reserved/sso.amazonaws.com/REGION/`;
  return { ...principal, path: full, arn: `arn:${partition}:iam::${accountId}:role${full}${name}` };
}

function desiredOf({ username, groups }: LoadedPrincipal, principal: PrincipalArn): DesiredAccess {
  const isRole = principal.type === 'role';
  return {
    resourceType: isRole ? 'Custom::EksMapRolesEntry' : 'Custom::EksMapUsersEntry',
    kind: isRole ? 'role' : 'user',
    cluster: '',
    principal,
    userName: username,
    groups: [...new Set(groups)],
    accessPolicies: [],
    tags: {},
    authenticationMode: 'API',
    existingEntry: 'FAIL',
  };
}
