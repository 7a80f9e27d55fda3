/**
 * The principals of the emulated accounts and their credentials. Nothing here is random: the same principal has
 * the same keys in every run, so that a run can be replayed.
 */
import { createHash } from 'node:crypto';
import { keyOf, parseIamArn, requireIamArn } from './iam-arn';

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
}

export interface LocalIamOptions {
  /** Default 111122223333. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default aws. */
  readonly partition?: string;
}

const ssoPath = /^\/aws-reserved\/sso\.amazonaws\.com\//;

export class LocalIam {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  private readonly registered = new Map<string, string>();
  /** Canonical principal → how many more lookups miss it. */
  private readonly missing = new Map<string, number>();
  private readonly generations = new Map<string, number>();
  private readonly callers = new Map<string, CallerIdentity>();

  constructor(options: LocalIamOptions = {}) {
    this.accountId = options.accountId ?? '111122223333';
    this.region = options.region ?? 'us-east-1';
    this.partition = options.partition ?? 'aws';
  }

  /** ARN of a role of this account; `name` may carry a path (`team/dev/Admin`). */
  roleArn(name: string): string {
    return `arn:${this.partition}:iam::${this.accountId}:role/${name}`;
  }

  /** ARN of a user of this account; `name` may carry a path. */
  userArn(name: string): string {
    return `arn:${this.partition}:iam::${this.accountId}:user/${name}`;
  }

  /**
   * Creates the role or user under exactly this spelling, so that its other spellings are invalid (GT-74, GT-75).
   * After `removePrincipal` it comes back with another unique id, as a recreated role does (GT-79).
   */
  addPrincipal(arn: string): void {
    const key = keyOf(requireIamArn(arn));
    this.registered.set(key, arn);
    this.missing.delete(key);
  }

  /** Deletes the role or user: it does not exist until it is added again. */
  removePrincipal(arn: string): void {
    const key = keyOf(requireIamArn(arn));
    this.registered.delete(key);
    this.missing.set(key, Infinity);
    this.generations.set(key, (this.generations.get(key) ?? 0) + 1);
  }

  /**
   * The principal is not to be found: for good, or (GT-74, a role that has not spread yet) for the next `lookups`
   * lookups by EKS.
   */
  declareMissing(arn: string, lookups = Infinity): void {
    this.missing.set(keyOf(requireIamArn(arn)), lookups);
  }

  /** Whether EKS would find the principal now. */
  principalExists(arn: string): boolean {
    const parsed = parseIamArn(arn);
    if (!parsed) return false;
    const key = keyOf(parsed);
    if ((this.missing.get(key) ?? 0) > 0) return false;
    const spelling = this.registered.get(key);
    if (spelling !== undefined) return spelling === arn;
    return !(
      parsed.type === 'role' &&
      parsed.name.startsWith('AWSReservedSSO_') &&
      !ssoPath.test(parsed.path)
    );
  }

  /** What EKS does with a principal it is given: its unique id, or undefined; counts as one lookup. */
  lookUp(arn: string): string | undefined {
    const exists = this.principalExists(arn);
    const parsed = parseIamArn(arn);
    if (!parsed) return undefined;
    const left = this.missing.get(keyOf(parsed));
    if (left !== undefined) this.missing.set(keyOf(parsed), left - 1);
    return exists ? this.uniqueId(arn) : undefined;
  }

  /** `AROA…` or `AIDA…`, the same for every spelling of the ARN; another one after the principal is recreated. */
  uniqueId(arn: string): string {
    const parsed = requireIamArn(arn);
    if (parsed.type === 'root') return parsed.accountId;
    const key = keyOf(parsed);
    return (
      (parsed.type === 'role' ? 'AROA' : 'AIDA') + digest(`${key}#${this.generations.get(key) ?? 0}`, 17)
    );
  }

  /**
   * Credentials whose caller identity is: for a role ARN `assumed-role/<name>/<sessionName>`, for a user or root
   * ARN the ARN itself, for an assumed-role ARN exactly that. Throws for anything else. Default session: `session`.
   */
  credentialsFor(arn: string, sessionName = 'session'): Credentials {
    const { accessKeyId, secretAccessKey, sessionToken } = this.callerFor(arn, sessionName);
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }

  /** The whole identity behind `credentialsFor`. */
  callerFor(arn: string, sessionName = 'session'): CallerIdentity {
    const session = /^arn:([^:]+):sts::([0-9]{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
    if (session) {
      const [, partition = '', accountId = '', name = '', givenSession = ''] = session;
      return this.callerFor(`arn:${partition}:iam::${accountId}:role/${name}`, givenSession);
    }
    const parsed = requireIamArn(arn);
    const { partition, accountId, type, name } = parsed;
    const principalArn = this.registered.get(keyOf(parsed)) ?? arn;
    const id = this.uniqueId(arn);
    const isRole = type === 'role';
    const seed = `${principalArn} ${isRole ? sessionName : ''} ${id}`;
    const caller: CallerIdentity = {
      arn: isRole ? `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}` : arn,
      accountId,
      userId: isRole ? `${id}:${sessionName}` : id,
      accessKeyId: (isRole ? 'ASIA' : 'AKIA') + digest(`key ${seed}`, 16),
      secretAccessKey: createHash('sha256').update(`secret ${seed}`).digest('base64').slice(0, 40),
      ...(isRole ? { sessionToken: createHash('sha512').update(`token ${seed}`).digest('base64') } : {}),
      principalArn,
    };
    this.callers.set(caller.accessKeyId, caller);
    return caller;
  }

  /**
   * From now on whoever comes with an access key that `credentialsFor` never gave out is taken for this principal, and
   * the signature is not looked at: for people who point their own tools here with whatever credentials they have.
   */
  takeStrangersFor(arn: string, sessionName = 'local'): void {
    this.strangers = this.callerFor(arn, sessionName);
  }

  /** Who strangers are taken for; undefined: they are refused. */
  strangers: CallerIdentity | undefined;

  /** The owner of an access key that `credentialsFor` gave out. */
  identify(accessKeyId: string): CallerIdentity | undefined {
    return this.callers.get(accessKeyId);
  }
}

function digest(text: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return Array.from(
    createHash('sha256').update(text).digest().subarray(0, length),
    (byte) => alphabet[byte % 32],
  ).join('');
}
