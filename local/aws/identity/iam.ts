/** The principals of the emulated accounts, and whose credentials they gave out. */
import { type CallerIdentity, callerIdentity, type Credentials, digest } from './caller-identity';
import { keyOf, parseIamArn, requireIamArn } from './iam-arn';

export type { CallerIdentity, Credentials } from './caller-identity';

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

  /** The whole identity that `credentialsFor` gives the credentials of. */
  callerFor(arn: string, sessionName = 'session'): CallerIdentity {
    const session = /^arn:([^:]+):sts::([0-9]{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
    if (session) {
      const [, partition = '', accountId = '', name = '', givenSession = ''] = session;
      return this.callerFor(`arn:${partition}:iam::${accountId}:role/${name}`, givenSession);
    }
    const parsed = requireIamArn(arn);
    const principalArn = this.registered.get(keyOf(parsed)) ?? arn;
    const caller = callerIdentity(parsed, { arn, principalArn, uniqueId: this.uniqueId(arn), sessionName });
    this.callers.set(caller.accessKeyId, caller);
    return caller;
  }

  /**
   * From now on a caller with an access key that `credentialsFor` never gave out counts as this principal, and the
   * signature is not looked at: so that your own tools work here with the credentials that they have.
   */
  treatUnknownKeysAs(arn: string, sessionName = 'local'): void {
    this.unknownCaller = this.callerFor(arn, sessionName);
  }

  /** The principal that a caller with an unknown access key counts as; undefined: such a caller is refused. */
  unknownCaller: CallerIdentity | undefined;

  /** The owner of an access key that `credentialsFor` gave out. */
  identify(accessKeyId: string): CallerIdentity | undefined {
    return this.callers.get(accessKeyId);
  }
}
