/**
 * Namespaces, ClusterRoles and their bindings: what the API server does with them, as far as named rights need it, and what
 * people do to them. An apply is server-side and never forced: what another tool has set stays.
 */
import { type AppliedObject, type RbacObject } from '../../../../access/rbac/port';
import { ProviderError } from '../../../../access/errors';
import { clusterRoleBindings, clusterRoles } from '../../../../access/rights/manifest';
import { groupOfToken, type Namespace, type RightName, type Token } from './rights';

export type RbacAct =
  | { readonly act: 'namespace'; readonly name: Namespace; readonly to: 'active' | 'terminating' | 'gone' }
  /** A ClusterRole of the setup is changed, or it or its binding is deleted; or an administrator applies the setup again. */
  | { readonly act: 'setup'; readonly name: RightName; readonly to: 'changed' | 'gone' | 'unbound' | 'whole' }
  /** A RoleBinding of our name: deleted, made with another role or without our label, or bound to another user besides. */
  | {
      readonly act: 'binding';
      readonly name: RightName;
      readonly namespace: Namespace;
      readonly to: 'gone' | 'other role' | 'no label' | 'one more';
    };

interface Kept {
  readonly object: RbacObject;
  /** Whose fields they are. */
  readonly by: 'provider' | 'administrator' | 'person';
}

const LABEL = 'app.kubernetes.io/managed-by';
const RIGHTS: readonly RightName[] = ['view', 'edit', 'view-plus-nodes', 'edit-plus-custom-resources'];

export class Rbac {
  private namespaces = new Map<string, 'active' | 'terminating'>([['n0', 'active']]);
  private objects = new Map<string, Kept>();
  /** How often people have changed something. */
  acts = 0;

  copy(): Rbac {
    const copy = new Rbac();
    copy.namespaces = new Map(this.namespaces);
    copy.objects = new Map(this.objects);
    return copy;
  }

  read(kind: string, name: string, namespace?: string): RbacObject | undefined {
    return this.objects.get(keyOf(kind, name, namespace))?.object;
  }

  isActive(namespace: string): boolean {
    return this.namespaces.get(namespace) === 'active';
  }

  /** Gives what was there, and whose it was. Throws ProviderError as the store does. */
  apply(object: AppliedObject, isDryRun: boolean): Kept | undefined {
    const { name, namespace } = object.metadata;
    const key = keyOf(object.kind, name, namespace);
    if (namespace !== undefined) this.checkNamespace(namespace);
    const kept = this.objects.get(key);
    if (kept && saysRole(kept.object) !== saysRole(object))
      throw new ProviderError('InvalidRequest', `cannot change roleRef of ${key}`);
    if (kept && kept.by !== 'provider' && saysOf(kept.object) !== saysOf(object))
      throw new ProviderError('InvalidRequest', `another tool has changed ${key}`);
    if (!isDryRun && !(kept && isSame(kept.object, object)))
      this.objects.set(key, { object, by: kept?.by ?? 'provider' });
    return kept;
  }

  act(what: RbacAct): void {
    this.acts += 1;
    switch (what.act) {
      case 'namespace':
        return this.changeNamespace(what);
      case 'setup':
        return this.changeSetup(what);
      case 'binding':
        return this.changeBinding(what);
    }
  }

  /** All of the manifest that an administrator applies. */
  install(): void {
    for (const object of [...clusterRoles(), ...clusterRoleBindings()])
      this.objects.set(keyOf(object.kind, object.metadata.name), {
        object: object,
        by: 'administrator',
      });
  }

  /** Whether the groups mean what they say: the ClusterRole is as installed, and bound to the group alone. */
  isBound(token: Token): boolean {
    const [name, place] = token.split('@') as [RightName, string];
    return this.isRoleWhole(name) && this.givenTo(groupOfToken(token)).includes(`${name}@${place}`);
  }

  isRoleWhole(name: RightName): boolean {
    const installed = clusterRoles().find(({ metadata }) => metadata.name === nameOf(name));
    const base = name.replace('-plus-custom-resources', '') as RightName;
    const isWhole = isSameRole(this.read('ClusterRole', nameOf(name)), installed);
    return isWhole && (base === name || this.isRoleWhole(base));
  }

