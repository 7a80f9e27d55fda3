/** What a plan prints for each tool is text of that tool, whatever aws-auth says. */
import fc from 'fast-check';
import { parseToObject } from 'hcl2-parser';
import { CORE_SCHEMA, defineScalarTag, load } from 'js-yaml';
import { seenAwsAuth } from '../explain/seen';
import { type MigrationPlan, type PlannedEntry } from '../../../../access/migration/migration-plan';
import { planMigration } from '../../../../access/migration/plan';
import { rendered, TOOLS } from '../../../../access/migration/render/render';
import { wordsOf } from '../../../front-door/migration/shell';

const iam = (name: string): string => `arn:aws:iam::111122223333:${name}`;

function planned(who: string, username: string, groups: readonly string[] = [], more = {}): PlannedEntry {
  const entry = {
    principalArn: iam(who),
    type: 'STANDARD',
    username,
    groups,
    policies: [],
    tags: {},
  } as const;
  return { entry, who, line: 1, todo: [], isChange: false, isFirst: false, ...more };
}

function planOf(...entries: readonly PlannedEntry[]): MigrationPlan {
  return { rows: [], entries, digest: '0123456789abcdef', unseen: [], isPartial: false };
}

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly DependsOn?: unknown;
        readonly Properties: Readonly<Record<string, unknown>>;
      }
    >
  >;
}

const tag = (name: string) =>
  defineScalarTag(name, { resolve: (text: string) => ({ [name]: text }), identify: () => false });
const schema = CORE_SCHEMA.withTags([tag('!Ref'), tag('!ImportValue')]);
const template = (text: string): Template => load(text, { schema }) as Template;

const hcl = (text: string) =>
  (parseToObject as (text: string) => unknown)(text) as [
    {
      readonly resource: { readonly aws_eks_access_entry: Readonly<Record<string, readonly [Entry]>> };
    } | null,
  ];
interface Entry {
  readonly user_name: string;
  readonly kubernetes_groups?: readonly string[];
}

/** User name and groups as each tool reads them; undefined where the form leaves the entry out. */
const READ: Readonly<Record<string, (text: string) => readonly unknown[] | undefined>> = {
  cloudformation: (text) => {
    const { Properties } = Object.values(template(text).Resources)[0] ?? {};
    if (Properties === undefined) return undefined;
    return 'Cluster' in Properties
      ? [Properties['UserName'], Properties['Groups'] ?? []]
      : [Properties['Username'], Properties['KubernetesGroups'] ?? []];
  },
  'cloudformation-native': (text) => {
    const { Properties } = Object.values(template(text).Resources)[0] ?? {};
    return Properties && [Properties['Username'], Properties['KubernetesGroups'] ?? []];
  },
  cli: (text) => {
    const words = wordsOf(text.slice(text.indexOf('aws eks create-access-entry')).trimEnd(), {
      CLUSTER: 'c',
    });
    const after = (name: string): string | undefined => {
      const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
      const word = words[at];
      return word?.includes('=') === true ? word.slice(word.indexOf('=') + 1) : words[at + 1];
    };
    const input = words.includes('--cli-input-json')
      ? (JSON.parse(after('cli-input-json') ?? '') as { username: string })
      : undefined;
    const groups = words.includes('--kubernetes-groups') ? after('kubernetes-groups') : '[]';
    return [input?.username ?? after('username'), JSON.parse(groups ?? '') as unknown];
  },
  terraform: (text) => {
    const [parsed] = hcl(text);
    const [entry] = Object.values(parsed?.resource.aws_eks_access_entry ?? {})[0] ?? [];
    return entry && [entry.user_name, entry.kubernetes_groups ?? []];
  },
};

