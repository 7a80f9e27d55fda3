/**
 * What aws-auth or access entries are made from, and what prints a part of them: by the look of the text, and by the
 * keys of an object. Each with what to do instead. Pure.
 */
import { type MappingNode } from '../../go-yaml/node';
import { fieldOf, followed } from './nodes';

/** Keys of such code are spelt as those of entries are. */
const CODE =
  /^(?:import|from|const|let|var|package|using)[ \t]+[^\n]*(?:['";={]|\bimport\b)|\.awsAuth\.|\bnew eks\./m;

const NAMES_ALONE =
  'These are names of access entries, and not what they give: print each with aws eks describe-access-entry, for --access-entries.';

/** Of texts that are no manifest. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/^\s*ACCESSENTRIES\s|\bListAccessEntries\b|^\s*arn:\S+\s+(?:arn:\S+\s*)+$/, NAMES_ALONE],
  [
    /^[A-Za-z0-9+/\r\n]{40,}={0,2}\s*$/,
    'This is base64, and not the text itself: decode it first (base64 -d).',
  ],
  [
    /^\s*(?:[$>%#][ \t]+)?(?:kubectl|eksctl|aws|helm|terraform)[ \t]+[a-z][^\n]*\s*$/,
    'This is a command, and not what it prints. Paste the YAML.',
  ],
];

const KEYS = /\b(?:kind|rolearn|userarn|map(?:Roles|Users|Accounts))"?[ \t]*:/i;

export function sourceOf(text: string): string | undefined {
  if (CODE.test(text))
    return 'This is program code, which says what is to be made. Paste the YAML of what is in the cluster.';
  if (KEYS.test(text)) return undefined;
  return LOOKS.find(([pattern]) => pattern.test(text))?.[1];
}

/** `names`: the keys of the object. `named`: `ClusterConfig "prod"`. */
export function objectSourceOf(
  node: MappingNode,
  kind: string | undefined,
  names: ReadonlySet<string>,
  named: string,
  text: string,
): string | undefined {
  const entries = fieldOf(node, 'accessEntries')?.value;
  const items = entries === undefined ? undefined : followed(entries);
  if (items?.kind === 'sequence' && [...items.items].some(({ kind: each }) => each === 'scalar'))
    return NAMES_ALONE;
  if (kind === 'ClusterConfig' || names.has('accessConfig') || names.has('iamIdentityMappings'))
    return 'This is the configuration of eksctl, which says what is to be made. Paste the YAML of what is in the cluster.';
  if (kind === 'Kustomization')
    return 'This is a Kustomization, from which the ConfigMap is made: paste what kubectl kustomize prints, or the YAML of the cluster.';
  if (names.has('Resources') || names.has('AWSTemplateFormatVersion'))
    return 'This is a template of CloudFormation, which says what is to be made. Paste the YAML of what is in the cluster.';
  if (/^(?:Cluster)?Role(?:Binding)?$/.test(kind ?? ''))
    return `This is ${named}, which belongs under --rbac, and not ConfigMap kube-system/aws-auth.`;
  if (names.has('Statement')) return 'This is a policy of IAM, which has no entries of a cluster.';
  if (kind !== 'ConfigMap' && !names.has('data') && /\bmap(?:Roles|Users|Accounts)\b/.test(text))
    return `This is ${named === 'an object without kind' ? 'an object' : named} that has entries for the tool which writes aws-auth, and is not the ConfigMap itself.`;
  return undefined;
}