  /** What a group may do by bindings that people have not changed: theirs is what they give. */
  givenTo(group: string): readonly Token[] {
    return [...this.objects].flatMap(([key, { object, by }]) => {
      const [kind, , namespace] = key.split(' ');
      const isHolder = object.subjects?.some((subject) => subject.kind === 'Group' && subject.name === group);
      const right = RIGHTS.find((name) => nameOf(name) === object.roleRef?.name);
      if (by === 'person' || kind === 'ClusterRole' || !isHolder || right === undefined) return [];
      return [`${right}@${namespace === '' ? '*' : (namespace ?? '*')}`];
    });
  }

  /** The rights of the RoleBindings that the provider has made. */
  roleBindings(): readonly Token[] {
    return [...this.objects].flatMap(([key, { by }]) => {
      const [kind, name = '', namespace] = key.split(' ');
      return kind === 'RoleBinding' && by === 'provider'
        ? [`${name.slice(nameOf('').length)}@${namespace}`]
        : [];
    });
  }

  private checkNamespace(namespace: string): void {
    const state = this.namespaces.get(namespace);
    if (state === undefined) throw new ProviderError('NotFound', `there is no namespace ${namespace}`);
    if (state === 'terminating')
      throw new ProviderError('NotStabilized', `namespace ${namespace} is being deleted`);
  }

  private changeNamespace({ name, to }: Extract<RbacAct, { readonly act: 'namespace' }>): void {
    if (to === 'active') {
      this.namespaces.set(name, 'active');
      return;
    }
    if (to === 'gone') this.namespaces.delete(name);
    else if (this.namespaces.has(name)) this.namespaces.set(name, 'terminating');
    for (const key of this.objects.keys()) if (key.endsWith(` ${name}`)) this.objects.delete(key);
  }

  private changeSetup({ name, to }: Extract<RbacAct, { readonly act: 'setup' }>): void {
    if (to === 'whole') return this.install();
    const kind = to === 'unbound' ? 'ClusterRoleBinding' : 'ClusterRole';
    const key = keyOf(kind, nameOf(name));
    const found = this.objects.get(key);
    if (to !== 'changed') this.objects.delete(key);
    else if (found) this.objects.set(key, { object: { ...found.object, ...ALL_RULES }, by: 'person' });
  }

  private changeBinding({ name, namespace, to }: Extract<RbacAct, { readonly act: 'binding' }>): void {
    const key = keyOf('RoleBinding', nameOf(name), namespace);
    if (to === 'gone') {
      this.objects.delete(key);
      return;
    }
    if (!this.isActive(namespace)) return;
    const subject = { kind: 'Group', name: groupOfToken(`${name}@${namespace}`) };
    const subjects = to === 'one more' ? [subject, { kind: 'User', name: 'ann' }] : [subject];
    const roleRef = { kind: 'ClusterRole', name: to === 'other role' ? 'cluster-admin' : nameOf(name) };
    const labels = to === 'no label' ? {} : { [LABEL]: 'cfn-eks-access' };
    this.objects.set(key, { object: { metadata: { labels }, roleRef, subjects }, by: 'person' });
  }
}

const ALL_RULES = {
  rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  aggregationRule: undefined,
};

function nameOf(name: RightName | ''): string {
  return `cfn-eks-access:${name}`;
}

function keyOf(kind: string, name: string, namespace = ''): string {
  return `${kind} ${name} ${namespace}`;
}

function saysRole({ roleRef }: RbacObject): string {
  return `${roleRef?.kind} ${roleRef?.name}`;
}

function saysOf({ subjects = [], rules, aggregationRule }: RbacObject): string {
  return JSON.stringify([subjects.map(({ kind, name }) => [kind, name]), rules, aggregationRule]);
}

function isSameRole(one: RbacObject | undefined, other: RbacObject | undefined): boolean {
  return one !== undefined && other !== undefined && saysOf(one) === saysOf(other);
}

function isSame(one: RbacObject, other: RbacObject): boolean {
  return saysOf(one) === saysOf(other) && one.metadata?.labels?.[LABEL] === other.metadata?.labels?.[LABEL];
}
