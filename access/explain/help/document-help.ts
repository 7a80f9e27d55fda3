/** Rules about the document around the entries, and about whole sections. Data. */
import { type RuleHelp } from './rule-help';

export const DOCUMENT_HELP = {
  'section-key-spelling': {
    problem: 'A key of data is nearly mapRoles, mapUsers or mapAccounts: `maproles:`.',
    right: 'mapRoles: |',
    why: 'The authenticator compares keys letter by letter and ignores all others without an error: everybody under the key is locked out.',
    source: 'GT-1',
  },
  'section-key-twice': {
    problem: 'A key of data is written twice.',
    right: 'One mapRoles with all entries in its list.',
    why: 'Of two equal keys one is kept when the object is read; the entries of the other are gone.',
    source: 'GT-10',
  },
  'section-not-text': {
    problem: 'A section is a list where text has to be: the | after its key is missing.',
    right: 'mapRoles: |\n  - rolearn: …',
    why: 'Values of a ConfigMap are text. The API server refuses the object, and the cluster keeps what it had.',
    source: 'GT-1',
  },
  'section-outside-data': {
    problem: 'mapRoles is beside data, or in binaryData.',
    right: 'data:\n  mapRoles: |\n    - rolearn: …',
    why: 'The authenticator looks into data alone.',
    source: 'GT-1',
  },
  'key-not-read': {
    problem: 'data has a key that the authenticator does not read.',
    right: 'Remove it, unless another tool reads it.',
    why: 'Only mapRoles, mapUsers and mapAccounts count.',
    source: 'GT-1',
  },
  'name-missing': {
    problem: 'The object says no name.',
    right: 'metadata:\n  name: aws-auth\n  namespace: kube-system',
    why: 'Only ConfigMap kube-system/aws-auth is read.',
    source: 'GT-1',
  },
  'namespace-missing': {
    problem: 'The object says no namespace.',
    right: 'namespace: kube-system',
    why: 'kubectl puts it into the namespace of its context; only kube-system/aws-auth is read.',
    source: 'GT-1',
  },
  'too-large': {
    problem: 'The data has more than 1,048,576 bytes.',
    right: 'Remove entries that nobody needs, or move to access entries.',
    why: 'The API server refuses the object.',
    source: 'GT-61',
  },
  'near-size-limit': {
    problem: 'The data has more than nine tenths of the bytes that the API server takes.',
    right: 'Remove entries that nobody needs, or move to access entries.',
    why: 'A write that goes over the limit is refused: nobody can be added any more.',
    source: 'GT-61',
  },
  'data-only': {
    problem: 'What was pasted is the data of a ConfigMap without the rest.',
    right: 'Nothing has to change. To apply it, paste it under data of the whole object.',
    why: 'It is read as the data of kube-system/aws-auth.',
    source: 'GT-1',
  },
  'bare-list': {
    problem: 'What was pasted is a list of entries without its key.',
    right:
      'Nothing has to change. Entries with rolearn belong under mapRoles, those with userarn under mapUsers.',
    why: 'It is read as the section that its entries belong to.',
    source: 'GT-12',
  },
  'list-splits': {
    problem: 'A list has entries with rolearn and entries with userarn.',
    right: 'Those with rolearn under mapRoles, those with userarn under mapUsers.',
    why: 'Each section knows its own key alone.',
    source: 'GT-12',
  },
  'several-documents': {
    problem: 'The file holds several objects.',
    right: 'Nothing has to change.',
    why: 'aws-auth is taken from among them.',
    source: 'GT-1',
  },
  'chosen-from-list': {
    problem: 'The object is a List.',
    right: 'Nothing has to change.',
    why: 'aws-auth is taken from among its items.',
    source: 'GT-1',
  },
  'rest-not-read': {
    problem: 'Part of what was pasted could not be read.',
    right: 'Paste aws-auth alone: kubectl get configmap aws-auth -n kube-system -o yaml',
    why: 'What is said is about the part that could be read.',
    source: 'GT-1',
  },
  'other-writer': {
    problem:
      'metadata.managedFields names a tool that writes whole sections: Argo CD, Flux, Helm, Terraform, Pulumi.',
    right: 'Let one tool write aws-auth, or let that tool ignore the field.',
    why: 'Each section is one string: a tool that writes it removes every entry that it does not know.',
    source: 'GT-59, GT-60',
  },
  'section-unparsable': {
    problem:
      'The text of a section is not YAML to the authenticator: a value that begins with @, * or {{ without quotes, a tab, a control character, a line that is not indented as its neighbours, a section in braces.',
    right: 'username: "{{SessionName}}"',
    why: 'Nothing of the section is loaded, the entries before the fault neither. What was in force before is not kept: everybody in the section is locked out at once, nodes among them.',
    source: 'GT-3, GT-4, GT-8, GT-15, GT-16',
  },
  'section-not-a-list': {
    problem:
      'The text of a section is YAML and no list: its key is written once more inside, or an entry lacks its dash.',
    right: 'mapRoles: |\n  - rolearn: …',
    why: 'The authenticator wants a list and loads nothing else.',
    source: 'GT-17, GT-33',
  },
  'second-document-ignored': {
    problem: 'The text of a section has entries after a line ---, or indented less than the first.',
    right: 'One list without the line ---.',
    why: 'The authenticator reads the first YAML document of a section, and ignores the rest without an error.',
    source: 'GT-9',
  },
} as const satisfies Readonly<Record<string, RuleHelp>>;
