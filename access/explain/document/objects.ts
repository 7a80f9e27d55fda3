/** The Kubernetes objects of a text, and which of them is aws-auth. */
import { type Field, fieldOf, fieldsOf, followed, textOf } from './nodes';
import { type MappingNode, type YamlNode } from '../../go-yaml/node';
import { type Section, SECTIONS } from '../../aws-auth/identity-mapping';
import { type Part } from './parts';

export interface KubernetesObject {
  readonly part: Part;
  readonly node: MappingNode;
  /** How many objects the list has that it is in. */
  readonly listed?: number | undefined;
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

export const isSection = (name: string): name is Section => (SECTIONS as readonly string[]).includes(name);

export function objectsOf(parts: readonly Part[]): readonly KubernetesObject[] {
  return parts.flatMap((part) => {
    const root = part.root === undefined ? undefined : followed(part.root);
    if (root?.kind !== 'mapping') return [];
    const items = followedValue(root, 'items');
    if (items?.kind !== 'sequence' || !/List$/.test(textOf(fieldOf(root, 'kind')?.value) ?? ''))
      return [objectOf(part, root)];
    return Array.from(items.items, followed).flatMap((node) =>
      node.kind === 'mapping' ? [objectOf(part, node, items.items.length)] : [],
    );
  });
}

function objectOf(part: Part, node: MappingNode, listed?: number): KubernetesObject {
  const metadata = fieldOf(node, 'metadata')?.value;
  return {
    part,
    node,
    listed,
    kind: textOf(fieldOf(node, 'kind')?.value),
    name: textOf(fieldOf(metadata, 'name')?.value),
    namespace: textOf(fieldOf(metadata, 'namespace')?.value),
  };
}

function followedValue(node: MappingNode, name: string): YamlNode | undefined {
  const field = fieldOf(node, name);
  return field === undefined ? undefined : followed(field.value);
}

/** The keys of an object that is more than its data. */
const OUTER_KEYS = ['apiVersion', 'kind', 'metadata', 'data'];

/** No object around the sections: `mapRoles` is a key of the text's own map. */
export function isDataOnly({ node }: KubernetesObject): boolean {
  const names = fieldsOf(node).map(({ name }) => name);
  return names.some(isLikeSection) && !names.some((name) => OUTER_KEYS.includes(name));
}

/** In whatever case. */
export function isLikeSection(name: string): boolean {
  return SECTIONS.some((section) => section.toLowerCase() === name.toLowerCase());
}

/** Whether what is said is said of aws-auth; of two the one in which more is said, and then the last. */
export function awsAuthAmong(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const ranked = objects.map((object) => ({ object, rank: rankOf(object) }));
  const best = Math.max(0, ...ranked.map(({ rank }) => rank));
  return best === 0 ? [] : ranked.filter(({ rank }) => rank === best).map(({ object }) => object);
}

function rankOf(object: KubernetesObject): number {
  const { kind, name, namespace } = object;
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [kind, 'ConfigMap'],
    [name, 'aws-auth'],
    [namespace, 'kube-system'],
  ];
  if (wanted.some(([found, right]) => found !== undefined && found !== right)) return 0;
  if (name === undefined && !holdsSections(object)) return 0;
  return 1 + wanted.filter(([found]) => found !== undefined).length;
}

function holdsSections({ node }: KubernetesObject): boolean {
  const fields: readonly Field[] = [...fieldsOf(node), ...fieldsOf(fieldOf(node, 'data')?.value)];
  return fields.some(({ name }) => isLikeSection(name));
}

/** `Secret "db" in namespace default`, cut so that a sentence with it has at most 160 characters. */
export function nameOf({ kind, name, namespace }: KubernetesObject): string {
  const named = name === undefined ? '' : ` ${JSON.stringify(short(name, 30))}`;
  const where = namespace === undefined ? '' : ` in namespace ${short(namespace, 20)}`;
  return `${kind === undefined ? 'an object without kind' : short(kind, 20)}${named}${where}`;
}

function short(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
