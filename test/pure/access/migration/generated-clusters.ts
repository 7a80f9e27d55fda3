/** Generated clusters on the way from aws-auth to access entries, and what of two of them has to be the same. */
import fc from 'fast-check';
import { type DesiredAccessEntry } from '../../../../access/access-entry/access-entry';
import { type Explanation } from '../../../../access/explain/explanation';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { viewOf } from '../../../../access/explain/view';
import { NODE_IDENTITIES } from '../../../../access/node-identity';
import { seenAwsAuth } from '../explain/seen';

/** As EKS describes what it was given. */
export function described(entry: DesiredAccessEntry): SeenAccessEntry {
  const { principalArn, type, policies } = entry;
  const node = type === 'STANDARD' ? undefined : NODE_IDENTITIES[type];
  return {
    principalArn,
    type,
    username: entry.username ?? node?.userName ?? '',
    groups: node?.groups ?? entry.groups,
    policies,
  };
}

/** What a login comes to: `system:masters` and the policy of full control are one, and groups are a set. */
export function outcome({ as }: Explanation): unknown {
  if (as === undefined) return undefined;
  const { userName, groups, policies } = as;
  // A node joins by its groups, of which EKS gives those of the type.
  if (groups.includes('system:nodes')) return { node: userName };
  const isAdmin = groups.includes('system:masters') || policies.includes('AmazonEKSClusterAdminPolicy');
  const others = policies.filter((policy) => policy !== 'AmazonEKSClusterAdminPolicy');
  return {
    userName,
    groups: [...new Set(groups)].filter((group) => group !== 'system:masters').sort(),
    others,
    isAdmin,
  };
}

/** Callers of every principal that the text names, in whatever spelling, and some whom it does not. */
export function callersIn(cluster: SeenCluster): readonly string[] {
  const { accessEntries, written } = viewOf(cluster);
  const named = [
    ...accessEntries.map(({ principalArn }) => principalArn),
    ...written.sections.flatMap(({ entries }) => entries.map(({ principal }) => principal)),
  ];
  const spellings = named.flatMap((arn) => [arn, arn.trim(), arn.replace(/:role\/.*\//, ':role/')]);
  return [...new Set([...spellings, ...OTHERS])].filter((arn) =>
    /^arn:aws[^:]*:(?:iam|sts)::\d{12}:/.test(arn),
  );
}

const OTHERS = ['arn:aws:iam::111122223333:role/other', 'arn:aws:iam::444455556666:role/dev'];

const ACCOUNT = fc.constantFrom('111122223333', '444455556666');
const PRINCIPAL = fc
  .tuple(
    fc.constantFrom('iam', 'iam', 'iam', 'iam', 'sts'),
    ACCOUNT,
    fc.constantFrom(
      'role/dev',
      'role/DEV',
      'role/ops',
      'role/team/ops',
      'role/node',
      'role/AWSReservedSSO_Admin_0123456789abcdef',
      'role/AWSServiceRoleForBatch',
      'role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch',
      'user/alice',
      'user/Alice',
      'user/team/alice',
      'root',
      'assumed-role/dev/session',
      'federated-user/bob',
    ),
  )
  .map(([service, account, rest]) => `arn:aws:${service}::${account}:${rest}`);
const USER = fc.constantFrom(
  '"alice"',
  '"dev:{{SessionName}}"',
  '"{{SessionName}}"',
  '"a:{{AccountID}}:{{SessionNameRaw}}"',
  '"system:node:{{EC2PrivateDNSName}}"',
  '"system:node:{{SessionName}}"',
  '"aws:x"',
  '""',
  '42',
  '"a\\tb"',
);
const GROUPS = fc.constantFrom(
  '[]',
  '[a, b]',
  '[b, a, a]',
  '[system:masters]',
  '[a, system:masters]',
  '[system:bootstrappers, system:nodes]',
  '[system:bootstrappers, system:nodes, system:node-proxier]',
  '[system:bootstrappers, system:nodes, eks:kube-proxy-windows]',
  '[system:nodes]',
  '["{{AccountID}}"]',
  '[cfn-eks-access]',
  'system:masters',
);
const mapped = (key: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc
        .tuple(PRINCIPAL, USER, GROUPS)
        .map(([arn, user, groups]) => `- ${key}: ${arn}\n  username: ${user}\n  groups: ${groups}\n`),
      { maxLength: 6 },
    )
    .map((entries) => entries.join(''));
const ENTRY: fc.Arbitrary<SeenAccessEntry> = fc
  .tuple(
    fc.constantFrom('role/dev', 'role/team/ops', 'role/node', 'user/alice'),
    fc.constantFrom('x', 'dev:{{SessionName}}'),
    fc.constantFrom([], ['a', 'b']),
  )
  .map(([name, username, groups]) => ({
    principalArn: `arn:aws:iam::111122223333:${name}`,
    type: 'STANDARD',
    username,
    groups,
    policies: [],
  }));
export const CLUSTER: fc.Arbitrary<SeenCluster> = fc
  .record({
    mapRoles: mapped('rolearn'),
    mapUsers: fc.oneof(mapped('userarn'), mapped('rolearn')),
    mapAccounts: fc.constantFrom('', '- "444455556666"\n'),
    broken: fc.constantFrom('', '', '', '  @\n'),
    mode: fc.constantFrom('CONFIG_MAP', 'API_AND_CONFIG_MAP', undefined),
    entries: fc.uniqueArray(ENTRY, { selector: ({ principalArn }) => principalArn, maxLength: 2 }),
    created: fc.constantFrom(undefined, 'arn:aws:iam::111122223333:role/team/dev'),
  })
  .map(({ mapRoles, mapUsers, mapAccounts, broken, mode, entries, created }) => ({
    awsAuth: seenAwsAuth({ mapRoles, mapUsers: mapUsers + broken, mapAccounts }),
    mode,
    accessEntries: mode === 'CONFIG_MAP' ? undefined : { state: 'read', entries },
    roles: created === undefined ? [] : [{ arn: created }],
  }));
