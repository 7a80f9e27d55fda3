/** An identity as JSON: every key is always there. Pure. */
import { type Bound } from '../../access/explain/bound';
import { boundOf } from '../../access/explain/bound-words';
import { type Identity } from '../../access/explain/identity';
import { rightOf } from '../../access/rights/granted';
import { inWords } from '../../access/rights/in-words';
import { type SeenCluster } from '../../access/explain/seen-cluster';

export function identityJson(identity: Identity, cluster: SeenCluster): object {
  const { who, principal, userName, groups, policies, type, from, owner, standing, reason } = identity;
  return {
    who,
    principal,
    userName: userName ?? null,
    groups,
    rights: groups.flatMap(rightJson),
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

/** Of a group that stands for a named right. */
function rightJson(group: string): readonly object[] {
  const right = rightOf(group);
  if (right === undefined) return [];
  const { name, namespace } = right;
  return [{ group, name, namespace: namespace ?? null, words: inWords(group) }];
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
