import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parsePrincipalArn } from '../../../access/principal';
import { type AuthenticationMode, type DesiredAccess, type EntryType } from '../../../access/desired-access';
import { refusalOf } from './refusal';
import { account, ACCOUNT, at, clusterWide, native, placed, type Placed, role, user } from './desired';

const NODES = ['system:bootstrappers', 'system:nodes'];
const FOREIGN_NODE = role({ arn: 'arn:aws:iam::999999999999:role/node', type: 'EC2_LINUX' });

type Expected = 'CONFIG_MAP' | 'API' | { refused: string };
const refused = (message: string) => ({ refused: message });

it.each<[string, DesiredAccess, Expected, Expected, Expected]>([
  // what is asked for → CONFIG_MAP, API_AND_CONFIG_MAP, API
  ['a role', role(), 'CONFIG_MAP', 'API', 'API'],
  ['a user', user(), 'CONFIG_MAP', 'API', 'API'],
  ['an account', account(), 'CONFIG_MAP', 'CONFIG_MAP', refused('access entries cannot map a whole account')],
  [
    'a native entry',
    native(),
    refused('cluster prod is in authentication mode CONFIG_MAP, which has no access entries'),
    'API',
    'API',
  ],
  [
    'forced aws-auth',
    role({ authenticationMode: 'CONFIG_MAP' }),
    'CONFIG_MAP',
    'CONFIG_MAP',
    refused('does not read aws-auth: write AUTO or API'),
  ],
  [
    'a forced access entry',
    role({ authenticationMode: 'API' }),
    refused('has no access entries: write AUTO or CONFIG_MAP'),
    'API',
    'API',
  ],
  ['system:masters', role({ groups: ['system:masters'] }), 'CONFIG_MAP', 'API', 'API'],
  [
    'a system: group',
    role({ groups: ['system:x'] }),
    'CONFIG_MAP',
    'CONFIG_MAP',
    refused('cannot begin with system:'),
  ],
  [
    'a system: group, forced',
    role({ groups: ['system:x'], authenticationMode: 'API' }),
    refused('has no access entries'),
    refused('cannot begin with system:'),
    refused('cannot begin with system:'),
  ],
  [
    'a native system: group',
    native({ groups: ['system:x'] }),
    refused('which has no access entries'),
    refused('cannot begin with system:'),
    refused('cannot begin with system:'),
  ],
  [
    'access policies',
    role({ accessPolicies: [clusterWide('X')] }),
    refused('aws-auth, where access policies are given by RBAC, which can give AmazonEKSViewPolicy'),
    'API',
    'API',
  ],
  [
    'a system: group with access policies',
    role({ groups: ['system:x'], accessPolicies: [clusterWide('X')] }),
    refused('where access policies are given by RBAC'),
    refused('cannot begin with system:'),
    refused('cannot begin with system:'),
  ],
  [
    'an access policy that says what a right says',
    role({ accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }),
    'CONFIG_MAP',
    'API',
    'API',
  ],
  [
    'a system: group with such a policy',
    role({ groups: ['system:x'], accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }),
    'CONFIG_MAP',
    'CONFIG_MAP',
    refused('cannot begin with system:'),
  ],
  [
    'rights by policies alone',
    role({ rights: [{ name: 'edit', namespaces: ['dev'] }], engine: 'POLICY' }),
    refused('Engine is POLICY, but this mapping lives in aws-auth'),
    'API',
    'API',
  ],
  [
    'a right that no policy gives',
    role({ rights: [{ name: 'view-plus-nodes', namespaces: [] }] }),
    'CONFIG_MAP',
    'API',
    'API',
  ],
  [
    'a node with access policies',
    role({ type: 'EC2_LINUX', accessPolicies: [clusterWide('AmazonEKSViewPolicy')] }),
    refused('in aws-auth a mapping of Type EC2_LINUX has the groups of its nodes alone'),
    refused('take no access policies'),
    refused('take no access policies'),
  ],
  ['a node', role({ type: 'EC2_LINUX' }), 'CONFIG_MAP', 'API', 'API'],
  [
    'a node by its user name',
    role({ userName: 'system:node:{{EC2PrivateDNSName}}', groups: NODES }),
    'CONFIG_MAP',
    'API',
    'API',
  ],
  [
    'a node of another account (GT-78)',
    FOREIGN_NODE,
    'CONFIG_MAP',
    'CONFIG_MAP',
    refused("of the cluster's own account 111122223333"),
  ],
  [
    'a native node of another account',
    native({ arn: 'arn:aws:iam::999999999999:role/node', type: 'EC2_LINUX' }),
    refused('which has no access entries'),
    refused('own account'),
    refused('own account'),
  ],
  ['Auto Mode nodes', role({ type: 'EC2' }), refused('exists as an access entry only'), 'API', 'API'],
  [
    'a role of another account',
    role({ arn: 'arn:aws:iam::999999999999:role/x' }),
    'CONFIG_MAP',
    'API',
    'API',
  ],
  [
    'a session name without colon',
    role({ userName: '{{SessionName}}' }),
    'CONFIG_MAP',
    'CONFIG_MAP',
    refused('a colon must come before'),
  ],
  [
    'another partition',
    role({ arn: `arn:aws-cn:iam::${ACCOUNT}:role/x` }),
    refused('is in partition aws'),
    refused('is in partition aws'),
    refused('is in partition aws'),
  ],
])('%s', (_, desired, ...expected) => {
  const modes = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;
  for (const [index, mode] of modes.entries()) {
    const wanted = expected[index];
    const place = () => placed(desired, at(mode)).place;
    if (typeof wanted === 'string') expect(place()).toBe(wanted);
    else {
      const message = expect.stringContaining(wanted?.refused ?? '') as string;
      expect(refusalOf(place)).toMatchObject({ code: 'InvalidRequest', message });
    }
  }
});

