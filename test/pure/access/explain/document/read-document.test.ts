/** What people paste, and what each of it is read as. */
import {
  type AwsAuthDocument,
  type DocumentReading,
  type NoteName,
} from '../../../../../access/explain/document/document';
import { readDocument } from '../../../../../access/explain/document/read-document';

const ROLE = '- rolearn: arn:aws:iam::111122223333:role/dev\n';
const USER = '- userarn: arn:aws:iam::111122223333:user/zoe\n';
const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\n';
const AWS_AUTH = `${HEAD}data:\n  mapRoles: |\n    ${ROLE}`;
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\n';

function awsAuth(reading: DocumentReading): AwsAuthDocument {
  if (reading.kind !== 'aws-auth') throw new Error(JSON.stringify(reading));
  return reading;
}

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);
const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'aws-auth', namespace: 'kube-system' },
  data: { mapRoles: ROLE },
};
const listItem = `- ${AWS_AUTH.replace(/\n(?=.)/g, '\n  ')}`;

const TAKEN: readonly (readonly [string, string, readonly NoteName[]])[] = [
  ['a ConfigMap', AWS_AUTH, []],
  ['with a byte order mark', `\ufeff${AWS_AUTH}`, []],
  ['with CRLF', AWS_AUTH.replace(/\n/g, '\r\n'), []],
  [
    'with the banner of kubectl edit',
    `# Please edit the object below. Lines beginning with a '#' will be ignored,\n#\n${AWS_AUTH}`,
    [],
  ],
  [
    'a section whose key is an alias',
    `${HEAD}  labels: {x: &key mapRoles}\ndata:\n  *key : |\n    ${ROLE}`,
    [],
  ],
  ['JSON', json(object), []],
  ['JSON with a byte order mark and tabs', `\ufeff${JSON.stringify(object, undefined, '\t')}`, []],
  [
    'a List',
    `apiVersion: v1\nkind: List\nitems:\n- ${SECRET.replace(/\n(?=.)/g, '\n  ')}${listItem}`,
    ['chosen-from-list'],
  ],
  ['a List of one', `apiVersion: v1\nkind: List\nitems:\n${listItem}`, []],
  [
    'a ConfigMapList as JSON',
    json({ kind: 'ConfigMapList', items: [object, { ...object, metadata: { name: 'x' } }] }),
    ['chosen-from-list'],
  ],
  ['several documents', `${SECRET}---\n${AWS_AUTH}`, ['several-documents']],
  ['several documents, one of them broken', `${AWS_AUTH}--- # next\na: b: c\n`, ['several-documents']],
  ['a document between markers', `---\n${AWS_AUTH}...\n`, []],
  ['comments before a document', `# c\n---\n${AWS_AUTH}`, []],
  ['aws-auth twice', `${AWS_AUTH.replace('role/dev', 'role/old')}---\n${AWS_AUTH}`, ['several-documents']],
  ['data only', `mapRoles: |\n  ${ROLE}`, ['data-only']],
  ['data and nothing else', `data:\n  mapRoles: |\n    ${ROLE}`, ['name-missing']],
  ['a patch', json({ data: { mapRoles: ROLE } }), ['name-missing']],
  ['no namespace', AWS_AUTH.replace('  namespace: kube-system\n', ''), ['namespace-missing']],
  ['a bare list', ROLE, ['bare-list']],
  ['what follows the end', `${AWS_AUTH}...\nkind: Secret\n`, ['rest-not-read']],
  ['a key that nothing reads', `${AWS_AUTH}  note: x\n`, ['key-not-read']],
  [
    'a key that is written twice',
    `${HEAD}data:\n  mapRoles: |\n    - x\n  mapRoles: |\n    ${ROLE}`,
    ['section-key-twice'],
  ],
  ['data that is written twice', `data: {mapUsers: ""}\n${AWS_AUTH}`, ['section-key-twice']],
  ['a section beside data', `${AWS_AUTH}mapUsers: |\n  ${USER}`, ['section-outside-data']],
  ['a section in binaryData', `${AWS_AUTH}binaryData:\n  mapUsers: LSBhCg==\n`, ['section-outside-data']],
  [
    'a merge of several maps',
    `x: &x\n  mapRoles: |\n    ${ROLE}y: &y\n  mapUsers: ""\n${HEAD}data:\n  <<: [*x, *y]\n`,
    [],
  ],
  ['data only, after a byte order mark', `\ufeffmapRoles: |\n ${ROLE}`, ['data-only']],
  ['a List with what is no object', json({ kind: 'List', items: ['x', object] }), ['chosen-from-list']],
  ['a key that nothing reads, of any length', `${AWS_AUTH}  ${'x'.repeat(100)}: y\n`, ['key-not-read']],
  ['a merge key', `x: &x\n  mapRoles: |\n    ${ROLE}${HEAD}data:\n  <<: *x\n`, []],
];

