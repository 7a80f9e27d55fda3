/** Groups that entries give and no binding names. Only where all bindings were seen. */
import { RIGHTS_MANIFEST } from '../../rights/catalogue';
import { rightOf } from '../../rights/granted';
import { groupsNamed } from '../bound';
import { policyText, quoted } from '../rights';
import { identitiesIn } from '../identities';
import { listOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';
import { namesNoRight } from './named-rights';

/** Bound by Kubernetes and EKS themselves, or asked by no binding. */
const BUILT_IN =
  /^(?:system:(?:masters|authenticated|unauthenticated|nodes|bootstrappers.*|node-proxier)|eks:.*)$/;

export function* unboundGroupRules(view: View): Generator<Draft> {
  const { bindings, bindingsMissing } = view.cluster;
  if (bindings === undefined || bindingsMissing !== undefined) return;
  const bound = groupsNamed(bindings);
  for (const { groups, who, from, principal, standing, policies } of identitiesIn(view))
    for (const group of groups) {
      if (standing === 'not in force' || bound.has(group) || BUILT_IN.test(group) || group.includes('{{'))
        continue;
      // Another rule says that there is nothing to bind.
      if (namesNoRight(group)) continue;
      const others = policies.map(policyText);
      yield {
        rule: 'group-bound-nowhere',
        // Access policies need no binding.
        level: others.length > 0 ? 'info' : undefined,
        principal,
        span: from.place === 'aws-auth' ? from.span : undefined,
        sentence: `No RoleBinding or ClusterRoleBinding names the group ${JSON.stringify(group)}.`,
        effect:
          others.length > 0
            ? `${who} gets nothing by the group; ${listOf(others)} ${others.length > 1 ? 'hold' : 'holds'} without it.`
            : `${who} gets no rights by it.`,
        fix: { ...bindingOf(group), splices: [], givesAccess: true },
      };
    }
}

/** RoleBindings of named rights are made by the provider; one of any other owner would be refused by it. */
function bindingOf(group: string): { readonly text: string; readonly note: string } {
  const right = rightOf(group);
  if (!right)
    return {
      text: `kubectl create clusterrolebinding ${nameFor(group)} --clusterrole=view --group=${quoted(group)}`,
      note: 'or the role that it should have',
    };
  const again = `then change Revision of the mapping: the provider binds it in ${right.namespace ?? ''}`;
  return {
    text: `kubectl apply -f ${RIGHTS_MANIFEST}`,
    note: right.namespace === undefined ? 'it binds the named rights of the whole cluster' : again,
  };
}

/** Of an object. */
function nameFor(group: string): string {
  return group.replaceAll(/[^\w.:-]/g, '-').replace(/^-+/, '') || 'NAME';
}
