/** Groups and bindings that bear the names of named rights and are not what the provider makes, and who else can give those groups. */
import { PROVIDER_GROUP } from '../../contract';
import { bindingOf, clusterRoleOf, RIGHTS, RIGHTS_MANIFEST, type RightsName } from '../../rights/catalogue';
import { rightOf } from '../../rights/granted';
import { titleOf } from '../bound';
import { identitiesIn } from '../identities';
import { type SeenBinding } from '../seen-cluster';
import { type View } from '../view';
import { type Draft } from './draft';

const rule = 'named-right-broken';

/** Looks like one of ours, and names no right that there is. */
export function namesNoRight(group: string): boolean {
  return group.startsWith('cfn-eks-access:') && rightOf(group) === undefined;
}

/** The right whose name the binding bears while it gives another role. */
export function brokenRight({ name, roleRef }: SeenBinding): RightsName | undefined {
  return RIGHTS.find(
    (right) =>
      bindingOf(right) === name && (roleRef.kind !== 'ClusterRole' || roleRef.name !== clusterRoleOf(right)),
  );
}

export function* namedRightRules(view: View): Generator<Draft> {
  yield* clashingProviders(view);
  const { bindings } = view.cluster;
  if (bindings === undefined) return;
  for (const { groups, who, from, principal, standing } of identitiesIn(view))
    for (const group of groups)
      if (standing !== 'not in force' && namesNoRight(group))
        yield {
          rule,
          principal,
          span: from.place === 'aws-auth' ? from.span : undefined,
          sentence: `The group ${JSON.stringify(group)} looks like a named right, and there is none of this name.`,
          effect: `${who} gets nothing by it that the provider has bound: give Rights in a template.`,
        };
  for (const binding of bindings) {
    const { kind, name, namespace, roleRef } = binding;
    const right = brokenRight(binding);
    if (right === undefined) continue;
    const where = namespace === undefined ? '' : ` -n ${namespace}`;
    yield {
      rule,
      sentence: `${titleOf(binding)} gives ${roleRef.kind} ${JSON.stringify(roleRef.name)}, not the named right ${right}.`,
      effect: 'Its holders have other rights than they were given, and the provider refuses to give more.',
      fix: {
        text: `kubectl delete ${kind.toLowerCase()} ${name}${where}`,
        note: `then ${namespace === undefined ? `kubectl apply -f ${RIGHTS_MANIFEST}` : 'change Revision of the mappings with it'}`,
        splices: [],
        givesAccess: true,
      },
    };
  }
}

/** A prefix that lets tokens name the groups that begin with `PROVIDER_GROUP`; of the groups of this product alone. */
function mayNameOurs(prefix: string): boolean {
  return PROVIDER_GROUP.startsWith(prefix) || prefix.startsWith(PROVIDER_GROUP);
}

function* clashingProviders({ cluster }: View): Generator<Draft> {
  for (const { name, groupsClaim, groupsPrefix = '' } of cluster.identityProviders ?? []) {
    if (groupsClaim === undefined || groupsClaim === '' || !mayNameOurs(groupsPrefix)) continue;
    const quoted = JSON.stringify(name);
    yield {
      rule: 'oidc-prefix',
      sentence:
        groupsPrefix === ''
          ? `The OIDC identity provider ${quoted} puts no prefix before the groups of its tokens.`
          : `The OIDC identity provider ${quoted} puts ${JSON.stringify(groupsPrefix)} before the groups of its tokens.`,
      effect: `Who fills in its claim ${JSON.stringify(groupsClaim)} can give anybody the groups of named rights: associate it again with another groupsPrefix.`,
    };
  }
}
