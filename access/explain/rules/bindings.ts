/** RBAC bindings beside who logs in: rules that need the bindings, all of them. */
import { identitiesIn } from '../identities';
import { type SeenBinding } from '../seen-cluster';
import { whoOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';

/** Bound by Kubernetes and EKS themselves, or asked by no binding. */
const BUILT_IN =
  /^(?:system:(?:masters|authenticated|unauthenticated|nodes|bootstrappers.*|node-proxier)|eks:.*)$/;

export function* bindingRules(view: View): Generator<Draft> {
  const { bindings } = view.cluster;
  if (bindings === undefined) return;
  const identities = identitiesIn(view).filter(({ standing }) => standing !== 'not in force');
  const named = new Map<string, string>();
  for (const { userName, groups, who } of identities)
    for (const name of [userName ?? '', ...groups]) if (name !== '' && !named.has(name)) named.set(name, who);
  for (const binding of bindings)
    for (const { kind, name } of binding.subjects) {
      if (/\{\{/.test(name) && kind !== 'ServiceAccount') yield template(binding, name);
      const who = kind === 'ServiceAccount' ? named.get(name) : undefined;
      if (who !== undefined) yield serviceAccount(binding, name, who);
    }
  const bound = new Set(
    bindings.flatMap(({ subjects }) =>
      subjects.filter(({ kind }) => kind === 'Group').map(({ name }) => name),
    ),
  );
  for (const { groups, who, from, principal } of identities)
    for (const group of groups) {
      if (bound.has(group) || BUILT_IN.test(group) || group.includes('{{')) continue;
      yield {
        rule: 'group-bound-nowhere',
        principal,
        span: from.place === 'aws-auth' ? from.span : undefined,
        sentence: `No RoleBinding or ClusterRoleBinding names the group ${JSON.stringify(group)}.`,
        effect: `${who} gets no rights by it.`,
        fix: {
          text: `kubectl create clusterrolebinding ${group.replaceAll(/[^\w.:-]/g, '-')} --clusterrole=view --group=${JSON.stringify(group)}`,
          note: 'or the role that it should have',
          splices: [],
          givesAccess: true,
        },
      };
    }
}

function template(binding: SeenBinding, name: string): Draft {
  return {
    rule: 'template-in-binding',
    sentence: `${titleOf(binding)} names ${JSON.stringify(name)}, and RBAC fills in no templates.`,
    effect: 'The binding matches nobody: bind a group, and give the entry that group.',
  };
}

function serviceAccount(binding: SeenBinding, name: string, who: string): Draft {
  return {
    rule: 'binding-names-a-service-account',
    sentence: `${titleOf(binding)} names ${JSON.stringify(name)} as a ServiceAccount, which ${whoOf(who)} is not.`,
    effect: `${who} gets no rights by it: write kind: User or kind: Group.`,
  };
}

function titleOf({ kind, namespace, name }: SeenBinding): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
