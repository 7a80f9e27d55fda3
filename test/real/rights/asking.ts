/** What a bearer token may do, by the API server's own word: request by request, and the whole list of its rules. */
import { Agent } from 'node:https';
import { type PolicyRule, type Tuple, tuplesOf } from '../../../access/policies/rule';
import { type DoorOptions, send } from '../rig/kubernetes-door';

const authorization = { apiVersion: 'authorization.k8s.io/v1' };
const reviews = '/apis/authorization.k8s.io/v1';

/** `create /pods/exec`, `bind rbac.authorization.k8s.io/clusterroles view`. */
export function textOf({ apiGroup, resource, verb, name }: Tuple): string {
  return `${verb} ${apiGroup}/${resource}${name === undefined ? '' : ` ${name}`}`;
}

export function textsOf(rules: readonly PolicyRule[]): readonly string[] {
  return tuplesOf(rules).map(textOf).sort();
}

/** As the API server writes them: what is empty is left out. */
export function rulesOf(written: unknown): readonly PolicyRule[] {
  return ((written ?? []) as readonly Partial<PolicyRule>[]).map((rule) => ({
    apiGroups: rule.apiGroups ?? [],
    resources: rule.resources ?? [],
    resourceNames: rule.resourceNames,
    nonResourceURLs: rule.nonResourceURLs ?? [],
    verbs: rule.verbs ?? [],
  }));
}

export interface Asker {
  /** Those of `tuples` that are allowed, as texts. `namespace` undefined: in the whole cluster. */
  allowed(tuples: readonly Tuple[], namespace?: string): Promise<readonly string[]>;
  /** Every rule in force in that namespace, those that everybody has included (`kubectl auth can-i --list`). */
  rules(namespace: string): Promise<readonly PolicyRule[]>;
  close(): void;
}

export function askerOf({ endpoint, authority }: DoorOptions, token: string): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const door = { endpoint, token, agent, ...(authority === undefined ? {} : { authority }) };
  const review = async (kind: string, spec: object): Promise<Record<string, unknown>> => {
    const path = `${reviews}/${kind.toLowerCase()}s`;
    const { status, body } = await send(door, 'POST', path, { body: { ...authorization, kind, spec } });
    if (status !== 201) throw new Error(`${kind} was answered ${status}: ${JSON.stringify(body)}`);
    return (body as { readonly status: Record<string, unknown> }).status;
  };
  return {
    allowed: async (tuples, namespace) => {
      const answers = await Promise.all(
        tuples.map(async (tuple) => {
          const [resource = '', subresource] = tuple.resource.split('/');
          const resourceAttributes = {
            group: tuple.apiGroup,
            resource,
            verb: tuple.verb,
            ...(subresource === undefined ? {} : { subresource }),
            ...(tuple.name === undefined ? {} : { name: tuple.name }),
            ...(namespace === undefined ? {} : { namespace }),
          };
          const { allowed } = await review('SelfSubjectAccessReview', { resourceAttributes });
          return allowed === true ? [textOf(tuple)] : [];
        }),
      );
      return answers.flat().sort();
    },
    rules: async (namespace) => {
      const { resourceRules, nonResourceRules } = await review('SelfSubjectRulesReview', { namespace });
      return [...rulesOf(resourceRules), ...rulesOf(nonResourceRules)];
    },
    close: () => agent.destroy(),
  };
}
