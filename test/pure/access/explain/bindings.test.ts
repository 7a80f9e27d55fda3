/** What RBAC binds people to: in lists, in explanations, and beside access policies. */
import { boundWords } from '../../../../access/explain/bound-words';
import { explain } from '../../../../access/explain/explain';
import { findingsOf } from '../../../../access/explain/findings';
import { identitiesOf } from '../../../../access/explain/identities';
import { type SeenBinding, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { unseenOf } from '../../../../access/explain/summary';
import { seenAwsAuth } from './seen';

const iam = (name: string) => `arn:aws:iam::111122223333:${name}`;
const session = (name: string) => `arn:aws:sts::111122223333:assumed-role/${name}`;
const bind = (
  name: string,
  role: string,
  subject: SeenBinding['subjects'][number],
  namespace?: string,
): SeenBinding => ({
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  name,
  namespace,
  roleRef: { kind: 'ClusterRole', name: role },
  subjects: [subject],
});
const group = (name: string) => ({ kind: 'Group', name }) as const;
const user = (name: string) => ({ kind: 'User', name }) as const;

const mapRoles = `- rolearn: ${iam('role/dev')}\n  username: "dev:{{SessionName}}"\n  groups: [devs]\n`;
const cluster = (bindings: readonly SeenBinding[], more: SeenCluster = {}): SeenCluster => ({
  awsAuth: seenAwsAuth({ mapRoles }),
  bindings,
  ...more,
});
const stepsFor = (seen: SeenCluster, principal: string) =>
  explain(seen, principal)
    .steps.filter(({ label }) => label === 'bindings')
    .map(({ text, note, rule }) => [text, note, rule ?? '']);

test('one line for each binding', () => {
  const seen = cluster([
    bind('x', 'edit', group('devs')),
    bind('y', 'view', user('dev:jane'), 'shop'),
    bind('z', 'admin', group('others')),
    bind('everybody', 'view', group('system:authenticated'), 'public'),
    bind('system:basic-user', 'system:basic-user', group('system:authenticated')),
  ]);
  expect(stepsFor(seen, session('dev/jane'))).toEqual([
    ['cluster-wide as ClusterRole edit by ClusterRoleBinding x', 'for group devs', ''],
    ['in namespace shop as ClusterRole view by RoleBinding y', 'for user name dev:jane', ''],
    ['in namespace public as ClusterRole view by RoleBinding everybody', 'as everybody who logs in', ''],
  ]);
  expect(stepsFor(seen, session('dev/joe')).map(([text]) => text)).toEqual([
    'cluster-wide as ClusterRole edit by ClusterRoleBinding x',
    'in namespace public as ClusterRole view by RoleBinding everybody',
  ]);
  // Of the role as a whole it is not known who asks.
  expect(stepsFor(seen, 'role/dev')[1]).toEqual([
    'in namespace shop as ClusterRole view by RoleBinding y',
    'for user name dev:jane, if that is the session',
    '',
  ]);
  expect(identitiesOf(seen).map((identity) => boundWords(seen, identity))).toEqual([
    'ClusterRole edit, ClusterRole view in shop as dev:jane, ClusterRole view in public',
  ]);
});

test('what only seems to name the caller', () => {
  const seen = cluster([
    bind('a', 'edit', user('dev:jane@example.com'), 'shop'),
    bind('b', 'edit', user(iam('role/team/dev')), 'shop'),
    bind('c', 'edit', { kind: 'ServiceAccount', name: 'devs', namespace: 'shop' }, 'shop'),
    bind('d', 'edit', { kind: 'ServiceAccount', name: 'runner', namespace: 'shop' }, 'shop'),
  ]);
  expect(stepsFor(seen, session('dev/jane@example.com')).map(([, note, rule]) => [note, rule])).toEqual([
    ['names dev:jane@example.com, and at login @ becomes -: it does not match', 'template-in-binding'],
    ['names the ARN, which is no name in the cluster: it does not match', 'binding-names-an-arn'],
    ['names devs as a ServiceAccount: it does not match', 'binding-names-a-service-account'],
    ['only what all who log in may do', ''],
  ]);
});

test('a binding with the name of a named right that gives another role is not called by that right', () => {
  const seen = cluster([bind('cfn-eks-access:view', 'cluster-admin', group('devs'))]);
  expect(stepsFor(seen, session('dev/jane'))).toEqual([
    [
      'cluster-wide as ClusterRole cluster-admin by ClusterRoleBinding cfn-eks-access:view',
      'is not what named right view gives',
      'named-right-broken',
    ],
  ]);
});

test('what is not in force is bound to nothing, nor is what no binding names', () => {
  const other = mapRoles.replace('devs', 'others');
  const seen: SeenCluster = {
    awsAuth: seenAwsAuth({ mapRoles: mapRoles + other }),
    bindings: [bind('x', 'edit', group('devs'))],
  };
  expect(identitiesOf(seen).map((identity) => boundWords(seen, identity))).toEqual(['nothing', 'nothing']);
});

test('of system:masters RBAC is not asked', () => {
  const seen: SeenCluster = {
    awsAuth: seenAwsAuth({ mapRoles: mapRoles.replace('[devs]', '["system:masters"]') }),
    bindings: [bind('x', 'edit', user('dev:jane'))],
  };
  expect(identitiesOf(seen).map((identity) => boundWords(seen, identity))).toEqual(['everything']);
  expect(stepsFor(seen, session('dev/jane'))).toEqual([]);
});

test('a role that does not exist gives nothing', () => {
  const seen = cluster([bind('x', 'edit', group('devs'))], {
    kubernetesRoles: [{ kind: 'ClusterRole', name: 'cluster-admin' }],
  });
  expect(stepsFor(seen, session('dev/jane'))[0]?.[1]).toBe('gives nothing: there is no such ClusterRole');
  expect(identitiesOf(seen).map((identity) => boundWords(seen, identity))).toEqual([
    'ClusterRole edit (does not exist)',
  ]);
});

test('beside access policies a group without a binding is a note, and says what holds', () => {
  const policies = [
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      scope: 'namespace',
      namespaces: ['shop'],
    },
  ] as const;
  const entry = {
    principalArn: iam('role/dev'),
    type: 'STANDARD',
    username: 'dev',
    groups: ['devs'],
    policies,
  };
  const seen: SeenCluster = {
    mode: 'API',
    accessEntries: { state: 'read', entries: [entry] },
    bindings: [],
  };
  expect(findingsOf(seen).filter(({ rule }) => rule === 'group-bound-nowhere')).toMatchObject([
    {
      level: 'info',
      effect: 'role/dev gets nothing by the group; AmazonEKSViewPolicy in namespace shop holds without it.',
    },
  ]);
  expect(stepsFor(seen, session('dev/jane'))).toEqual([
    ['none names this user or its groups', 'only what its access policies allow', ''],
  ]);
  expect(identitiesOf(seen).map((identity) => boundWords(seen, identity))).toEqual(['-']);
});

