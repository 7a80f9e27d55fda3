/** The state of a cluster's access as text, so that two moments can be compared. Pure. */
import { createTwoFilesPatch } from 'diff';
import { OWNERS_ANNOTATION } from '../../access/contract';
import { type AccessEntryView, type ConfigMap } from '../aws/control-plane';
import { type RbacManifest } from '../aws/kubernetes/rbac';

export interface AccessSnapshot {
  /** aws-auth as YAML that reads like `kubectl get -o yaml`; empty when there is none. */
  readonly awsAuth: string;
  /** The access entries as YAML; empty when there are none. */
  readonly accessEntries: string;
  /** RoleBindings and ClusterRoleBindings, one a line; empty when there are none. */
  readonly bindings: string;
}

export function snapshotOf(
  configMap: ConfigMap | undefined,
  entries: readonly AccessEntryView[],
  rbac: readonly RbacManifest[],
): AccessSnapshot {
  return {
    awsAuth: configMap ? configMapText(configMap) : '',
    accessEntries: entries.map(entryText).join(''),
    bindings: rbac.flatMap(bindingText).sort().join(''),
  };
}

/** `RoleBinding x in namespace team-a: ClusterRole edit for Group developers`. */
function bindingText({ kind, metadata, roleRef, subjects = [] }: RbacManifest): string[] {
  if (!roleRef) return [];
  const where = kind === 'RoleBinding' ? ` in namespace ${metadata.namespace ?? 'default'}` : '';
  const whom = subjects.map((subject) => `${subject.kind} ${subject.name}`).join(', ');
  return [`${kind} ${metadata.name}${where}: ${roleRef.kind} ${roleRef.name} for ${whom}\n`];
}

/** The changed lines with three lines around them, without file headings; undefined when nothing changed. */
export function difference(before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const patch = createTwoFilesPatch('a', 'b', before, after, '', '', { context: 3 });
  return patch.split('\n').slice(3).join('\n').trimEnd();
}

function configMapText({ data = {}, metadata }: ConfigMap): string {
  const sections = Object.entries(data).map(([key, text]) => `  ${key}: |\n${indent(text, '    ')}`);
  const { annotations = {} } = metadata;
  const notes = Object.entries(annotations).map(
    ([key, text]) => `    ${key}: ${key === OWNERS_ANNOTATION ? `\n${owners(text)}` : JSON.stringify(text)}`,
  );
  return (
    ['data:', ...sections, ...(notes.length > 0 ? ['metadata:', '  annotations:', ...notes] : [])].join(
      '\n',
    ) + '\n'
  );
}

/** The ownership record laid out, which on the cluster is one line. */
function owners(text: string): string {
  return indent(JSON.stringify(JSON.parse(text), null, 2), '      ');
}

function entryText({
  principalArn,
  type,
  username,
  kubernetesGroups,
  policies,
  tags,
}: AccessEntryView): string {
  const lines = [
    `- principalArn: ${principalArn}`,
    `  type: ${type}`,
    `  username: ${username}`,
    `  kubernetesGroups: [${kubernetesGroups.join(', ')}]`,
    ...policies.map(
      ({ policyArn, scope, namespaces }) =>
        `  policy: ${policyArn.replace(/^.*\//, '')} (${[scope, ...namespaces].join(' ')})`,
    ),
    ...Object.entries(tags).map(([key, value]) => `  tag ${key}: ${value}`),
  ];
  return `${lines.join('\n')}\n`;
}

function indent(text: string, by: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${by}${line.replace(/\r$/, '')}`.trimEnd())
    .join('\n');
}
