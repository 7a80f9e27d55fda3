/**
 * IAM principal ARNs: parse, classify, canonicalise. Pure.
 *
 * aws-auth compares a role without its path (GT-30), access entries want the real ARN with it (GT-75), users keep
 * their path in both (GT-31). Names are unique in an account whatever their path or case, so the identity of a
 * principal is its ARN without path in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
import { partsOfArn } from './arn';
import { isPartition, PARTITIONS } from './aws/partition-names';
import { invalidRequest } from './errors';
import { principalRemedy } from './principal-remedy';

export { PARTITIONS };

export interface PrincipalArn {
  readonly type: 'role' | 'user' | 'root';
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly accountId: string;
  /** `/` or `/team/dev/`. */
  readonly path: string;
  /** Without path; empty for root. */
  readonly name: string;
  /** The IAM ARN as the template spells it, path included. */
  readonly arn: string;
}

/** Characters of a role's or user's name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_NAME = 64;

/**
 * Reads the value of `property`. An `sts` assumed-role ARN becomes its role, whose path it does not carry.
 * Throws ProviderError InvalidRequest, naming the property, the value and the remedy, for everything that can
 * never log in as one principal: groups, instance profiles, other sts shapes, wildcards, unknown partitions, names
 * that are longer than IAM gives.
 */
export function parsePrincipalArn(text: string, property: string): PrincipalArn {
  const refuse = (why: string): never => {
    throw invalidRequest(`${property} is ${JSON.stringify(text)}: ${why}`);
  };
  if (/[*?]/.test(text)) return refuse('wildcards never match at login: name one role or user');
  if (/\s/.test(text)) return refuse('it contains white space, which never matches at login: remove it');
  if (!/^arn:[^:]*:(?:iam|sts)::[^:]*:./.test(text)) {
    return refuse(
      principalRemedy(text) ??
        'it is not an IAM ARN: write arn:aws:iam::ACCOUNT:role/NAME or arn:aws:iam::ACCOUNT:user/NAME',
    );
  }
  const { partition, service, accountId, resource } = partsOfArn(text);
  if (!isPartition(partition)) {
    return refuse(`"${partition}" is not a partition: write one of ${PARTITIONS.join(', ')}, in lower case`);
  }
  if (!/^[0-9]{12}$/.test(accountId)) return refuse(`"${accountId}" is not a 12-digit account id`);
  // A session is turned into its role.
  const named =
    service === 'sts' ? resource.replace(/^assumed-role(\/[\w+=,.@-]+)\/[^/]+$/, 'role$1') : resource;
  if (named === resource && service === 'sts') return refuse(String(principalRemedy(text)));
  const arn = service === 'sts' ? `arn:${partition}:iam::${accountId}:${named}` : text;
  const about = { partition, accountId, arn };
  if (named === 'root') return { ...about, type: 'root', path: '/', name: '' };
  if (!/^(?:role|user)\/(?:[\x21-\x2e\x30-\x7e]+\/)*[\w+=,.@-]+$/.test(named)) {
    return refuse(
      principalRemedy(text) ??
        'it does not name a role or user: write arn:aws:iam::ACCOUNT:role/NAME or …:user/NAME',
    );
  }
  const type = named.startsWith('role') ? 'role' : 'user';
  const name = named.slice(named.lastIndexOf('/') + 1);
  if (name.length > MAX_NAME) {
    return refuse(
      `the name of the ${type} has ${name.length} characters, and IAM gives ${MAX_NAME} at most: copy the ARN from IAM`,
    );
  }
  return { ...about, type, path: named.slice(type.length, -name.length), name };
}

/** As aws-auth must have it: roles without path (GT-30), users with theirs (GT-31). */
export function awsAuthArn(principal: PrincipalArn): string {
  return principal.type === 'role' ? withoutPath(principal) : principal.arn;
}

/** The identity of the principal: without path, in lower case; equal for every spelling of it. */
export function canonicalArn(principal: PrincipalArn): string {
  return withoutPath(principal).toLowerCase();
}

function withoutPath({ partition, accountId, type, name }: PrincipalArn): string {
  return `arn:${partition}:iam::${accountId}:${type === 'root' ? 'root' : `${type}/${name}`}`;
}

/** The default user name of a STANDARD entry, the same string on both back ends (GT-81). */
export function defaultUserName(principal: PrincipalArn): string {
  if (principal.type !== 'role') return principal.arn;
  return `arn:${principal.partition}:sts::${principal.accountId}:assumed-role/${principal.name}/{{SessionName}}`;
}

/**
 * Roles that only AWS services assume; the EKS API refuses them (GT-77). AWS Batch and EMR tell people to write theirs
 * without the path, as aws-auth needs it (GT-30): then the name alone says it.
 */
export function isServiceLinkedRole({ type, path, name }: PrincipalArn): boolean {
  if (type !== 'role') return false;
  return path.startsWith('/aws-service-role/') || (path === '/' && /^AWSServiceRoleFor./i.test(name));
}

/** Who is mapped: an IAM role or user, or (mapAccounts) a whole account. */
export type Principal = PrincipalArn | { readonly type: 'account'; readonly accountId: string };

/** What identifies a principal in ids and ownership records. */
export function principalKey(principal: Principal): string {
  return principal.type === 'account' ? principal.accountId : canonicalArn(principal);
}

/** With its path, as it was given; undefined for a whole account. */
export function arnOf(principal: Principal): string | undefined {
  return principal.type === 'account' ? undefined : principal.arn;
}