test('the command that binds a group is one word of a shell for each name', () => {
  const groups = `["-x $(id)", "it's"]`;
  const seen: SeenCluster = {
    awsAuth: seenAwsAuth({ mapRoles: mapRoles.replace('[devs]', groups) }),
    bindings: [],
  };
  expect(
    findingsOf(seen).flatMap(({ rule, fix }) => (rule === 'group-bound-nowhere' ? [fix?.text] : [])),
  ).toEqual([
    "kubectl create clusterrolebinding x---id- --clusterrole=view --group='-x $(id)'",
    "kubectl create clusterrolebinding it-s --clusterrole=view --group='it'\\''s'",
  ]);
});

describe('groups that stand for named rights', () => {
  const rights = ['cfn-eks-access:view', 'cfn-eks-access:edit-plus-custom-resources:team-a'];
  const given = (bindings?: readonly SeenBinding[]): SeenCluster => ({
    awsAuth: seenAwsAuth({ mapRoles: mapRoles.replace('devs', rights.join(', ')) }),
    ...(bindings && { bindings }),
  });
  const unbound = (seen: SeenCluster) =>
    findingsOf(seen).filter(({ rule }) => rule === 'group-bound-nowhere');

  test('are explained in words', () => {
    expect(explain(given(), session('dev/jane')).sentence).toBe(
      'YES. They log in as "dev:jane" with groups cfn-eks-access:view (named right view in the whole cluster) and cfn-eks-access:edit-plus-custom-resources:team-a (named right edit-plus-custom-resources in namespace team-a).',
    );
  });

  test('that nothing binds are said to the caller, where all bindings were seen', () => {
    const [view = '', edit = ''] = rights;
    const bound = [bind('x', 'cfn-eks-access:view', group(view))];
    expect(stepsFor(given(bound), session('dev/jane')).slice(1)).toEqual([
      [
        'none gives named right edit-plus-custom-resources in namespace team-a',
        'nothing binds its group: eks-access doctor says what to do',
        'group-bound-nowhere',
      ],
    ]);
    const partly: SeenCluster = { ...given(bound), bindingsMissing: 'RoleBindings of all namespaces' };
    expect(stepsFor(partly, session('dev/jane')).slice(1)).toEqual([]);
    expect(stepsFor(given([...bound, bind('y', 'edit', group(edit))]), session('dev/jane'))).toHaveLength(2);
  });

  test('are no finding where RBAC was not given, nor where they are bound', () => {
    const bound = rights.map((name) => bind(name, 'cfn-eks-access:edit', group(name)));
    expect(unbound(given())).toEqual([]);
    expect(unbound(given(bound))).toEqual([]);
  });

  test('are bound by the manifest and by the provider, where nothing binds them', () => {
    expect(unbound(given([])).map(({ fix }) => [fix?.text, fix?.note])).toEqual([
      ['kubectl apply -f samples/rights-rbac.yaml', 'it binds the named rights of the whole cluster'],
      [
        'kubectl apply -f samples/rights-rbac.yaml',
        'then change Revision of the mapping: the provider binds it in team-a',
      ],
    ]);
  });
});

test('bindings that were not seen are said, and nothing is concluded from them', () => {
  const seen = cluster([], { bindingsMissing: 'ClusterRoleBindings' });
  expect(unseenOf(seen)).toEqual([
    'ClusterRoleBindings were not seen, which may name more: kubectl get clusterrolebindings,rolebindings -A -o yaml',
  ]);
  expect(stepsFor(seen, session('dev/jane'))[0]?.[0]).toBe(
    'none that was seen names this user or its groups',
  );
  expect(identitiesOf(seen).map((identity) => boundWords(seen, identity))).toEqual(['nothing seen']);
});
