/**
 * The identity and the keys of a principal that calls. Nothing here is random: the same principal has the same keys in
 * every run, so that a run can be replayed. Pure.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type IamArn } from './iam-arn';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for the lasting keys of users and of the account itself. */
  readonly sessionToken?: string;
}

/** Who owns an access key. */
export interface CallerIdentity {
  /** As STS GetCallerIdentity returns it: roles as assumed-role ARN without path, users with theirs. */
  readonly arn: string;
  readonly accountId: string;
  /** `AROA…:session`, `AIDA…`, or the account id for root. */
  readonly userId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** ARN of the IAM role or user itself, path included as far as it is known. */
  readonly principalArn: string;
  /** Milliseconds since the epoch after which nothing signed with these credentials is taken; undefined: they last. */
  readonly endsAt?: number;
  /** Whether the policy of the session denies everything that needs a permission. */
  readonly mayNothing?: boolean;
}

/** What AssumeRole makes of a session beside its name. */
export interface SessionLimits {
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  /** JSON; undefined: the session may what the role may. */
  readonly policy?: string | undefined;
  /** Which session of this name it is: each has keys of its own. */
  readonly number: number;
}

interface Caller {
  readonly arn: string;
  /** As it was created, path included. */
  readonly principalArn: string;
  /** `AROA…`, `AIDA…`, or the account id for root. */
  readonly uniqueId: string;
  /** For roles alone. */
  readonly sessionName: string;
  readonly limits?: SessionLimits | undefined;
}

/** `parsed`: what `arn` says. */
export function callerIdentity(
  { partition, accountId, type, name }: IamArn,
  { arn, principalArn, uniqueId, sessionName, limits }: Caller,
): CallerIdentity {
  const isRole = type === 'role';
  const session = limits === undefined ? '' : ` session ${limits.number}`;
  const seed = `${principalArn} ${isRole ? sessionName : ''} ${uniqueId}${session}`;
  return {
    arn: isRole ? `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}` : arn,
    accountId,
    userId: isRole ? `${uniqueId}:${sessionName}` : uniqueId,
    accessKeyId: (isRole ? 'ASIA' : 'AKIA') + digest(`key ${seed}`, 16),
    secretAccessKey: createHash('sha256').update(`secret ${seed}`).digest('base64').slice(0, 40),
    ...(isRole ? { sessionToken: createHash('sha512').update(`token ${seed}`).digest('base64') } : {}),
    principalArn,
    ...(limits === undefined ? {} : { endsAt: limits.endsAt, mayNothing: deniesEverything(limits.policy) }),
  };
}

/** The one session policy that is known here; another one is not looked at. */
function deniesEverything(policy: string | undefined): boolean {
  if (policy === undefined) return false;
  const { Statement } = JSON.parse(policy) as { readonly Statement?: unknown };
  const deny = { Effect: 'Deny', Action: '*', Resource: '*' };
  return Array.isArray(Statement) && Statement.some((statement) => isDeepStrictEqual(statement, deny));
}

/** `length` characters of the alphabet of AWS's ids, always the same for one text. */
export function digest(text: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return Array.from(
    createHash('sha256').update(text).digest().subarray(0, length),
    (byte) => alphabet[byte % 32],
  ).join('');
}
