/** RBAC bindings beside who logs in: rules about what bindings name. */
import { RIGHTS_MANIFEST } from '../../rights/catalogue';
import { boundTo, titleOf, userNamePattern } from '../bound';
import { type Identity } from '../identity';
import { identitiesIn } from '../identities';
import { withOf } from '../rights';
import { isRoleMissing } from '../seen-bindings';
import { type SeenBinding } from '../seen-cluster';
import { principalKeyOf } from '../who';
import { type View } from '../view';
import { type Draft } from './draft';

export function* bindingRules(view: View): Generator<Draft> {
  const { bindings, kubernetesRoles } = view.cluster;
  if (bindings === undefined) return;
  const identities = identitiesIn(view).filter(({ standing }) => standing !== 'not in force');
  const names = namesOf(identities);
  for (const binding of bindings) {
    for (const { kind, name } of binding.subjects) {
      const draft =
        kind === 'ServiceAccount'
          ? serviceAccount(binding, name, names)
          : subject(binding, kind, name, names);
      if (draft !== undefined) yield draft;
    }
    const named = identities.find(({ userName, groups }) => isNamed(binding, userName, groups));
    if (named !== undefined && isRoleMissing(binding, kubernetesRoles)) yield withoutRole(binding, named.who);
  }
}

interface Names {
  /** User names and groups as they are written, with the first whose they are. */
  readonly exact: ReadonlyMap<string, Identity>;
  readonly userNames: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly templates: readonly {
    readonly userName: string;
    readonly pattern: RegExp;
    readonly who: string;
  }[];
  readonly byPrincipal: ReadonlyMap<string, Identity>;
}

function namesOf(identities: readonly Identity[]): Names {
  const exact = new Map<string, Identity>();
  for (const identity of identities)
    for (const name of [identity.userName ?? '', ...identity.groups])
      if (name !== '' && !exact.has(name)) exact.set(name, identity);
  return {
    exact,
    userNames: new Set(identities.map(({ userName = '' }) => userName)),
    groups: new Set(identities.flatMap(({ groups }) => groups)),
    templates: identities.flatMap(({ userName = '', who }) => {
      const pattern = userNamePattern(userName);
      return pattern === undefined ? [] : [{ userName, pattern, who }];
    }),
    byPrincipal: new Map(identities.map((identity) => [principalKeyOf(identity.principal), identity])),
  };
}

function isNamed(binding: SeenBinding, userName: string | undefined, groups: readonly string[]): boolean {
  return boundTo([binding], userName, groups).some(
    ({ subject: { name } }) => name !== 'system:authenticated',
  );
}

function subject(
  binding: SeenBinding,
  kind: 'User' | 'Group',
  name: string,
  { exact, userNames, groups, templates, byPrincipal }: Names,
): Draft | undefined {
  if (name.includes('{{'))
    return {
      rule: 'template-in-binding',
      sentence: `${titleOf(binding)} names ${JSON.stringify(name)}, and RBAC fills in no templates.`,
      effect: 'The binding matches nobody: bind a group, and give the entry that group.',
    };
  const known = exact.get(name);
  if (known !== undefined && !(kind === 'User' ? userNames : groups).has(name))
    return otherKind(binding, kind, name, known.who);
  if (known !== undefined || templates.some(({ pattern }) => pattern.test(name))) return undefined;
  const dashed = name.replaceAll('@', '-');
  const meant =
    kind === 'User' && dashed !== name ? templates.find(({ pattern }) => pattern.test(dashed)) : undefined;
  if (meant !== undefined)
    return {
      rule: 'template-in-binding',
      sentence: `${titleOf(binding)} names ${JSON.stringify(name)}, and {{SessionName}} turns @ into -.`,
      effect: `${meant.who} gets no rights by it: write ${JSON.stringify(dashed)}, or bind a group.`,
    };
  const owner = name.startsWith('arn:') ? byPrincipal.get(principalKeyOf(name)) : undefined;
  return owner === undefined ? undefined : arn(binding, owner);
}

function otherKind(binding: SeenBinding, kind: 'User' | 'Group', name: string, who: string): Draft {
  const is = kind === 'User' ? 'Group' : 'User';
  return {
    rule: 'binding-kind-differs',
    sentence: `${titleOf(binding)} names ${JSON.stringify(name)} as a ${kind}, and of ${who} it is a ${is}.`,
    effect: `${who} gets no rights by it: write kind: ${is}.`,
  };
}

function arn(binding: SeenBinding, { who, userName, groups }: Identity): Draft {
  const as = userName ? `as ${JSON.stringify(userName)}` : 'with an empty user name';
  return {
    rule: 'binding-names-an-arn',
    sentence: `${titleOf(binding)} names the ARN of ${who}, which is no name in the cluster.`,
    effect: `${who} gets no rights by it: it logs in ${as} ${withOf({ groups, policies: [] })}.`,
  };
}

function serviceAccount(binding: SeenBinding, name: string, { exact }: Names): Draft | undefined {
  const who = exact.get(name)?.who;
  if (who === undefined) return undefined;
  return {
    rule: 'binding-names-a-service-account',
    sentence: `${titleOf(binding)} names ${JSON.stringify(name)} as a ServiceAccount, which ${who} is not.`,
    effect: `${who} gets no rights by it: write kind: User or kind: Group.`,
  };
}

function withoutRole(binding: SeenBinding, who: string): Draft {
  const { kind, name } = binding.roleRef;
  return {
    rule: 'binding-without-role',
    sentence: `${titleOf(binding)} gives ${kind} ${JSON.stringify(name)}, which does not exist.`,
    effect: `${who} gets no rights by it.`,
    ...(name.startsWith('cfn-eks-access:')
      ? { fix: { text: `kubectl apply -f ${RIGHTS_MANIFEST}`, splices: [], givesAccess: true } }
      : {}),
  };
}
