/** RBAC as kubectl prints it: what is read, what is refused, and when it is all that there is. */
import fc from 'fast-check';
import { readBindings } from '../../../../../access/explain/document/read-bindings';
import { isRoleMissing, seenBindings } from '../../../../../access/explain/seen-bindings';
import { type SeenBinding } from '../../../../../access/explain/seen-cluster';

const object = (kind: string, name: string, namespace?: string, more: object = {}) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...(kind.endsWith('Binding')
    ? {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
        subjects: [{ kind: 'Group', name: 'devs', apiGroup: 'rbac.authorization.k8s.io' }],
      }
    : {}),
  ...more,
});
const json = (...items: readonly object[]) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 4);
const yaml = (
  name: string,
  subjects = '- {kind: User, name: jane}',
) => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
  namespace: dev
roleRef:
  kind: Role
  name: r
subjects:
${subjects}
`;
const read = (text: string) => {
  const reading = readBindings(text);
  if ('refused' in reading) throw new Error(reading.refused);
  return reading;
};
const namesIn = (text: string) => read(text).bindings.map(({ name }) => name);

test('a List of JSON, with what else is in it', () => {
  const reading = read(
    json(
      object('ClusterRoleBinding', 'a'),
      object('RoleBinding', 'b', 'dev', { subjects: null }),
      object('ClusterRole', 'edit'),
      object('Role', 'r', 'dev'),
      object('ServiceAccount', 's', 'dev'),
    ),
  );
  expect(reading).toEqual({
    bindings: [
      {
        kind: 'ClusterRoleBinding',
        name: 'a',
        namespace: undefined,
        roleRef: { kind: 'ClusterRole', name: 'edit' },
        subjects: [{ kind: 'Group', name: 'devs', namespace: undefined }],
      },
      {
        kind: 'RoleBinding',
        name: 'b',
        namespace: 'dev',
        roleRef: { kind: 'ClusterRole', name: 'edit' },
        subjects: [],
      },
    ],
    roles: [
      { kind: 'ClusterRole', name: 'edit', namespace: undefined },
      { kind: 'Role', name: 'r', namespace: 'dev' },
    ],
  });
});

test('several documents of YAML, and outputs of JSON one after another', () => {
  expect(namesIn(`${yaml('a')}---\n${yaml('b')}`)).toEqual(['a', 'b']);
  const first = json(object('ClusterRoleBinding', 'a'), object('ClusterRoleBinding', 'b'));
  expect(namesIn(`${first}\n${json(object('RoleBinding', 'c', 'dev'))}\n`)).toEqual(['a', 'b', 'c']);
});

test.each<readonly [string, string, RegExp]>([
  ['text without objects', 'No resources found', /^There is no RoleBinding or ClusterRoleBinding in it\.$/],
  ['other objects', json(object('ClusterRole', 'a')), /^There is no RoleBinding/],
  ['what is no YAML', `${yaml('a')}  - {`, /^It stops being YAML in line \d+ of its document\.$/],
  ['YAML one after another', yaml('a') + yaml('b'), /without a line ---/],
  [
    'a binding without a role',
    yaml('a').replace(/roleRef[^]*name: r\n/, ''),
    /^RoleBinding a has no roleRef/,
  ],
  [
    'a binding without a namespace',
    yaml('a').replace('  namespace: dev\n', ''),
    /^RoleBinding a has no metadata\.namespace/,
  ],
  ['a subject of no kind', yaml('a', '- {name: jane}'), /^RoleBinding a has a subject that is not a User/],
  ['a subject whose name is a number', yaml('a', '- {kind: User, name: 12}'), /name that is text/],
  ['a subject that is text', yaml('a', '- jane'), /^RoleBinding a has a subject/],
])('%s is refused', (_, text, refused) => {
  expect(readBindings(text)).toEqual({ refused: expect.stringMatching(refused) as string });
});

test('all of them, only where there is what every cluster has', () => {
  const clusterWide = read(json(object('ClusterRoleBinding', 'a')));
  const own = read(json(object('RoleBinding', 'b', 'kube-system')));
  const all = read(
    json(object('RoleBinding', 'b', 'kube-system'), object('RoleBinding', 'b', 'kube-public')),
  );
  expect(seenBindings([clusterWide]).bindingsMissing).toBe('RoleBindings of all namespaces');
  expect(seenBindings([clusterWide]).kubernetesRoles).toBeUndefined();
  expect(seenBindings([clusterWide, own]).bindingsMissing).toBe('RoleBindings of all namespaces');
  expect(seenBindings([own]).bindingsMissing).toBe('ClusterRoleBindings and RoleBindings of all namespaces');
  const seen = seenBindings([clusterWide, own, all]);
  expect(seen.bindingsMissing).toBeUndefined();
  // What two files have is there once.
  expect(seen.bindings).toHaveLength(3);
});

test('a role is missing only where all roles of its kind were seen', () => {
  const binding = (kind: string, name: string): SeenBinding => ({
    kind: 'RoleBinding',
    name: 'b',
    namespace: 'dev',
    roleRef: { kind, name },
    subjects: [],
  });
  const roles = [
    { kind: 'ClusterRole', name: 'cluster-admin' },
    { kind: 'Role', name: 'r', namespace: 'kube-system' },
    { kind: 'Role', name: 'r', namespace: 'kube-public' },
  ] as const;
  expect(isRoleMissing(binding('ClusterRole', 'edit'))).toBe(false);
  expect(isRoleMissing(binding('ClusterRole', 'edit'), roles.slice(1))).toBe(false);
  expect(isRoleMissing(binding('ClusterRole', 'edit'), roles)).toBe(true);
  expect(isRoleMissing(binding('ClusterRole', 'cluster-admin'), roles)).toBe(false);
  expect(isRoleMissing(binding('Role', 'r'), roles)).toBe(true);
  expect(isRoleMissing(binding('Role', 'r'), [...roles, { kind: 'Role', name: 'r', namespace: 'dev' }])).toBe(
    false,
  );
  expect(isRoleMissing(binding('Role', 'r'), roles.slice(0, 2))).toBe(false);
});

test('whatever is cut out, or written between, is read or refused', () => {
  const texts = [
    json(object('ClusterRoleBinding', 'a'), object('RoleBinding', 'b', 'dev')),
    `${yaml('a')}---\n${yaml('b', '- &x {kind: Group, name: "1"}\n- *x\n- {<<: *x, name: c}')}`,
  ];
  const noise = fc.constantFrom(
    '',
    '{',
    '}',
    '[',
    '\n',
    '- ',
    ': ',
    '"',
    '&a ',
    '*a',
    '<<: ',
    '---\n',
    '!!x ',
    '\u0000',
    '~',
  );
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(600), fc.nat(40), noise, (text, at, length, between) => {
      const reading = readBindings(text.slice(0, at) + between + text.slice(at + length));
      if ('refused' in reading) expect(reading.refused).toMatch(/^[A-Z].*\.$/s);
      else expect(reading.bindings.length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
