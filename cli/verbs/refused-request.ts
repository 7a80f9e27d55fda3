/** What RBAC refuses in an error, held against the access policies of the caller. Pure. */
import { inViewOf } from '../../access/explain/asked-in-error';
import { type Explanation, type LoggedIn, type Step } from '../../access/explain/explanation';
import { PUBLISHED_RULES } from '../../access/policies/published-rules';
import { allows } from '../../access/policies/rule';

/** Of `cannot list resource "pods" in API group "" in the namespace "dev"`; `at the cluster scope` has no namespace. */
const REQUEST =
  /cannot (\w+) resource \\?"([^"\\]+)\\?" in API group \\?"([^"\\]*)\\?"(?: in the namespace \\?"([^"\\]+)| at the cluster)/;

/** With what the error proves of the caller, and why access policies do not allow what it refuses. */
export function inViewOfError(text: string, explanation: Explanation): Explanation {
  const seen = inViewOf(text, explanation);
  // Of another user the policies of this one tell nothing.
  if (seen !== explanation || seen.as === undefined) return seen;
  return { ...seen, steps: [...seen.steps, ...refusalSteps(text, seen.as)] };
}

/** Why each of the policies does not allow it, as far as EKS publishes their rules. */
function refusalSteps(text: string, { policies }: LoggedIn): readonly Step[] {
  const [, verb, resource = '', apiGroup = '', namespace] = REQUEST.exec(text) ?? [];
  if (verb === undefined) return [];
  return policies.flatMap((policy): readonly Step[] => {
    const [, name = '', scope] = /^(\S+)(?: in namespaces? (.+))?$/.exec(policy) ?? [];
    const rules = Object.hasOwn(PUBLISHED_RULES, name) ? PUBLISHED_RULES[name] : undefined;
    const isElsewhere = scope !== undefined && !scope.split(', ').some((each) => isIn(each, namespace));
    if (isElsewhere) {
      const asked = namespace === undefined ? 'the whole cluster' : `namespace ${namespace}`;
      return [{ label: 'error', text: `asks of ${asked}, and ${name} is given in ${scope} alone`, note: '' }];
    }
    if (rules === undefined || allows(rules, { apiGroup, resource, verb })) return [];
    const what = apiGroup === '' ? resource : `${resource}.${apiGroup}`;
    return [
      {
        label: 'error',
        text: `${name} does not allow ${verb} of ${what}`,
        note: `what it allows: eks-access policies ${name}`,
      },
    ];
  });
}

/** A namespace of a scope may end in a wildcard. */
function isIn(scope: string, namespace: string | undefined): boolean {
  if (namespace === undefined) return false;
  return scope.endsWith('*') ? namespace.startsWith(scope.slice(0, -1)) : scope === namespace;
}
