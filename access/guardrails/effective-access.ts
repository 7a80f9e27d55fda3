/** What a mapping gives, whichever way it is written: what was asked for and what it comes to, together. Pure. */
import { type Placement } from '../placement';
import { propertyNames, type PropertyNames } from '../property-names';
import { type DesiredAccess } from '../desired-access';

export interface Grant {
  readonly names: PropertyNames;
  readonly userNames: readonly string[];
  readonly groups: readonly string[];
  readonly policies: readonly { readonly name: string; readonly isClusterWide: boolean }[];
  readonly nodeType: string | undefined;
}

export function grantOf(desired: DesiredAccess, { effective }: Pick<Placement, 'effective'>): Grant {
  const types = [desired.type, effective.type].filter((type) => type !== undefined && type !== 'STANDARD');
  const asked = desired.accessPolicies.map(({ policy, ...rest }) => ({ policyArn: policy, ...rest }));
  return {
    names: propertyNames(desired.kind),
    userNames: [desired.userName, effective.userName].filter((name) => name !== undefined),
    groups: [...desired.groups, ...effective.groups],
    policies: [...asked, ...effective.policies].map((policy) => ({
      name: policyName(policy.policyArn),
      // `*` as a namespace is the whole cluster under another name.
      isClusterWide:
        policy.scope === 'cluster' || policy.namespaces.some((namespace) => /^\*+$/.test(namespace)),
    })),
    nodeType: types[0],
  };
}

/** Of an ARN of any partition, a bare name or a pattern of either. */
export function policyName(policy: string): string {
  return policy.replace(/^arn:[^:]*:eks::aws:cluster-access-policy\//, '');
}
