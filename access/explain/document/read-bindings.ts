/** RBAC as `kubectl get … -o yaml` or `-o json` prints it, to the bindings and roles in it. Pure. */
import { type SeenBinding, type SeenKubernetesRole } from '../seen-cluster';
import { fieldOf, fieldsOf, followed, textOf } from './nodes';
import { type KubernetesObject, objectsOf } from './objects';
import { type Part, readParts } from './parts';
import { type YamlNode } from '../../go-yaml/node';

export type BindingsReading =
  | { readonly bindings: readonly SeenBinding[]; readonly roles: readonly SeenKubernetesRole[] }
  /** One sentence. */
  | { readonly refused: string };

type Subject = SeenBinding['subjects'][number];

/** Never throws. Takes YAML or JSON, Lists, several documents; objects of other kinds are left out. */
export function readBindings(text: string): BindingsReading {
  const parts = readParts(separated(text));
  const fault = parts.map(faultOf).find((each) => each !== undefined);
  if (fault !== undefined) return { refused: fault };
  const bindings: SeenBinding[] = [];
  const roles: SeenKubernetesRole[] = [];
  for (const object of objectsOf(parts)) {
    const { kind, name, namespace } = object;
    if (kind === 'ClusterRoleBinding' || kind === 'RoleBinding') {
      const binding = bindingOf(object, kind);
      if (typeof binding === 'string') return { refused: binding };
      bindings.push(binding);
    } else if ((kind === 'ClusterRole' || kind === 'Role') && name !== undefined) {
      roles.push({ kind, name, namespace: kind === 'Role' ? namespace : undefined });
    }
  }
  if (bindings.length > 0) return { bindings, roles };
  return { refused: 'There is no RoleBinding or ClusterRoleBinding in it.' };
}

/** JSON of several commands, one after another: each begins with a brace at the beginning of a line. */
function separated(text: string): string {
  return /^\s*\{/.test(text) ? text.replace(/(?<=^\}[ \t\r]*\n)(?=\{)/gm, '---\n') : text;
}

/** YAML of several commands without a `---` between them is one map, whose last keys hide the others. */
function faultOf({ root, errorAt, restAt, text }: Part): string | undefined {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const stopped = errorAt ?? restAt;
  if (stopped !== undefined) return `It stops being YAML in line ${lineAt(stopped)} of its document.`;
  const names = fieldsOf(root).map(({ name }) => name);
  return names.filter((name) => name === 'apiVersion').length < 2
    ? undefined
    : 'Several outputs follow each other without a line --- between them: only the last would count.';
}

function bindingOf(
  { node, name, namespace }: KubernetesObject,
  kind: SeenBinding['kind'],
): SeenBinding | string {
  const title = `${kind} ${name ?? 'without a name'}`;
  const roleRef = fieldOf(node, 'roleRef')?.value;
  const [roleKind, roleName] = [
    textOf(fieldOf(roleRef, 'kind')?.value),
    textOf(fieldOf(roleRef, 'name')?.value),
  ];
  if (name === undefined || roleKind === undefined || roleName === undefined)
    return `${title} has no ${name === undefined ? 'metadata.name' : 'roleRef with kind and name'}.`;
  if (kind === 'RoleBinding' && namespace === undefined) return `${title} has no metadata.namespace.`;
  const subjects = itemsOf(fieldOf(node, 'subjects')?.value).map(subjectOf);
  const read = subjects.filter((subject) => subject !== undefined);
  if (read.length < subjects.length)
    return `${title} has a subject that is not a User, Group or ServiceAccount with a name that is text.`;
  return {
    kind,
    name,
    namespace: kind === 'RoleBinding' ? namespace : undefined,
    roleRef: { kind: roleKind, name: roleName },
    subjects: read,
  };
}

function subjectOf(node: YamlNode): Subject | undefined {
  const kind = KINDS.find((each) => each === textOf(fieldOf(node, 'kind')?.value));
  const name = textOf(fieldOf(node, 'name')?.value);
  if (kind === undefined || name === undefined) return undefined;
  return { kind, name, namespace: textOf(fieldOf(node, 'namespace')?.value) };
}

const KINDS = ['User', 'Group', 'ServiceAccount'] as const;

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  const list = node === undefined ? undefined : followed(node);
  return list?.kind === 'sequence' ? Array.from(list.items) : [];
}
