/** The files that the command line takes: an aws-auth in every form that kubectl takes, and text in more than one encoding. */
import { UsageError } from '../../../../local/demo/command-line';
import { readConfigMapFile } from '../../../../local/demo/config-map-file';
import { decode } from '../../../../local/demo/input-file';

const awsAuth =
  'kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: {mapRoles: "- a"}\n';
const coredns = 'kind: ConfigMap\nmetadata: {name: coredns, namespace: kube-system}\ndata: {Corefile: x}\n';

test.each([
  ['one document', awsAuth],
  ['a marker at the end', `${awsAuth}---\n`],
  ['among others', `${coredns}---\n${awsAuth}---\nkind: Service\n`],
  ['in a list', `kind: List\nitems:\n  - {kind: Pod}\n  - ${awsAuth.replaceAll('\n', '\n    ').trim()}\n`],
  [
    'as JSON',
    JSON.stringify({ kind: 'ConfigMap', metadata: { name: 'aws-auth' }, data: { mapRoles: '- a' } }),
  ],
  ['without kind and metadata', 'data: {mapRoles: "- a"}'],
])('aws-auth: %s', (_name, text) => {
  expect(readConfigMapFile('x.yaml', text)).toEqual({
    metadata: { name: 'aws-auth', namespace: 'kube-system' },
    data: { mapRoles: '- a' },
  });
});

test.each<[string, string, string]>([
  [
    'sections at the top',
    'mapRoles: "- a"',
    'x.yaml has mapRoles at the top: it belongs under data, as in "data: {mapRoles: …}"',
  ],
  ['another ConfigMap', coredns, 'x.yaml is the ConfigMap "coredns": aws-auth is wanted'],
  [
    'another namespace',
    awsAuth.replace('kube-system', 'default'),
    'x.yaml is in the namespace "default": aws-auth of kube-system is wanted',
  ],
  ['another kind', 'kind: Pod', 'x.yaml is of kind "Pod": a ConfigMap is wanted'],
  [
    'nothing of it',
    `${coredns}---\nkind: Pod\n`,
    'x.yaml has 2 objects, and none is the ConfigMap aws-auth of kube-system',
  ],
  ['twice', `${awsAuth}---\n${awsAuth}`, 'x.yaml has aws-auth more than once: leave one in it'],
  [
    'no data',
    'kind: ConfigMap\nmetadata: {name: aws-auth}',
    'x.yaml has no data: write "data: {}" for an aws-auth without entries',
  ],
  ['data that is a list', 'data: [a]', 'x.yaml has data that is not a set of keys and texts'],
  [
    'a section that is no text',
    'data: {mapRoles: [a]}',
    'x.yaml has data.mapRoles that is not a text, and the API server would refuse it: write "mapRoles: |"',
  ],
  ['nothing', '', 'x.yaml is not a ConfigMap: it should have kind, metadata and data'],
  ['no YAML', 'a: [', 'x.yaml is not YAML: line 1, column 5: '],
  [
    'what kubectl describe prints',
    'Name:         aws-auth\nNamespace:    kube-system\nLabels:       <none>\n\nData\n====\nmapRoles:\n----\n- a\n',
    'x.yaml is what kubectl describe prints: kubectl get configmap aws-auth -n kube-system -o yaml prints what can be read here',
  ],
])('aws-auth refused: %s', (_name, text, sentence) => {
  expect(() => readConfigMapFile('x.yaml', text)).toThrow(UsageError);
  expect(() => readConfigMapFile('x.yaml', text)).toThrow(sentence);
});

const utf16 = Buffer.from('\ufeffR: é', 'utf16le');
test.each([
  ['UTF-8', Buffer.from('R: é')],
  ['UTF-8 with a mark', Buffer.from('\ufeffR: é')],
  ['UTF-16, little end first', utf16],
  ['UTF-16, big end first', Buffer.from(utf16).swap16()],
])('%s is read', (_name, bytes) => {
  expect(decode('t.yaml', bytes)).toBe('R: é');
});

test.each([
  [
    'UTF-16 without a mark',
    Buffer.from('R: e', 'utf16le'),
    't.yaml is neither UTF-8 nor UTF-16 with a byte order mark: save it as UTF-8',
  ],
  ['Latin-1', Buffer.from([0x52, 0xe9]), 't.yaml has bytes that are not UTF-8: save it as UTF-8'],
])('%s is not', (_name, bytes, sentence) => {
  expect(() => decode('t.yaml', bytes)).toThrow(new UsageError(sentence));
});
