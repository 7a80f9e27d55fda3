/** Texts that people paste instead of the ConfigMap, and what prints the one that is wanted. */
import { type KubernetesObject, isLikeSection, nameOf } from './objects';
import { type OtherDocument } from './document';
import { objectSourceOf, sourceOf } from './other-sources';
import { type Part } from './parts';
import { fieldsOf } from './nodes';
import { type Lines } from './lines';

export const GET_AWS_AUTH = 'kubectl get configmap aws-auth -n kube-system -o yaml';

/** By the look of the text, which is not YAML as a rule. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:Data\r?\n====|(?:Labels|Annotations|Roles):[ \t])/m,
    'This is the output of kubectl describe, which runs lines together. Paste the YAML.',
  ],
  [
    /^NAME(?:SPACE)?[ \t]+[A-Z]/m,
    'This is the table of kubectl get, which leaves the entries out. Paste the YAML.',
  ],
  [
    /^ARN\s+USERNAME\s+GROUPS\b/m,
    'This is the table of eksctl, which shows entries without effect as well. Paste the YAML.',
  ],
  [
    /\(NotFound\)|"aws-auth" not found/,
    'kubectl found no ConfigMap aws-auth: in authentication mode API there need not be one, access entries decide.',
  ],
];

const TERRAFORM =
  /^[ \t]*(?:(?:resource|module|data|variable|provider)[ \t]+"[^:\n]*\{|(?:map_roles|aws_auth_roles|map_users|aws_auth_users|access_entries|principal_arn)[ \t]*=|"?(?:rolearn|userarn)"?[ \t]*=|"terraform_version")/im;

/** Of git, kubectl, Helm, Terraform and CDK. */
const DIFF =
  /^(?:diff -|[ \t│└─]*@@ -\d|\[[-+~]\] |[ \t]*[-+~/]+ resource "|\+[ \t]*(?:- )*["']?(?:rolearn|userarn|username|groups|apiVersion|kind|data|map(?:Roles|Users|Accounts))\b)/m;

/** Part of a diff may look like a ConfigMap. */
export function diffOf(text: string): OtherDocument | undefined {
  const what = 'This is a diff, which shows what changes and not what is there. Paste the YAML.';
  return DIFF.test(text) ? { kind: 'not-aws-auth', what, command: GET_AWS_AUTH } : undefined;
}

/** Words of errors and of logs; what has keys of Kubernetes or of aws-auth is a document all the same. */
const ERROR =
  /\b(?:error|denied|unauthorized|forbidden|refused|failed|unable to|not mapped|be logged in|does(?: not|n.t) have)\b/i;
const KEYS = /\b(?:kind|rolearn|userarn|map(?:Roles|Users|Accounts))"?[ \t]*:/i;

export function otherTextOf(text: string): OtherDocument | undefined {
  const what = LOOKS.find(([pattern]) => pattern.test(text))?.[1];
  if (what !== undefined) return { kind: 'not-aws-auth', what, command: GET_AWS_AUTH };
  // In a ConfigMap "=" is a slip for ":".
  if (TERRAFORM.test(text) && !/^[ \t]*kind[ \t]*:/m.test(text)) {
    const source = 'This is Terraform source. Paste the YAML.';
    return { kind: 'not-aws-auth', what: source, command: GET_AWS_AUTH };
  }
  const other = sourceOf(text);
  if (other !== undefined) return { kind: 'not-aws-auth', what: other, command: GET_AWS_AUTH };
  return ERROR.test(text) && !KEYS.test(text) ? question('an error') : undefined;
}

/** An error, or a principal: what people ask about a document. */
function question(what: string): OtherDocument {
  const sentence = `This is ${what}: paste ConfigMap kube-system/aws-auth, and ask about the ARN that aws sts get-caller-identity prints.`;
  return { kind: 'not-aws-auth', what: sentence, command: GET_AWS_AUTH, isQuestion: true };
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
    const text = parts[0]?.text.trim() ?? '';
    if (/^arn:\S+$/i.test(text)) return question('an ARN');
    const what =
      'This is neither a ConfigMap nor a list of entries. Paste ConfigMap kube-system/aws-auth as YAML.';
    return { kind: 'not-aws-auth', what, command, position: lines.positionAt(parts[0]?.root?.content ?? 0) };
  }
  const position = lines.positionAt(first.part.base + first.node.content);
  const names = new Set(fieldsOf(first.node).map(({ name }) => name));
  if (names.has('Arn') || names.has('Role')) return question('what AWS says of a principal');
  if (first.kind === 'Status') return question('an error');
  const { node, kind, part } = first;
  const source = objectSourceOf(node, kind, names, nameOf(first), part.text);
  return { kind: 'not-aws-auth', what: source ?? whatIs(objects, first, names), command, position };
}

function whatIs(
  objects: readonly KubernetesObject[],
  first: KubernetesObject,
  names: ReadonlySet<string>,
): string {
  if (first.kind === 'Config') return 'This is a kubeconfig, which says who asks, and not who gets in.';
  if (names.has('cluster')) return 'This is the answer of aws eks describe-cluster, which has no entries.';
  if (names.has('accessEntry') || names.has('accessEntries'))
    return 'These are access entries, which belong under Access entries (--access-entries), and not ConfigMap kube-system/aws-auth.';
  if ([...names].some((name) => /^(?:rolearn|userarn)$/i.test(name)))
    return 'This is one entry, not a list of entries: begin its first line with "- " and indent the others by two spaces.';
  if (objects.length > 1)
    return `None of these ${objects.length} objects is ConfigMap kube-system/aws-auth; the first is ${nameOf(first)}.`;
  if (first.kind === undefined && first.name === undefined)
    return 'This is a map of other keys, not ConfigMap kube-system/aws-auth.';
  const reads = [...names].some(isLikeSection) || first.kind === 'ConfigMap' ? ': EKS reads no other' : '';
  return `This is ${nameOf(first)}, not ConfigMap kube-system/aws-auth${reads}.`;
}
