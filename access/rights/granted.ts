/** The groups that stand for named rights, read back. Pure. */
import { type DesiredAccess, type Right } from '../desired-access';
import { type EffectiveAccess } from '../effective-access';
import { groupOf, RIGHTS, type RightsName } from './catalogue';

/** One right in one place. */
export interface GrantedRight {
  readonly name: RightsName;
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined;
}

/** The right in each of its places. */
export function grantedBy({ name, namespaces }: Right): readonly GrantedRight[] {
  return namespaces.length > 0
    ? namespaces.map((namespace) => ({ name, namespace }))
    : [{ name, namespace: undefined }];
}

/** The right that a group stands for; undefined for any other group. */
export function rightOf(group: string): GrantedRight | undefined {
  const [, text, namespace] = group.split(':');
  const name = RIGHTS.find((known) => known === text);
  return name !== undefined && namespace !== '' && groupOf(name, namespace) === group
    ? { name, namespace }
    : undefined;
}

/** What a mapping has beside the groups that its template names: the rights, and the groups that stand for none. */
export function beside(
  { groups }: Pick<DesiredAccess, 'groups'>,
  { groups: effective }: Pick<EffectiveAccess, 'groups'>,
): readonly (GrantedRight | string)[] {
  return effective.filter((group) => !groups.includes(group)).map((group) => rightOf(group) ?? group);
}

/** What the groups stand for, and the groups that stand for nothing. */
export function splitGroups(groups: readonly string[]): {
  readonly groups: readonly string[];
  readonly rights: readonly Right[];
} {
  const places = new Map<string, { readonly name: RightsName; readonly namespaces: string[] }>();
  const others: string[] = [];
  for (const group of groups) {
    const right = rightOf(group);
    if (!right) {
      others.push(group);
      continue;
    }
    const { name, namespace } = right;
    const key = `${name} ${namespace === undefined}`;
    const { namespaces } = places.get(key) ?? places.set(key, { name, namespaces: [] }).get(key)!;
    if (namespace !== undefined) namespaces.push(namespace);
  }
  return { groups: others, rights: [...places.values()] };
}
