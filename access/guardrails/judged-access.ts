/** What a mapping gives, whichever way it is written: what was asked for and what it comes to, together. Pure. */
import { type Placement } from '../placement';
import { defaultUserName } from '../principal';
import { propertyNames, type PropertyNames } from '../property-names';
import { type DesiredAccess } from '../desired-access';
import { beside, type GrantedRight, grantedBy } from '../rights/granted';

export interface JudgedAccess {
  readonly names: PropertyNames;
  readonly userNames: readonly string[];
  /** The name that the principal has unless it is given another; undefined for a whole account. */
  readonly ownUserName: string | undefined;
  /** Without those that stand for rights; what a template gives as a group is a group, whatever it is called. */
  readonly groups: readonly string[];
  readonly rights: readonly GrantedRight[];
  readonly policies: readonly {
    /** Without the ARN around it. */
    readonly name: string;
    readonly scope: 'cluster' | 'namespace';
    readonly namespaces: readonly string[];
  }[];
  readonly nodeType: string | undefined;
}

export function judgedAccessOf(
  desired: DesiredAccess,
  { effective }: Pick<Placement, 'effective'>,
): JudgedAccess {
  const { principal } = desired;
  const types = [desired.type, effective.type].filter((type) => type !== undefined && type !== 'STANDARD');
  const granted = beside(desired, effective);
  const named = (desired.rights ?? []).flatMap(grantedBy);
  const asked = desired.accessPolicies.map(({ policy, ...rest }) => ({ policyArn: policy, ...rest }));
  return {
    names: propertyNames(desired.kind),
    userNames: [desired.userName, effective.userName].filter((name) => name !== undefined),
    ownUserName: principal.type === 'account' ? undefined : defaultUserName(principal),
    groups: [...desired.groups, ...granted.filter((item) => typeof item === 'string')],
    rights: [...named, ...granted.filter((item) => typeof item === 'object')],
    policies: [...asked, ...effective.policies].map(({ policyArn, scope, namespaces }) => ({
      name: policyArn.replace(/^arn:[^:]*:eks::aws:cluster-access-policy\//, ''),
      scope,
      namespaces,
    })),
    nodeType: types[0],
  };
}