test.each(TAKEN)('%s: is read', (_, text, notes) => {
  const reading = awsAuth(readDocument(text));
  expect(reading.sections.mapRoles?.text.trim()).toBe(ROLE.trim());
  expect(reading.sections.mapUsers?.text ?? '').toBe('');
  expect(reading.notes.map(({ note }) => note)).toEqual(notes);
  for (const { sentence } of reading.notes) expect(sentence).toMatch(/^.{20,159}\.$/);
});

test('what was applied last is an annotation and never data', () => {
  const applied = json({ ...object, data: { mapRoles: '- old', mapUsers: USER } });
  const text = AWS_AUTH.replace(
    '  name: aws-auth',
    `  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      ${applied.replace(/\n/g, '\n      ')}\n  name: aws-auth`,
  );
  const reading = awsAuth(readDocument(text));
  expect(reading.data).toEqual({ mapRoles: ROLE });
  expect(reading.annotations).toEqual({ 'kubectl.kubernetes.io/last-applied-configuration': `${applied}\n` });
});

test('an annotation that is no text is left out, as no API server takes it', () => {
  const text = AWS_AUTH.replace('  name: aws-auth', '  annotations: {a: 5, b: "5", c: ~}\n  name: aws-auth');
  expect(awsAuth(readDocument(text)).annotations).toEqual({ b: '5' });
});

test('a long name is cut in the sentence about it', () => {
  const { notes } = awsAuth(readDocument(`${AWS_AUTH}  ${'x'.repeat(100)}: y\n`));
  expect(notes[0]?.sentence).toBe(
    `The authenticator does not read "${'x'.repeat(39)}…": it reads mapRoles, mapUsers and mapAccounts.`,
  );
});

test('managed fields are given as they are', () => {
  const managedFields = [{ manager: 'vpcLambda', fieldsV1: { 'f:data': { '.': {}, 'f:mapRoles': null } } }];
  const text = json({ ...object, metadata: { ...object.metadata, managedFields } });
  expect(awsAuth(readDocument(text)).managedFields).toEqual(managedFields);
});

test.each([
  ['of users', USER, { mapUsers: USER }],
  ['of accounts', '- "111122223333"\n', { mapAccounts: '- "111122223333"\n' }],
  [
    'that cannot be read',
    `- rolearn: a\n\tusername: {{x}}\n`,
    { mapRoles: '- rolearn: a\n\tusername: {{x}}\n' },
  ],
  ['with what the authenticator ignores', `${ROLE}---\n${USER}`, { mapRoles: `${ROLE}---\n${USER}` }],
  ['as JSON', json([{ userarn: 'x' }]), { mapUsers: json([{ userarn: 'x' }]) }],
  [
    'of both, as eksctl prints JSON',
    '[{"rolearn": "a"}, {"userarn": "b"},\n {"rolearn": "c"}]\n',
    { mapRoles: '[{"rolearn": "a"}, {"rolearn": "c"}]', mapUsers: '[{"userarn": "b"}]' },
  ],
  [
    'of both, one after the other',
    '[{"rolearn": "a"},{"userarn": "b"},{"userarn": "c"}]',
    { mapRoles: '[{"rolearn": "a"}]', mapUsers: '[{"userarn": "b"},{"userarn": "c"}]' },
  ],
  [
    'of both',
    `# first\n${ROLE}${USER}  # on\n${ROLE}`,
    { mapRoles: `# first\n${ROLE}${ROLE}`, mapUsers: `${USER}  # on\n` },
  ],
])('a bare list %s', (_, text, data) => {
  const reading = awsAuth(readDocument(text));
  expect(reading.data).toEqual(data);
  expect(reading.notes).toMatchObject([
    { note: Object.keys(data).length === 2 ? 'list-splits' : 'bare-list', level: 'info' },
  ]);
});

test('a misspelt key is reported with the one that was meant, and the fix makes it that', () => {
  const text = AWS_AUTH.replace('mapRoles', '"maproles"');
  const reading = awsAuth(readDocument(text));
  expect(reading.sections.mapRoles).toBeUndefined();
  expect(reading.notes).toMatchObject([
    { note: 'section-key-spelling', level: 'error', span: { from: { line: 7, column: 3 } } },
  ]);
  expect(fixed(text, reading).sections.mapRoles?.text).toBe(ROLE);
});