/** What the API refuses of a request by itself, as measured (GT-83 to GT-86); an oracle of its own. */
function refusedByApi(placement: Placed): string | undefined {
  if (placement.place !== 'API') return undefined;
  const { type, username, groups, policies, tags } = placement.entry;
  const begins = (text: string) => /^(system|eks|aws|amazon|iam):/.test(text);
  if (username !== undefined && begins(username)) return 'the username must not begin so';
  if (groups.some(begins)) return 'the group must not begin so';
  const session = username?.search(/\{\{SessionName(Raw)?\}\}/) ?? -1;
  if (session >= 0 && !username?.slice(0, session).includes(':')) return 'no colon before the session name';
  if (type !== 'STANDARD' && (username !== undefined || groups.length > 0 || Object.keys(tags).length > 0))
    return 'node types take none';
  if (type !== 'STANDARD' && type !== 'EC2' && policies.length > 0) return 'only STANDARD takes policies';
  return undefined;
}

const words = fc.constantFrom(
  ...[
    'system:',
    'eks:',
    'aws:',
    'iam:',
    'amazon:',
    'System:',
    'node:',
    ':',
    'x',
    'masters',
    'nodes',
    'bootstrappers',
    'developers',
  ],
  ...['{{SessionName}}', '{{SessionNameRaw}}', '{{EC2PrivateDNSName}}', '{{AccountID}}', '{{AccessKeyID}}'],
);
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const group = fc.oneof(
  text,
  fc.constantFrom(...NODES, 'system:masters', 'system:node-proxier', 'eks:kube-proxy-windows'),
);
const types = [
  'STANDARD',
  'EC2_LINUX',
  'EC2_WINDOWS',
  'FARGATE_LINUX',
  'HYBRID_LINUX',
  'EC2',
  'HYPERPOD_LINUX',
] as const;
const change = fc.record(
  {
    userName: fc.oneof(
      text,
      fc.constantFrom('system:node:{{EC2PrivateDNSName}}', 'system:node:{{SessionName}}'),
    ),
    groups: fc.uniqueArray(group, { maxLength: 4 }),
    type: fc.constantFrom<EntryType>(...types),
    accessPolicies: fc.subarray([clusterWide('AmazonEKSViewPolicy'), clusterWide('AmazonEKSAutoNodePolicy')]),
    authenticationMode: fc.constantFrom('AUTO' as const, 'CONFIG_MAP' as const, 'API' as const),
  },
  { requiredKeys: [] },
);
const anyDesired = fc.oneof<fc.Arbitrary<DesiredAccess>[]>(
  change.map(role),
  change.map(user),
  change.map(native),
);
const anyMode = fc.constantFrom<AuthenticationMode>('CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API');

