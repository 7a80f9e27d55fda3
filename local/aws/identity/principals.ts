/** The roles and users of the emulated accounts: which of them exist, under which spelling, and who may assume a role. */
import { digest } from './caller-identity';
import { keyOf, parseIamArn, requireIamArn } from './iam-arn';
import { type AssumeRoleRequest, trusts } from './trust-policy';

const ssoPath = /^\/aws-reserved\/sso\.amazonaws\.com\//;

export interface LocalRole {
  readonly arn: string;
  /** `AROA…` */
  readonly roleId: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export abstract class LocalPrincipals {
  protected readonly registered = new Map<string, string>();
  private readonly createdAt = new Map<string, number>();
  /** Canonical principal → how many more lookups miss it. */
  private readonly missing = new Map<string, number>();
  private readonly generations = new Map<string, number>();
  private readonly trustPolicies = new Map<string, unknown>();

  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;

  /**
   * Creates the role or user under exactly this spelling, so that its other spellings are invalid (GT-74, GT-75).
   * After `removePrincipal` it comes back with another unique id, as a recreated role does (GT-79). `trustPolicy`: who
   * may assume the role; left out: as it is.
   */
  addPrincipal(arn: string, trustPolicy?: unknown): void {
    const key = keyOf(requireIamArn(arn));
    if (!this.registered.has(key)) this.createdAt.set(key, this.now());
    this.registered.set(key, arn);
    this.missing.delete(key);
    if (trustPolicy !== undefined) this.trustPolicies.set(key, trustPolicy);
  }

  /** The trust policy of a role, as an administrator edits it. */
  setTrustPolicy(roleArn: string, policy: unknown): void {
    this.trustPolicies.set(keyOf(requireIamArn(roleArn)), policy);
  }

  /**
   * Whether there is such a role, and its trust policy lets the caller. A role that no template made trusts its account,
   * until `setTrustPolicy`.
   */
  letsAssume(roleArn: string, request: AssumeRoleRequest): boolean {
    const role = parseIamArn(roleArn);
    if (role?.type !== 'role' || !this.principalExists(roleArn)) return false;
    const ownAccount = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: role.accountId } };
    return trusts(this.trustPolicies.get(keyOf(role)) ?? { Statement: ownAccount }, request);
  }

  /** Deletes the role or user: it does not exist until it is added again. */
  removePrincipal(arn: string): void {
    const key = keyOf(requireIamArn(arn));
    this.registered.delete(key);
    this.trustPolicies.delete(key);
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

  /** The roles of an account that were created here; IAM itself knows of them at once. */
  rolesOf(accountId: string): readonly LocalRole[] {
    return [...this.registered]
      .filter(([key]) => key.startsWith(`${accountId}:role/`) && this.missing.get(key) !== Infinity)
      .map(([key, arn]) => ({
        arn,
        roleId: this.uniqueId(arn),
        createdAt: this.createdAt.get(key) ?? 0,
      }));
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
}
