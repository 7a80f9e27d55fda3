/** An identity mapping: one entry of aws-auth, in the authenticator's words (GT-12). Types only. */

/** The keys of `data` that the authenticator reads, in its order of lookup (GT-1, GT-25). */
export const SECTIONS = ['mapRoles', 'mapUsers', 'mapAccounts'] as const;
export type Section = (typeof SECTIONS)[number];

/** `data` of the ConfigMap: each section is one string. */
export type AwsAuthData = Readonly<Record<string, string>>;

export interface PrincipalMapping {
  readonly section: 'mapRoles' | 'mapUsers';
  /** Value of `rolearn` or `userarn`; written without path for roles (GT-30). */
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

export interface AccountMapping {
  readonly section: 'mapAccounts';
  readonly accountId: string;
}

export type IdentityMapping = PrincipalMapping | AccountMapping;