test('no fix makes two keys one', () => {
  const reading = awsAuth(readDocument(`${AWS_AUTH}  mapRole: ""\n`));
  expect(reading.notes).toMatchObject([{ note: 'section-key-spelling', fix: undefined }]);
});

test.each([
  ['a list without its bar', `mapRoles: # c\n  ${ROLE}`, true],
  ['a list in the column of its key', `mapRoles:\n${ROLE}`, false],
  ['a list under a key of the long form', `? mapRoles\n:\n  ${ROLE}`, false],
  ['a list in brackets', 'mapRoles: []\n', false],
  ['a map', 'mapRoles: {a: b}\n', false],
  ['a number', 'mapRoles: 5\n', false],
])('%s is no text, which the API server refuses', (_, text, hasFix) => {
  const reading = awsAuth(readDocument(text));
  expect(reading.sections.mapRoles).toBeUndefined();
  const note = reading.notes.find((found) => found.note === 'section-not-text');
  expect(note).toMatchObject({
    level: 'error',
    sentence: expect.stringContaining('text is wanted') as string,
  });
  expect(note?.fix !== undefined).toBe(hasFix);
  if (hasFix) expect(fixed(text, reading).sections.mapRoles?.text).toBe(ROLE);
});

function fixed(text: string, { notes }: AwsAuthDocument): AwsAuthDocument {
  const { span, fix } = notes.find((note) => note.fix !== undefined) ?? {};
  return awsAuth(readDocument(text.slice(0, span?.start) + (fix ?? '') + text.slice(span?.end)));
}

test('more than the API server takes', () => {
  const comment = `# ${'x'.repeat(1000)}\n    `.repeat(1100);
  const { notes } = awsAuth(readDocument(AWS_AUTH.replace('- role', `${comment}- role`)));
  expect(notes).toMatchObject([
    {
      note: 'too-large',
      level: 'error',
      sentence: expect.stringMatching(/ 1\d{6} bytes and may have 1048576/) as string,
    },
  ]);
});

