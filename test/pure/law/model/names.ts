/** The world of the law by name: one account, one cluster that exists, a handful of principals, the time when it begins. */
import { type Place } from '../../../../access/place';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

export const FIRST_MOMENT = Date.parse('2026-01-01T00:00:00Z');

export const PRINCIPALS = {
  one: `arn:aws:iam::${ACCOUNT}:role/one`,
  two: `arn:aws:iam::${ACCOUNT}:role/team/two`,
  node: `arn:aws:iam::${ACCOUNT}:role/node`,
  admin: `arn:aws:iam::${ACCOUNT}:role/admin`,
  provider: `arn:aws:iam::${ACCOUNT}:role/provider`,
} as const;

export type PrincipalName = keyof typeof PRINCIPALS;

export const PRINCIPAL_NAMES = Object.keys(PRINCIPALS) as readonly PrincipalName[];

/** As aws-auth has it and as ids have it: without path. */
export function plainArn(name: PrincipalName): string {
  return PRINCIPALS[name].replace('/team/', '/');
}

/** Undefined for principals that no resource ever asks for. */
export function principalOf(arn: string): PrincipalName | undefined {
  return PRINCIPAL_NAMES.find((name) => PRINCIPALS[name] === arn || plainArn(name) === arn);
}

/** `prod` exists; of `denied` EKS tells nothing; there is no `gone`. */
export type ClusterName = 'prod' | 'denied' | 'gone';

export const PLACES: readonly Place[] = ['API', 'CONFIG_MAP'];

export type StackName = 'alpha' | 'beta' | 'gamma';
export type LogicalId = 'A' | 'B' | 'C';

/** A logical resource of a stack, as the model calls it: `<stack id>#<logical id>`. */
export type OwnerKey = string;