const HOSTILE = fc
  .array(
    fc.constantFrom(
      '$',
      '{',
      '}',
      '%',
      '"',
      "'",
      '`',
      '\\',
      '\n',
      '#',
      ' ',
      '(',
      ')',
      '-',
      ':',
      'é',
      '\u{1f600}',
      '\u2028',
      '\u0085',
      '!',
      '~',
      'a',
      'file://',
      '{{SessionName}}',
      '${',
      '%{',
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test.each(TOOLS)('%s says every user name and every group', (tool) => {
  const read = READ[tool];
  fc.assert(
    fc.property(HOSTILE, fc.array(HOSTILE, { maxLength: 2 }), (username, groups) => {
      const text = rendered(tool, planOf(planned('role/dev', username, groups)), 'prod');
      expect(read?.(text)).toEqual([username, groups]);
    }),
    { numRuns: 200 },
  );
});

test.each(TOOLS)('%s: comments are comments, whatever is in them', (tool) => {
  const plan = planMigration({
    awsAuth: seenAwsAuth({
      mapRoles: `- rolearn: "x\\nResources: {}\\u2028rm\\u0085-rf"\n  username: a\n- rolearn: ${iam('role/dev')}\n  username: dev\n`,
    }),
  });
  const lines = rendered(tool, plan).split(/[\n\u2028\u0085]/);
  expect(lines.filter((line) => line.includes('-rf'))).toEqual([expect.stringMatching(/^# Not in here: x/)]);
});

test.each(['cloudformation', 'cloudformation-native'] as const)(
  '%s leaves out what CloudFormation fills in',
  (tool) => {
    const secret = planned('role/x', '{{resolve:secretsmanager:db}}');
    const text = rendered(tool, planOf(secret, planned('role/dev', 'dev')));
    expect(Object.keys(template(text).Resources)).toEqual(['RoleDev']);
    expect(text).toContain('# TODO role/x is not in here');
    expect(rendered(tool, planOf())).toContain('Resources: {}');
  },
);

test("ours takes over what aws-auth gives otherwise, and leaves the provider's own way in to EKS's type", () => {
  const first = planned('role/provider', 'cfn-eks-access', ['cfn-eks-access'], { isFirst: true });
  const changed = planned('role/dev', 'dev', [], { isChange: true });
  const { Resources } = template(rendered('cloudformation', planOf(first, changed, planned('user/x', 'x'))));
  expect(Resources).toMatchObject({
    RoleProvider: { Type: 'AWS::EKS::AccessEntry' },
    RoleDev: {
      Type: 'Custom::EksMapRolesEntry',
      DependsOn: ['RoleProvider'],
      Properties: { ExistingEntry: 'ADOPT', ServiceToken: { '!ImportValue': 'EksAccessServiceToken' } },
    },
    UserX: { Type: 'Custom::EksMapUsersEntry', Properties: { UserArn: iam('user/x') } },
  });
  expect(Resources['UserX']?.Properties).not.toHaveProperty('ExistingEntry');
});

test("a user name that is EKS's default is left out, and policies are named", () => {
  const policies = [
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      scope: 'cluster',
      namespaces: [],
    },
  ] as const;
  const { entry } = planned('role/dev', 'dev');
  const plan = planOf({ ...planned('role/dev', 'dev'), entry: { ...entry, username: undefined, policies } });
  expect(template(rendered('cloudformation', plan)).Resources['RoleDev']?.Properties).toEqual({
    ServiceToken: { '!ImportValue': 'EksAccessServiceToken' },
    ServiceTimeout: 600,
    Cluster: { '!Ref': 'ClusterName' },
    RoleArn: iam('role/dev'),
    AccessPolicies: [{ PolicyArn: 'AmazonEKSClusterAdminPolicy', AccessScope: { Type: 'cluster' } }],
  });
});

test.each(TOOLS)('%s says who is left to EKS, without a line where aws-auth has none', (tool) => {
  const plan = planMigration({
    awsAuth: seenAwsAuth({ mapRoles: `- rolearn: ${iam('role/dev')}\n  username: dev\n` }),
    mode: 'CONFIG_MAP',
    creator: iam('role/maker'),
  });
  expect(rendered(tool, plan)).toContain(
    '# Not in here: role/maker: EKS gives it an access entry with full control when the mode changes.\n',
  );
});

test('names are unique', () => {
  const entries = ['role/a-b', 'role/a_b', 'role/A.B'].map((who) => planned(who, 'x'));
  expect(Object.keys(template(rendered('cloudformation-native', planOf(...entries))).Resources)).toEqual([
    'RoleAB',
    'RoleAB2',
    'RoleAB3',
  ]);
  expect(
    Object.keys(hcl(rendered('terraform', planOf(...entries)))[0]?.resource.aws_eks_access_entry ?? {}),
  ).toEqual(['role_a_b', 'role_a_b_2', 'role_a_b_3']);
});

test.each(TOOLS)('%s names the cluster where it is known, and asks for it where it is not', (tool) => {
  expect(rendered(tool, planOf(planned('role/dev', 'dev')), 'prod')).toMatch(
    /(?:Default: "prod"|CLUSTER=prod|default = "prod")/,
  );
  expect(rendered(tool, planOf(planned('role/dev', 'dev')))).not.toContain('prod');
});
