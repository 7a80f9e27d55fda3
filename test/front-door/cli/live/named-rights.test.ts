/** Named rights on a live cluster: in words and as data, and what doctor finds of their setup. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { roleBindingOf } from '../../../../access/rbac/plan';
import { ACCOUNT, givenCluster, type LiveWorld } from './cluster';

const root = join(__dirname, '../../../..');
const setup = readFileSync(join(root, 'samples/rights-rbac.yaml'), 'utf8');
const schema = JSON.parse(readFileSync(join(root, 'cli/output.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
const GROUP = 'cfn-eks-access:edit:team-a';
const mapped = (...groups: readonly string[]): string =>
  `- rolearn: ${ACCOUNT}:role/dev\n  username: dev\n  groups: ${JSON.stringify(groups)}\n`;
/** Every cluster has some in these namespaces. */
const OF_KUBERNETES = ['kube-system', 'kube-public'].map((namespace) => ({
  ...roleBindingOf({ name: 'view', namespace }, namespace),
  metadata: { name: 'system:x', namespace },
}));

const EDIT = roleBindingOf({ name: 'edit', namespace: 'team-a' }, 'team-a');

/** With the setup, and the RoleBinding as the provider makes it. */
async function given(groups: readonly string[], binding: object = EDIT): Promise<LiveWorld> {
  const awsAuth = { data: { mapRoles: mapped(...groups) } };
  const world = await givenCluster({ authenticationMode: 'CONFIG_MAP', awsAuth });
  world.cluster.applyRbac(setup);
  world.cluster.applyRbac([...OF_KUBERNETES, binding]);
  return world;
}

test('list says which rights the groups stand for, in text and in JSON', async () => {
  const { run } = await given(['team-b', 'cfn-eks-access:view', GROUP]);
  const text = (await run('list --cluster prod', { env: { COLUMNS: '400' } })).stdout;
  expect(text).toContain(
    'team-b, named right view in the whole cluster, named right edit in namespace team-a  ',
  );
  const json = JSON.parse((await run('list --cluster prod --json')).stdout) as object;
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  expect((json as { readonly identities: unknown }).identities).toMatchObject([
    {
      groups: ['team-b', 'cfn-eks-access:view', GROUP],
      rights: [
        {
          group: 'cfn-eks-access:view',
          name: 'view',
          namespace: null,
          words: 'named right view in the whole cluster',
        },
        { group: GROUP, name: 'edit', namespace: 'team-a', words: 'named right edit in namespace team-a' },
      ],
    },
  ]);
});

test('doctor finds nothing where all is as it was set up', async () => {
  expect(await rulesOf(await given([GROUP]))).toEqual([]);
});

test('a namespace that was deleted and made again has no binding, and how to get it is said', async () => {
  const world = await given([GROUP]);
  world.cluster.namespaces.missing('team-a');
  world.cluster.namespaces.active('team-a');
  expect(await rulesOf(world)).toEqual(['group-bound-nowhere']);
  const { stdout } = await world.run('doctor --cluster prod --rbac live', { env: { COLUMNS: '400' } });
  expect(stdout).toContain('change Revision of the mapping: the provider binds it in team-a');
  const explained = await world.run('explain role/dev --cluster prod --rbac live', {
    env: { COLUMNS: '400' },
  });
  expect(explained.stdout.replace(/\s+/g, ' ')).toContain('none gives named right edit in namespace team-a');
});

test.each([
  [
    'a binding of ours that gives another role',
    { ...EDIT, roleRef: { kind: 'ClusterRole', name: 'admin' } },
    [GROUP],
    'RoleBinding team-a/cfn-eks-access:edit gives ClusterRole "admin", not the named right edit.',
  ],
  [
    'a group that looks like a right',
    EDIT,
    [GROUP, 'cfn-eks-access:edti:team-a'],
    'The group "cfn-eks-access:edti:team-a" looks like a named right, and there is none of this name.',
  ],
])('%s', async (_, binding, groups, sentence) => {
  const world = await given(groups, binding);
  expect(await rulesOf(world)).toEqual(['named-right-broken']);
  const { stdout } = await world.run('doctor --cluster prod --rbac live', { env: { COLUMNS: '400' } });
  expect(stdout).toContain(sentence);
});

/** What of bindings doctor finds. */
async function rulesOf({ run }: LiveWorld): Promise<readonly string[]> {
  const { stdout } = await run('doctor --cluster prod --rbac live --json');
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string }[] };
  return findings.map(({ rule }) => rule).filter((rule) => /right|bound|binding/.test(rule));
}

test.each([
  [undefined, /"okta" puts no prefix before the groups of its tokens/],
  ['cfn-eks-access:', /"okta" puts "cfn-eks-access:" before the groups of its tokens/],
  ['cfn-', /"okta" puts "cfn-" before/],
])('an OIDC provider with the prefix %s can name the groups of rights', async (groupsPrefix, expected) => {
  const identityProviders = [{ name: 'okta', groupsClaim: 'groups', groupsPrefix }];
  const { run } = await givenCluster({ authenticationMode: 'API', identityProviders });
  const { stdout } = await run('doctor --cluster prod', { env: { COLUMNS: '1000' } });
  expect(stdout).toMatch(expected);
  expect(stdout).toContain('can give anybody the groups of named rights');
});

test.each([
  ['has a prefix of its own', { name: 'okta', groupsClaim: 'groups', groupsPrefix: 'oidc:' }],
  ['names no groups', { name: 'okta' }],
])('an OIDC provider that %s cannot', async (_, provider) => {
  const { run } = await givenCluster({ authenticationMode: 'API', identityProviders: [provider] });
  const { stdout } = await run('doctor --cluster prod --json');
  expect(stdout).not.toContain('oidc-prefix');
});
