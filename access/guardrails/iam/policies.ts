/** Guardrails as the IAM policies of a role that is to do no more than they allow. Pure. */
import { type Guardrails } from '../../../schemas/generated/types';
import { faultOf } from '../parse-guardrails';
import { allowedStatements } from './execution-policy';
import { deniedStatements } from './fences';
import { termsOf } from './guardrail-terms';
import { knownNames } from './names';
import { inPlace, type Place } from './place';
import { packPolicies } from './policy-size';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly unknown[];
}

export interface Roles {
  /** ARNs of the node roles that may be passed to EKS. */
  readonly nodeRoles: readonly string[];
  /** ARNs of the roles as which named clusters are reached. */
  readonly clusterRoles: readonly string[];
}

export type IamPolicies =
  | { readonly allow: readonly PolicyDocument[]; readonly deny: readonly PolicyDocument[] }
  /** A clause that names the key, or says that they are too many for IAM. */
  | { readonly fault: string };

/** `guardrails`: a value as of `EKS_ACCESS_GUARDRAILS`. Each document fits a managed policy. */
export function iamPolicies(guardrails: unknown, place: Place, roles: Roles): IamPolicies {
  const fault = faultOf(guardrails);
  if (fault !== undefined) return { fault };
  const terms = termsOf(guardrails as Guardrails, { names: knownNames, ...roles });
  const packed = (statements: readonly unknown[]): readonly PolicyDocument[] =>
    packPolicies(inPlace(statements, place) as readonly unknown[]).map((Statement) => ({
      Version: '2012-10-17',
      Statement,
    }));
  try {
    return { allow: packed(allowedStatements(terms)), deny: packed(deniedStatements(terms)) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}
