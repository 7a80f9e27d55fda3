/** Which RBAC bindings name a user and its groups. Pure. */
import { type SeenBinding } from './seen-cluster';

export interface Bound {
  readonly binding: SeenBinding;
  /** Of the subject; a user name may be one of those that a template comes to. */
  readonly subject: SeenBinding['subjects'][number];
  /** Whether it holds for one session of several. */
  readonly isOfOneSession: boolean;
}

/** Bound by Kubernetes to all who log in, and next to nothing. */
const FOR_EVERYBODY = /^system:(?:basic-user|discovery|public-info-viewer)$/;
export const EVERYBODY = 'system:authenticated';

/**
 * `userName` may hold templates, or what stands for them (`<session>`). Bindings of `system:authenticated` are among
 * them, but for Kubernetes' own.
 */
export function boundTo(
  bindings: readonly SeenBinding[],
  userName: string | undefined,
  groups: readonly string[],
): readonly Bound[] {
  const pattern = userName === undefined ? undefined : userNamePattern(userName);
  return bindings.flatMap((binding) =>
    binding.subjects.flatMap((subject): readonly Bound[] => {
      const { kind, name } = subject;
      const isEverybody = name === EVERYBODY && !FOR_EVERYBODY.test(binding.name);
      if (kind === 'Group' && (groups.includes(name) || isEverybody))
        return [{ binding, subject, isOfOneSession: false }];
      if (kind !== 'User' || name === '') return [];
      if (name === userName) return [{ binding, subject, isOfOneSession: false }];
      return pattern?.test(name) === true ? [{ binding, subject, isOfOneSession: true }] : [];
    }),
  );
}

/** Whether a binding names the user; of a template, one that it may come to. */
export function isUserBound(bindings: readonly SeenBinding[], userName: string | undefined): boolean {
  return boundTo(bindings, userName, []).some(({ subject }) => subject.kind === 'User');
}

/** The groups that bindings name. */
export function groupsNamed(bindings: readonly SeenBinding[]): ReadonlySet<string> {
  const groups = bindings.flatMap(({ subjects }) => subjects.filter(({ kind }) => kind === 'Group'));
  return new Set(groups.map(({ name }) => name));
}

/** Whether all who have this user name and these groups have full control by RBAC. */
export function isClusterAdmin(
  bindings: readonly SeenBinding[],
  userName: string | undefined,
  groups: readonly string[],
): boolean {
  return boundTo(bindings, userName, groups).some(
    ({ binding: { kind, roleRef }, isOfOneSession }) =>
      kind === 'ClusterRoleBinding' && roleRef.name === 'cluster-admin' && !isOfOneSession,
  );
}

const OPEN = /\{\{(?:EC2PrivateDNSName|AccountID|SessionName|SessionNameRaw|AccessKeyID)\}\}|<[a-z DNS]+>/g;

/** The user names that a template comes to; undefined where it is a name. In a session's name @ becomes - (GT-37). */
export function userNamePattern(template: string): RegExp | undefined {
  const texts = template.split(OPEN);
  if (texts.length < 2) return undefined;
  const part = template.includes('{{SessionNameRaw}}') ? '[^{}]+' : '[^{}@]+';
  return new RegExp(`^${texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join(part)}$`);
}

/** `cluster-wide as ClusterRole edit`, `in namespace dev as Role deployer`. */
export function roleIn({ namespace, roleRef: { kind, name } }: SeenBinding): string {
  return `${namespace === undefined ? 'cluster-wide' : `in namespace ${namespace}`} as ${kind} ${name}`;
}

/** `ClusterRoleBinding x`, `RoleBinding dev/x`. */
export function titleOf({ kind, namespace, name }: SeenBinding): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