/** Of what people ask about. */
const asks = (what: string) =>
  `This is ${what}: paste ConfigMap kube-system/aws-auth, and ask about the ARN that aws sts get-caller-identity prints.`;

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['another object', SECRET, 'This is Secret "db" in namespace default, not ConfigMap kube-system/aws-auth.'],
  [
    'another namespace',
    AWS_AUTH.replace('kube-system', 'default'),
    'This is ConfigMap "aws-auth" in namespace default, not ConfigMap kube-system/aws-auth: EKS reads no other.',
  ],
  [
    'another name',
    AWS_AUTH.replace('aws-auth', 'aws_auth'),
    'This is ConfigMap "aws_auth" in namespace kube-system, not ConfigMap kube-system/aws-auth: EKS reads no other.',
  ],
  [
    'several others',
    `${SECRET}---\n${SECRET}`,
    'None of these 2 objects is ConfigMap kube-system/aws-auth; the first is Secret "db" in namespace default.',
  ],
  [
    'a caller',
    json({ UserId: 'AIDA', Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/zoe' }),
    asks('what AWS says of a principal'),
  ],
  ['a role', json({ Role: { RoleName: 'dev' } }), asks('what AWS says of a principal')],
  ['an ARN', ' arn:aws:iam::111122223333:role/dev\n', asks('an ARN')],
  ['an error of kubectl', 'error: You must be logged in to the server (Unauthorized)\n', asks('an error')],
  [
    'an error of kubectl before its list of groups',
    'E1127 09:10:11.1   12 memcache.go:265] "Unhandled Error" err="the server has asked for the client to provide credentials"\n',
    asks('an error'),
  ],
  [
    'an error of the AWS CLI',
    '\nAn error occurred (AccessDeniedException) when calling the DescribeCluster operation: User: arn:aws:iam::111122223333:user/jane is not authorized\n',
    asks('an error'),
  ],
  ['an error of Terraform', '╷\n│ Error: Unauthorized\n│\n│   with module.eks\n╵\n', asks('an error')],
  ['an error of eksctl', '2026-11-27 09:01:02 [✖]  getting auth ConfigMap: Unauthorized\n', asks('an error')],
  [
    'the console',
    'Your current user or role does not have access to Kubernetes objects on this EKS cluster\n',
    asks('an error'),
  ],
  [
    'a log of the authenticator',
    'time="2026-11-27T08:00:00Z" level=warning msg="access denied" error="ARN is not mapped"\n',
    asks('an error'),
  ],
  [
    'an answer of the API server',
    json({ kind: 'Status', status: 'Failure', message: 'pods is forbidden' }),
    asks('an error'),
  ],
  [
    'a kubeconfig',
    'apiVersion: v1\nkind: Config\nusers: [{name: prod, user: {exec: {command: aws, args: [eks, get-token]}}}]\n',
    'This is a kubeconfig, which says who asks, and not who gets in.',
  ],
  [
    'a cluster',
    json({ cluster: { name: 'prod' } }),
    'This is the answer of aws eks describe-cluster, which has no entries.',
  ],
  [
    'another document with the words of an error',
    'kind: ConfigMap\nmetadata: {name: x}\ndata: {note: "error, access denied"}\n',
    'This is ConfigMap "x", not ConfigMap kube-system/aws-auth: EKS reads no other.',
  ],
  [
    'kubectl describe of a node',
    'Name:               ip-10-0-1-2.ec2.internal\nRoles:              <none>\nLabels:             a=b\n                    c=d\n',
    'This is the output of kubectl describe, which runs lines together. Paste the YAML.',
  ],
  [
    'an access entry',
    json({ accessEntry: {} }),
    'These are access entries, which belong under Access entries (--access-entries), and not ConfigMap kube-system/aws-auth.',
  ],
  [
    'one entry',
    'rolearn: arn:aws:iam::111122223333:role/dev\nusername: dev\n',
    'This is one entry, not a list of entries: begin its first line with "- " and indent the others by two spaces.',
  ],
  ['a map of something', 'a: b\n', 'This is a map of other keys, not ConfigMap kube-system/aws-auth.'],
  [
    'a sentence',
    'please help',
    'This is neither a ConfigMap nor a list of entries. Paste ConfigMap kube-system/aws-auth as YAML.',
  ],
  [
    'kubectl describe',
    `Name:         aws-auth\nNamespace:    kube-system\nLabels:       <none>\n\nData\n====\nmapRoles:\n----\n${ROLE}\nEvents:  <none>\n`,
    'This is the output of kubectl describe, which runs lines together. Paste the YAML.',
  ],
  [
    'kubectl get',
    'NAME       DATA   AGE\naws-auth   1      3d\n',
    'This is the table of kubectl get, which leaves the entries out. Paste the YAML.',
  ],
  [
    'eksctl',
    'ARN\t\tUSERNAME\tGROUPS\tACCOUNT\narn:aws:iam::111122223333:role/dev\tdev\tdevs\n',
    'This is the table of eksctl, which shows entries without effect as well. Paste the YAML.',
  ],
  [
    'no ConfigMap',
    'Error from server (NotFound): configmaps "aws-auth" not found\n',
    'kubectl found no ConfigMap aws-auth: in authentication mode API there need not be one, access entries decide.',
  ],
  ...[
    [
      'git diff',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n   mapRoles: |\n+    - rolearn: a\n',
    ],
    ['a hunk of kubectl diff', `@@ -2,8 +2,6 @@\n data:\n   mapRoles: |\n-    ${ROLE}`],
    ['a diff of a new file', `+${AWS_AUTH.trimEnd().replaceAll('\n', '\n+')}\n`],
    ['helm diff', `kube-system, aws-auth, ConfigMap (v1) has changed:\n  kind: ConfigMap\n+     ${ROLE}`],
    ['terraform plan', '  ~ resource "kubernetes_config_map_v1_data" "aws_auth" {\n      ~ data = {\n'],
    ['cdk diff', '[~] Custom::X Cluster/AwsAuth\n └─ [~] Manifest\n         └─ @@ -1,2 +1,2 @@\n'],
  ].map(([name = '', text = '']): readonly [string, string, string] => [
    name,
    text,
    'This is a diff, which shows what changes and not what is there. Paste the YAML.',
  ]),
  ...[
    ['code of Pulumi', 'const c = new eks.Cluster("c", {\n  roleMappings: [{ roleArn: role.arn }],\n});\n'],
    ['code of CDK', "cluster.awsAuth.addRoleMapping(role, { groups: ['system:masters'] });\n"],
  ].map(([name = '', text = '']): readonly [string, string, string] => [
    name,
    text,
    'This is program code, which says what is to be made. Paste the YAML of what is in the cluster.',
  ]),
  ...[
    ['aws eks list-access-entries', json({ accessEntries: ['arn:aws:iam::111122223333:role/dev'] })],
    ['the same as text', 'ACCESSENTRIES\tarn:aws:iam::111122223333:role/dev\n'],
    ['the same as table', '-----\n|  ListAccessEntries  |\n+-----+\n'],
    ['ARNs alone', 'arn:aws:iam::111122223333:role/a\narn:aws:iam::111122223333:role/b\n'],
  ].map(([name = '', text = '']): readonly [string, string, string] => [
    name,
    text,
    'These are names of access entries, and not what they give: print each with aws eks describe-access-entry, for --access-entries.',
  ]),
  [
    'base64',
    `${Buffer.from(AWS_AUTH).toString('base64')}\n`,
    'This is base64, and not the text itself: decode it first (base64 -d).',
  ],
  [
    'a command',
    'eksctl create iamidentitymapping --cluster prod --arn arn:aws:iam::111122223333:role/dev\n',
    'This is a command, and not what it prints. Paste the YAML.',
  ],
  [
    'a configuration of eksctl',
    'kind: ClusterConfig\nmetadata: {name: prod}\niamIdentityMappings:\n- {arn: x, username: y}\n',
    'This is the configuration of eksctl, which says what is to be made. Paste the YAML of what is in the cluster.',
  ],
  [
    'a part of one',
    'accessConfig:\n  accessEntries:\n  - principalARN: arn:aws:iam::111122223333:role/dev\n',
    'This is the configuration of eksctl, which says what is to be made. Paste the YAML of what is in the cluster.',
  ],
  [
    'a Kustomization',
    'kind: Kustomization\nconfigMapGenerator:\n- {name: aws-auth, files: [mapRoles]}\n',
    'This is a Kustomization, from which the ConfigMap is made: paste what kubectl kustomize prints, or the YAML of the cluster.',
  ],
  [
    'a template of CloudFormation',
    'Resources:\n  Dev: {Type: AWS::EKS::AccessEntry}\n',
    'This is a template of CloudFormation, which says what is to be made. Paste the YAML of what is in the cluster.',
  ],
  [
    'a binding',
    'kind: ClusterRoleBinding\nmetadata: {name: devs}\n',
    'This is ClusterRoleBinding "devs", which belongs under --rbac, and not ConfigMap kube-system/aws-auth.',
  ],
  ['a policy', json({ Statement: [] }), 'This is a policy of IAM, which has no entries of a cluster.'],
  [
    'values of Helm',
    'awsAuth:\n  mapRoles:\n  - {rolearn: x}\n',
    'This is an object that has entries for the tool which writes aws-auth, and is not the ConfigMap itself.',
  ],
  [
    'an object of Cluster API',
    'kind: AWSManagedControlPlane\nmetadata: {name: x}\nspec: {iamAuthenticatorConfig: {mapRoles: []}}\n',
    'This is AWSManagedControlPl… "x" that has entries for the tool which writes aws-auth, and is not the ConfigMap itself.',
  ],
  [
    'Terraform state',
    json({ version: 4, terraform_version: '1.5.5' }),
    'This is Terraform source. Paste the YAML.',
  ],
  [
    'a module of Terraform',
    'module "eks" {\n  access_entries = {}\n}\n',
    'This is Terraform source. Paste the YAML.',
  ],
  [
    'kubectl get -A',
    'NAMESPACE     NAME       DATA   AGE\nkube-system   aws-auth   1      3d\n',
    'This is the table of kubectl get, which leaves the entries out. Paste the YAML.',
  ],
  [
    'Terraform',
    'aws_auth_roles = [\n  {\n    rolearn = "arn"\n  }\n]\n',
    'This is Terraform source. Paste the YAML.',
  ],
];

test('names of any length make no longer sentence', () => {
  const long = 'x'.repeat(253);
  const other = `kind: ${long}\nmetadata: {name: ${long}, namespace: ${long}}\ndata: {mapRoles: ""}\n`;
  for (const text of [other, `${other}---\n${other}`])
    expect(readDocument(text)).toMatchObject({ what: expect.stringMatching(/^.{100,160}$/) as string });
});

test.each(REFUSED)('%s: is said to be that', (_, text, what) => {
  expect(readDocument(text)).toMatchObject({
    kind: 'not-aws-auth',
    what,
    command: 'kubectl get configmap aws-auth -n kube-system -o yaml',
  });
  expect(what.length).toBeLessThanOrEqual(160);
});

test.each([
  ['nothing', ''],
  ['blank lines', '\ufeff\n  \r\n'],
  ['comments', '# kind: ConfigMap\n---\n  # c\n'],
])('%s: empty', (_, text) => {
  expect(readDocument(text)).toMatchObject({
    kind: 'empty',
    sentence: expect.stringMatching(/\.$/) as string,
  });
});