it('never writes what the API would refuse, nor where the cluster does not look', () => {
  fc.assert(
    fc.property(anyDesired, anyMode, (desired, mode) => {
      let placement: Placed;
      try {
        placement = placed(desired, at(mode));
      } catch (error) {
        expect(error).toMatchObject({
          code: 'InvalidRequest',
          message: expect.not.stringMatching(/[.]$/) as string,
        });
        return;
      }
      expect(refusedByApi(placement)).toBeUndefined();
      expect(placement.place === 'API' ? mode !== 'CONFIG_MAP' : mode !== 'API').toBe(true);
    }),
    { numRuns: 3000 },
  );
});

it('loses no group on the way, and invents none but those of a node', () => {
  fc.assert(
    fc.property(anyDesired, anyMode, (desired, mode) => {
      let placement: Placed;
      try {
        placement = placed(desired, at(mode));
      } catch {
        return;
      }
      if (placement.place === 'CONFIG_MAP') {
        const { mapping } = placement;
        if (mapping.section !== 'mapAccounts' && (desired.type ?? 'STANDARD') === 'STANDARD')
          expect(mapping.groups).toEqual([
            ...desired.groups,
            ...(desired.accessPolicies.length > 0 ? ['cfn-eks-access:view'] : []),
          ]);
        return;
      }
      const { entry } = placement;
      if (entry.type !== 'STANDARD') return;
      const isAdmin = entry.policies.some(({ policyArn }) =>
        policyArn.endsWith('/AmazonEKSClusterAdminPolicy'),
      );
      expect([...entry.groups, ...(isAdmin ? ['system:masters'] : [])].sort()).toEqual(
        [...desired.groups].sort(),
      );
    }),
    { numRuns: 2000 },
  );
});

interface Vector {
  readonly name: string;
  readonly operation: string;
  readonly request: {
    principalArn?: string;
    type?: EntryType;
    username?: string;
    kubernetesGroups?: string[];
    tags?: Record<string, string>;
  };
  readonly expect: { readonly accept: boolean; readonly errorName?: string };
}

/** Decided by what is in IAM or in the cluster, which a placement does not know. */
const onlyEksKnows = [
  'create-principal-not-propagated-yet',
  'create-already-exists',
  'create-existing-cluster-creator-entry',
  'create-in-CONFIG_MAP-mode',
  'create-EC2_LINUX-no-passrole',
  'create-entry-3001',
  'create-after-iam-role-recreated',
];
/** Refused with the properties before; a session is turned into its role, which the API does not do. */
const decidedBefore = ['create-type-unknown', 'create-tag-aws-prefix', 'create-sts-assumed-role-arn'];

const vectors = (JSON.parse(readFileSync('test/fixtures/eks-api-vectors.json', 'utf8')) as Vector[]).filter(
  ({ operation, name }) =>
    operation === 'CreateAccessEntry' && !onlyEksKnows.includes(name) && !decidedBefore.includes(name),
);

it.each(vectors.map((vector) => [vector.name, vector] as const))(
  'agrees with the EKS API: %s',
  (_, { request, expect: expected }) => {
    const place = () =>
      placed(
        {
          ...native({
            ...(request.type ? { type: request.type } : {}),
            ...(request.username ? { userName: request.username } : {}),
            groups: request.kubernetesGroups ?? [],
            tags: request.tags ?? {},
          }),
          principal: parsePrincipalArn(request.principalArn ?? '', 'PrincipalArn'),
        },
        { ...at('API'), partition: request.principalArn?.split(':')[1] ?? 'aws' },
      );
    if (expected.accept) expect(place().place).toBe('API');
    else expect(refusalOf(place)).toMatchObject({ code: 'InvalidRequest' });
  },
);
