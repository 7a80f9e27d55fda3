/** The principals of the emulated accounts, and whose credentials they gave out. */
import { type CallerIdentity, callerIdentity, type Credentials, type SessionLimits } from './caller-identity';
import { keyOf, requireIamArn } from './iam-arn';
import { LocalPrincipals } from './principals';
import { type AssumeRoleRequest } from './trust-policy';

export type { CallerIdentity, Credentials } from './caller-identity';

export interface LocalIamOptions {
  /** Default 111122223333. */
  readonly accountId?: string | undefined;
  /** Default us-east-1. */
  readonly region?: string | undefined;
  /** Default aws. */
  readonly partition?: string | undefined;
  /** Milliseconds since the epoch, for the end of sessions; default Date.now. */
  readonly clock?: () => number;
}

export class LocalIam extends LocalPrincipals {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  private readonly callers = new Map<string, CallerIdentity>();
  private sessions = 0;

  constructor(options: LocalIamOptions = {}) {
    super();
    this.accountId = options.accountId ?? '111122223333';
    this.region = options.region ?? 'us-east-1';
    this.partition = options.partition ?? 'aws';
    this.now = options.clock ?? Date.now;
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
   * Credentials whose caller identity is: for a role ARN `assumed-role/<name>/<sessionName>`, for a user or root
   * ARN the ARN itself, for an assumed-role ARN exactly that. Throws for anything else. Default session: `session`.
   */
  credentialsFor(arn: string, sessionName = 'session'): Credentials {
    const { accessKeyId, secretAccessKey, sessionToken } = this.callerFor(arn, sessionName);
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }

  /**
   * A session of the role, as STS AssumeRole makes it, with keys of its own; undefined where the role does not exist or
   * does not let the caller.
   */
  assumeRole(
    roleArn: string,
    request: AssumeRoleRequest,
    limits: Omit<SessionLimits, 'number'>,
  ): CallerIdentity | undefined {
    if (request.caller.mayNothing || !this.letsAssume(roleArn, request)) return undefined;
    this.sessions += 1;
    return this.callerFor(roleArn, request.sessionName, { ...limits, number: this.sessions });
  }

  /** The whole identity that `credentialsFor` gives the credentials of. */
  callerFor(arn: string, sessionName = 'session', limits?: SessionLimits): CallerIdentity {
    const session = /^arn:([^:]+):sts::([0-9]{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn);
    if (session) {
      const [, partition = '', accountId = '', name = '', givenSession = ''] = session;
      return this.callerFor(`arn:${partition}:iam::${accountId}:role/${name}`, givenSession);
    }
    const parsed = requireIamArn(arn);
    const principalArn = this.registered.get(keyOf(parsed)) ?? arn;
    const uniqueId = this.uniqueId(arn);
    const caller = callerIdentity(parsed, { arn, principalArn, uniqueId, sessionName, limits });
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
