/** Texts that people paste instead of the ConfigMap, and what prints the one that is wanted. */
import { type KubernetesObject, isLikeSection, nameOf } from './objects';
import { type OtherDocument } from './document';
import { type Part } from './parts';
import { fieldsOf } from './nodes';
import { type Lines } from './lines';

export const GET_AWS_AUTH = 'kubectl get configmap aws-auth -n kube-system -o yaml';

/** By the look of the text, which is not YAML as a rule. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [
    /^Data\r?\n====/m,
    'This is the output of kubectl describe, in which the lines of values run together with those around them. Paste the YAML.',
  ],
  [
    /^NAME\s+DATA\s+AGE\b/m,
    'This is the table of kubectl get, which leaves the entries out. Paste the YAML.',
  ],
  [
    /^ARN\s+USERNAME\s+GROUPS\b/m,
    'This is the table of eksctl get iamidentitymapping, which shows entries that have no effect like all others. Paste the YAML.',
  ],
  [
    /^Error from server \(NotFound\)/m,
    'kubectl found no ConfigMap aws-auth: in authentication mode API there need not be one, access entries decide.',
  ],
  [
    /^Error from server|^error: You must be logged in to the server/m,
    'This is an error of kubectl, not a ConfigMap. The command below prints the ConfigMap for a user with access.',
  ],
];

const TERRAFORM =
  /^[ \t]*(?:resource[ \t]+"kubernetes_config_map|(?:map_roles|aws_auth_roles|map_users|aws_auth_users)[ \t]*=|"?(?:rolearn|userarn)"?[ \t]*=)/im;

export function otherTextOf(text: string): OtherDocument | undefined {
  const what = LOOKS.find(([pattern]) => pattern.test(text))?.[1];
  if (what !== undefined) return { kind: 'not-aws-auth', what, command: GET_AWS_AUTH };
  // In a ConfigMap "=" is a slip for ":".
  if (!TERRAFORM.test(text) || /^[ \t]*kind[ \t]*:/m.test(text)) return undefined;
  const source =
    'This is Terraform source, not the ConfigMap that came of it. Paste the YAML of the cluster.';
  return { kind: 'not-aws-auth', what: source, command: GET_AWS_AUTH };
}

/** `position` is where the one object begins. */
export function otherObjects(
  objects: readonly KubernetesObject[],
  parts: readonly Part[],
  lines: Lines,
): OtherDocument {
  const command = GET_AWS_AUTH;
  const [first] = objects;
  if (first === undefined) {
    const what =
      'This is neither a ConfigMap nor a list of entries. Paste ConfigMap kube-system/aws-auth as YAML.';
    return { kind: 'not-aws-auth', what, command, position: lines.positionAt(parts[0]?.root?.content ?? 0) };
  }
  const position = lines.positionAt(first.part.base + first.node.content);
  return { kind: 'not-aws-auth', what: whatIs(objects, first), command, position };
}

function whatIs(objects: readonly KubernetesObject[], first: KubernetesObject): string {
  const names = new Set(fieldsOf(first.node).map(({ name }) => name));
  if (names.has('UserId') && names.has('Arn'))
    return 'This is the answer of aws sts get-caller-identity. Ask about its Arn; the document is ConfigMap kube-system/aws-auth.';
  if (names.has('accessEntry') || names.has('accessEntries'))
    return 'These are access entries, not ConfigMap kube-system/aws-auth.';
  if ([...names].some((name) => /^(?:rolearn|userarn)$/i.test(name)))
    return 'This is one entry, not a list of entries: begin its first line with "- " and indent the others by two spaces.';
  if (objects.length > 1)
    return `None of these ${objects.length} objects is ConfigMap kube-system/aws-auth; the first is ${nameOf(first)}.`;
  if (first.kind === undefined && first.name === undefined)
    return 'This is a map of other keys, not ConfigMap kube-system/aws-auth.';
  const reads = [...names].some(isLikeSection) || first.kind === 'ConfigMap' ? ': EKS reads no other' : '';
  return `This is ${nameOf(first)}, not ConfigMap kube-system/aws-auth${reads}.`;
}
