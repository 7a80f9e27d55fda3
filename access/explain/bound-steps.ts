/** The bindings of a caller who is logged in, and those that only seem to name it, as lines of the reasoning. Pure. */
import { boundTo, EVERYBODY, groupsNamed, roleIn } from './bound';
import { type Caller } from './caller';
import { type LoggedIn, type Step } from './explanation';
import { inWords } from '../rights/in-words';
import { brokenRight } from './rules/named-rights';
import { isRoleMissing } from './seen-bindings';
import { type SeenBinding, type SeenCluster } from './seen-cluster';
import { principalKeyOf } from './who';

type SeenRbac = Pick<SeenCluster, 'bindings' | 'bindingsMissing' | 'kubernetesRoles'>;

interface BoundLogin {
  readonly as: LoggedIn | undefined;
  /** The user name before templates were filled in. */
  readonly template: string;
  /** Whose access policies were not seen. */
  readonly unseenOf?: string | undefined;
}

/** None where RBAC was not looked at. */
export function boundSteps(
  { bindings, bindingsMissing, kubernetesRoles }: SeenRbac,
  { as, template, unseenOf }: BoundLogin,
  { canonical }: Pick<Caller, 'canonical'>,
): readonly Step[] {
  if (as === undefined || bindings === undefined || as.groups.includes('system:masters')) return [];
  const { userName, groups, policies } = as;
  const bound = boundTo(bindings, userName, groups);
  const steps = bound.map(({ binding, subject: { kind, name }, isOfOneSession }): Step => {
    const by = kind === 'Group' ? `group ${name}` : `user name ${name}`;
    const who = name === EVERYBODY ? 'as everybody who logs in' : `for ${by}`;
    if (isRoleMissing(binding, kubernetesRoles))
      return {
        ...step(binding, `gives nothing: there is no such ${binding.roleRef.kind}`),
        rule: 'binding-without-role',
      };
    const right = brokenRight(binding);
    if (right !== undefined)
      return { ...step(binding, `is not what named right ${right} gives`), rule: 'named-right-broken' };
    return step(binding, `${who}${isOfOneSession ? ', if that is the session' : ''}`);
  });
  const named = groupsNamed(bindings);
  const unbound = groups.flatMap((group): readonly Step[] => {
    const words = inWords(group);
    if (words === undefined || bindingsMissing !== undefined || named.has(group)) return [];
    const note = `nothing binds its group: eks-access doctor says what to do`;
    return [{ label: 'bindings', text: `none gives ${words}`, note, rule: 'group-bound-nowhere' }];
  });
  const seeming = bindings.flatMap((binding) =>
    binding.subjects.flatMap((subject): readonly Step[] => {
      const why = onlySeems(subject, { userName, groups }, template, canonical);
      return why === undefined ? [] : [{ ...step(binding, why.note), rule: why.rule }];
    }),
  );
  const isBound = bound.some(({ isOfOneSession }) => !isOfOneSession);
  const none: Step = {
    label: 'bindings',
    text: `none${bindingsMissing === undefined ? '' : ' that was seen'} names this user or its groups`,
    note:
      policies.length === 0 && unseenOf === undefined
        ? 'only what all who log in may do'
        : 'only what its access policies allow',
  };
  return [...steps, ...unbound, ...seeming, ...(isBound || unbound.length > 0 ? [] : [none])];
}

function onlySeems(
  { kind, name }: SeenBinding['subjects'][number],
  { userName, groups }: Pick<LoggedIn, 'userName' | 'groups'>,
  template: string,
  canonical: string,
): Required<Pick<Step, 'note' | 'rule'>> | undefined {
  if (kind === 'ServiceAccount')
    return name === userName || groups.includes(name)
      ? {
          note: `names ${name} as a ServiceAccount: it does not match`,
          rule: 'binding-names-a-service-account',
        }
      : undefined;
  if (name === userName || groups.includes(name))
    return (kind === 'User') === (name === userName)
      ? undefined
      : {
          note: `names ${name} as a ${kind}, and it is a ${kind === 'User' ? 'Group' : 'User'}: it does not match`,
          rule: 'binding-kind-differs',
        };
  if (kind === 'User' && name === template)
    return {
      note: 'RBAC fills in no templates: it matches nobody; bind a group instead',
      rule: 'template-in-binding',
    };
  if (kind === 'User' && name.includes('@') && name.replaceAll('@', '-') === userName)
    return {
      note: `names ${name}, and at login @ becomes -: it does not match`,
      rule: 'template-in-binding',
    };
  if (name.startsWith('arn:') && principalKeyOf(name) === principalKeyOf(canonical))
    return {
      note: 'names the ARN, which is no name in the cluster: it does not match',
      rule: 'binding-names-an-arn',
    };
  return undefined;
}

function step(binding: SeenBinding, note: string): Step {
  return { label: 'bindings', text: `${roleIn(binding)} by ${binding.kind} ${binding.name}`, note };
}
