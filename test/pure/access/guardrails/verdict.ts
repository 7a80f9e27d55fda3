/** What the guardrails say of a template, and the words that their tests share. */
import { checkGuardrails, type Guardrails } from '../../../../access/guardrails/guardrails';
import { type AuthenticationMode, type DesiredAccess } from '../../../../access/desired-access';
import { ACCOUNT, at, placed, type Placed } from '../desired';

export const provider = { accountId: ACCOUNT };

/** Key that the refusal names; undefined: allowed; null: cannot be placed in this mode anyway. */
export function verdict(
  desired: DesiredAccess,
  mode: AuthenticationMode,
  guardrails: Guardrails,
): string | undefined | null {
  let placement: Placed;
  try {
    placement = placed(desired, at(mode));
  } catch {
    return null;
  }
  try {
    checkGuardrails(desired, placement, guardrails, provider);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'AccessDenied' });
    const [, key] =
      /; its owner can allow it with (\w+) in EKS_ACCESS_GUARDRAILS$/.exec((error as Error).message) ?? [];
    return key ?? 'no key named';
  }
}

export const ADMIN = 'AmazonEKSClusterAdminPolicy';
export const ADMIN_ARN = `arn:aws:eks::aws:cluster-access-policy/${ADMIN}`;
export const INSTANCE = 'system:node:{{EC2PrivateDNSName}}';
export const NODES = ['system:bootstrappers', 'system:nodes'];
