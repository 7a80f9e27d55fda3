/** An identity as JSON: every key is always there. Pure. */
import { type Identity } from '../../access/explain/identity';

export function identityJson(identity: Identity): object {
  const { who, principal, userName, groups, policies, type, from, owner, standing, reason } = identity;
  return {
    who,
    principal,
    userName: userName ?? null,
    groups,
    policies,
    type: type ?? null,
    from:
      from.place === 'aws-auth'
        ? { place: from.place, section: from.section, index: from.index, ...from.span.from }
        : { place: from.place },
    owner: owner ?? null,
    standing,
    reason:
      reason === undefined ? null : { rule: reason.rule, clause: reason.clause, line: reason.line ?? null },
  };
}
