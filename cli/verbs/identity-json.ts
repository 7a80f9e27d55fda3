/** An identity as JSON: every key is always there. Pure. */
import { type Bound } from '../../access/explain/bound';
import { boundOf } from '../../access/explain/bound-words';
import { type Identity } from '../../access/explain/identity';
import { type SeenCluster } from '../../access/explain/seen-cluster';

export function identityJson(identity: Identity, cluster: SeenCluster): object {
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
    bindings: boundOf(cluster, identity)?.map(bindingJson) ?? null,
  };
}

function bindingJson({ binding, subject }: Bound): object {
  const { kind, name, namespace, roleRef } = binding;
  return {
    kind,
    name,
    namespace: namespace ?? null,
    role: roleRef,
    subject: { kind: subject.kind, name: subject.name },
  };
}
