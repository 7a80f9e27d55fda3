/** Which RBAC bindings name a caller who is logged in, and which only seem to. Pure. */
import { type LoggedIn, type Step } from './explanation';
import { type SeenBinding } from './seen-cluster';

/** None where RBAC was not looked at. `template`: the user name before templates were filled in. */
export function boundSteps(
  bindings: readonly SeenBinding[] | undefined,
  { userName, groups, policies }: LoggedIn,
  template: string,
): readonly Step[] {
  if (bindings === undefined || groups.includes('system:masters')) return [];
  const steps: Step[] = [];
  for (const binding of bindings)
    for (const { kind, name } of binding.subjects) {
      const isUser = kind === 'User' && name === userName;
      const isGroup = kind === 'Group' && groups.includes(name);
      if (isUser || isGroup) steps.push(step(binding, `by ${isUser ? 'user name' : 'group'} ${name}`));
      else if (kind === 'User' && name === template && template !== userName)
        steps.push({
          ...step(binding, 'RBAC fills in no templates: it matches nobody; bind a group instead'),
          rule: 'template-in-binding',
        });
      else if (kind === 'ServiceAccount' && (name === userName || groups.includes(name)))
        steps.push({
          ...step(binding, `names ${name} as a ServiceAccount: it does not match`),
          rule: 'binding-names-a-service-account',
        });
    }
  const isBound = steps.some(({ rule }) => rule === undefined);
  if (!isBound && policies.length === 0)
    steps.push({
      label: 'bindings',
      text: 'none names this user or its groups',
      note: 'only what all who log in may do',
    });
  return steps;
}

function step({ kind, namespace, name, roleRef }: SeenBinding, note: string): Step {
  const where = namespace === undefined ? name : `${namespace}/${name}`;
  return { label: 'bindings', text: `${kind} ${where} gives ${roleRef.kind} ${roleRef.name}`, note };
}
