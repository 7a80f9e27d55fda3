/** Which ways into a cluster are told, in which order, from what was seen. */
import fc from 'fast-check';
import { readDocument } from '../../../../access/explain/document/read-document';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { awsAuthOf } from '../../../../access/explain/seen-document';
import { recoveryOf } from '../../../../access/recovery/recover';
import { type RecoveryFacts, type Way } from '../../../../access/recovery/recovery';
import { wordsOf } from '../../../front-door/migration/shell';

const ACCOUNT = 'arn:aws:iam::111122223333';
const NODE = `${ACCOUNT}:role/node`;
const ADMIN_POLICY = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  scope: 'cluster' as const,
  namespaces: [],
};
const entryOf = (name: string, more: Partial<SeenAccessEntry> = {}): SeenAccessEntry => ({
  principalArn: `${ACCOUNT}:role/${name}`,
  type: 'STANDARD',
  username: name,
  groups: [],
  policies: [],
  ...more,
});
const entries = (...found: readonly SeenAccessEntry[]) => ({ state: 'read', entries: found }) as const;
const unreadable = { state: 'unreadable', why: 'the cluster does not let you in' } as const;
const awsAuth = (text: string) => awsAuthOf(readDocument(text));
const mapped = (arn: string, groups: string): string =>
  `    - rolearn: ${arn}\n      username: x\n      groups: [${groups}]\n`;
const HEAD =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapRoles: |\n';
const PLATFORM = { version: '1.33', platformVersion: 'eks.4', isOnOutpost: false };
const LOCKED: SeenCluster = { name: 'prod', mode: 'CONFIG_MAP', awsAuth: unreadable };

const told = (facts: RecoveryFacts): readonly string[] =>
  recoveryOf(facts).ways.map(({ name, state }) => `${state} ${name}`);

test.each<[string, RecoveryFacts, readonly string[]]>([
  [
    'mode CONFIG_MAP, nobody reads aws-auth',
    { cluster: LOCKED, platform: PLATFORM },
    [
      'open mode',
      'maybe administrator',
      'maybe creator',
      'maybe service-account',
      'maybe node-group',
      'closed access-entry',
    ],
  ],
  [
    'mode CONFIG_MAP on an Outpost',
    { cluster: LOCKED, platform: { ...PLATFORM, isOnOutpost: true } },
    [
      'maybe administrator',
      'maybe creator',
      'maybe service-account',
      'maybe node-group',
      'closed access-entry',
      'closed mode',
    ],
  ],
  [
    'mode CONFIG_MAP, the platform is too old',
    { cluster: LOCKED, platform: { ...PLATFORM, version: '1.27', platformVersion: 'eks.9' } },
    [
      'maybe administrator',
      'maybe creator',
      'maybe service-account',
      'maybe node-group',
      'closed access-entry',
      'closed mode',
    ],
  ],
  [
    'mode API_AND_CONFIG_MAP, nobody has full control by an entry',
    {
      cluster: {
        ...LOCKED,
        mode: 'API_AND_CONFIG_MAP',
        accessEntries: entries(entryOf('dev')),
        nodeRoles: [],
      },
      platform: PLATFORM,
    },
    [
      'open access-entry',
      'maybe administrator',
      'maybe service-account',
      'maybe node-entry',
      'closed creator',
    ],
  ],
  [
    'mode API_AND_CONFIG_MAP with an administrator, node roles unknown',
    {
      cluster: {
        ...LOCKED,
        mode: 'API_AND_CONFIG_MAP',
        accessEntries: entries(entryOf('ops', { policies: [ADMIN_POLICY] })),
      },
      platform: PLATFORM,
    },
    [
      'open administrator',
      'open access-entry',
      'maybe service-account',
      'maybe node-entry',
      'closed creator',
    ],
  ],
  [
    'mode API without an administrator, and nodes without an entry',
    {
      cluster: {
        name: 'prod',
        mode: 'API',
        accessEntries: entries(),
        nodeRoles: [{ arn: NODE, nodeGroup: 'a', type: 'EC2_WINDOWS' }],
      },
      platform: PLATFORM,
    },
    [
      'open access-entry',
      'open node-entry',
      'closed administrator',
      'closed creator',
      'closed service-account',
    ],
  ],
  [
    'nothing but a file',
    { cluster: { awsAuth: awsAuth(HEAD + mapped(NODE, 'system:nodes')) } },
    [
      'maybe administrator',
      'maybe access-entry',
      'maybe mode',
      'maybe creator',
      'maybe service-account',
      'maybe node-group',
    ],
  ],
  [
    'a file of mode CONFIG_MAP with an administrator',
    {
      cluster: {
        mode: 'CONFIG_MAP',
        awsAuth: awsAuth(HEAD + mapped(`${ACCOUNT}:role/ops`, 'system:masters')),
      },
    },
    [
      'open administrator',
      'maybe mode',
      'maybe creator',
      'maybe service-account',
      'maybe node-group',
      'closed access-entry',
    ],
  ],
])('%s', (_, facts, expected) => {
  expect(told(facts)).toEqual(expected);
});

const wayOf = (facts: RecoveryFacts, name: Way['name']): Way => {
  const found = recoveryOf(facts).ways.find((way) => way.name === name);
  if (found === undefined) throw new Error(`no way ${name}`);
  return found;
};

test('the one who is to get in: as asked, else the role of the caller, else a placeholder', () => {
  const api: SeenCluster = { name: 'prod', mode: 'API', accessEntries: entries() };
  const commandOf = (facts: object): string =>
    wayOf({ cluster: api, region: 'us-gov-west-1', ...facts }, 'access-entry')
      .steps.map(({ command }) => command)
      .join('\n');
  const session = 'arn:aws:sts::111122223333:assumed-role/dev/jane';
  expect(commandOf({ caller: session })).toContain(`--principal-arn ${ACCOUNT}:role/dev `);
  expect(commandOf({ caller: session, admin: `${ACCOUNT}:role/a/b` })).toContain(
    `--admin ${ACCOUNT}:role/a/b `,
  );
  // The path of such a role is not in its session, and EKS wants it (GT-75).
  const sso = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/jane';
  expect(commandOf({ caller: sso })).toContain('--principal-arn ROLE_ARN ');
  expect(commandOf({ caller: `${ACCOUNT}:user/ops/jane` })).toContain(
    `--principal-arn ${ACCOUNT}:user/ops/jane `,
  );
  expect(commandOf({ caller: 'arn:aws:sts::111122223333:federated-user/jane' })).toContain(
    '--principal-arn ROLE_ARN ',
  );
  // A user logs in as itself.
  const login = (facts: object): string | undefined =>
    commandOf(facts)
      .split('\n')
      .find((command) => command.includes('update-kubeconfig'));
  expect(login({ caller: `${ACCOUNT}:user/jane` })).toBe(
    'aws eks update-kubeconfig --name prod --region us-gov-west-1',
  );
  expect(login({ caller: session })).toBe(
    `aws eks update-kubeconfig --name prod --role-arn ${ACCOUNT}:role/dev --region us-gov-west-1`,
  );
  expect(commandOf({})).toContain('arn:aws-us-gov:eks::aws:cluster-access-policy/');
});

test.each<[string, SeenCluster, Way['state'], string]>([
  [
    'one of an access entry',
    { mode: 'API', accessEntries: entries(entryOf('ops', { policies: [ADMIN_POLICY] })) },
    'open',
    'role/ops has full control, if it is still there and you may assume it.',
  ],
  [
    'several of access entries',
    {
      mode: 'API',
      accessEntries: entries(
        entryOf('a', { policies: [ADMIN_POLICY] }),
        entryOf('b', { groups: ['system:masters'] }),
      ),
    },
    'open',
    'role/a and role/b have full control, if they are still there and you may assume one of them.',
  ],
  [
    'several of aws-auth, which access entries may override',
    {
      mode: 'API_AND_CONFIG_MAP',
      accessEntries: unreadable,
      awsAuth: awsAuth(
        HEAD + ['a', 'b'].map((name) => mapped(`${ACCOUNT}:role/${name}`, 'system:masters')).join(''),
      ),
    },
    'maybe',
    'role/a and role/b have full control, if they are still there and you may assume one of them.',
  ],
  [
    'none in mode API',
    { mode: 'API', accessEntries: entries(entryOf('dev')) },
    'closed',
    'No access entry gives full control to anybody.',
  ],
  [
    'none in either place',
    { mode: 'API_AND_CONFIG_MAP', accessEntries: entries(), awsAuth: { state: 'absent' } },
    'closed',
    'Neither access entries nor aws-auth give full control to anybody.',
  ],
])('administrators: %s', (_, cluster, state, why) => {
  expect(wayOf({ cluster }, 'administrator')).toMatchObject({ state, why });
});

test('a temporary node group: aws-auth is fixed before the group is deleted, and the trap is told', () => {
  const { steps, trap } = wayOf(
    { cluster: { ...LOCKED, nodeRoles: [{ arn: NODE, nodeGroup: 'a' }] } },
    'node-group',
  );
  const at = (word: string): number => steps.findIndex(({ command }) => command.includes(word));
  expect(steps[at('create-nodegroup')]?.command).toContain(`--node-role ${NODE} `);
  expect(at('create-nodegroup')).toBeLessThan(at('kubectl replace'));
  expect(at('kubectl replace')).toBeLessThan(at('delete-nodegroup'));
  expect(trap).toContain('fix aws-auth before');
});

test('the nodes are left out where their roles are in force', () => {
  const text =
    HEAD +
    mapped(NODE, 'system:bootstrappers, system:nodes').replace(
      'username: x',
      'username: "system:node:{{EC2PrivateDNSName}}"',
    );
  const cluster: SeenCluster = {
    name: 'prod',
    mode: 'CONFIG_MAP',
    awsAuth: awsAuth(text),
    nodeRoles: [{ arn: NODE, nodeGroup: 'a' }],
  };
  expect(told({ cluster }).join()).not.toContain('node-');
});

test('an entry of nodes that has the type of people is deleted first', () => {
  const cluster: SeenCluster = {
    name: 'prod',
    mode: 'API',
    accessEntries: entries(entryOf('node')),
    nodeRoles: [{ arn: NODE, nodeGroup: 'a' }],
  };
  const { state, steps } = wayOf({ cluster }, 'node-entry');
  expect([state, ...steps.map(({ command }) => command)]).toEqual([
    'open',
    `aws eks delete-access-entry --cluster-name prod --principal-arn ${NODE}`,
    `aws eks create-access-entry --cluster-name prod --principal-arn ${NODE} --type EC2_LINUX`,
  ]);
});

test('the creator: a stack that made the cluster is asked for its role', () => {
  const madeBy = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/prod-cluster/1';
  expect(wayOf({ cluster: LOCKED, madeBy }, 'creator').steps[0]?.command).toContain(
    `describe-stacks --stack-name ${madeBy} `,
  );
  expect(wayOf({ cluster: LOCKED, madeBy: 'eksctl' }, 'creator').why).toContain('of eksctl');
});

const BROKEN = `${HEAD}${mapped(NODE, 'system:nodes')}    - rolearn: ${ACCOUNT}:role/ops\n      username: @ops\n      groups: [system:masters]\n    - rolearn: ${ACCOUNT}:role/dev\n      username: dev\n      groups: system:masters\n`;

test('the fixed text gives back what stood there, and nobody more than it did', () => {
  const { repair } = recoveryOf({
    cluster: { mode: 'CONFIG_MAP', awsAuth: awsAuth(BROKEN) },
    text: BROKEN,
    file: 'a b.yaml',
  });
  expect(repair?.text).toBe(BROKEN.replace('@ops', '"@ops"'));
  expect(repair?.why).toContain('Fixed: section-unparsable.');
  expect(repair?.steps.map(({ command }) => command)).toEqual([
    "eks-access recover 'a b.yaml' --fix > aws-auth.fixed.yaml",
    'kubectl replace -f aws-auth.fixed.yaml',
  ]);
});

test('a fault without a certain fix is told, and the copy of a migration is pointed at', () => {
  const text = `${HEAD}    - rolearn: ${ACCOUNT}:role/ops\n      username: {{{\n      - x: [\n`;
  const { repair } = recoveryOf({ cluster: { mode: 'CONFIG_MAP', awsAuth: awsAuth(text) }, text });
  expect(repair).toMatchObject({
    text: undefined,
    why: expect.stringContaining('Left for you: mapRoles does not parse') as string,
  });
  expect(repair?.steps.map(({ command }) => command).join('\n')).toContain('aws-auth.before-DIGEST');
});

test('a text that is written in a form in which it cannot be fixed is left to a person', () => {
  const broken = Buffer.from(`- rolearn: ${ACCOUNT}:role/ops\n  username: @ops\n`).toString('base64');
  const text = `${HEAD.replace('mapRoles: |\n', '')}mapRoles: !!binary ${broken}\n`;
  const { repair } = recoveryOf({ cluster: { mode: 'CONFIG_MAP', awsAuth: awsAuth(text) }, text });
  expect(repair).toMatchObject({
    text: undefined,
    why: 'mapRoles cannot be written back where it is without changing something else: copy the section.',
  });
  expect(repair?.steps.map(({ command }) => command).join('\n')).toContain('aws-auth.before-DIGEST');
});

const recorded = (owners: string, more = ''): RecoveryFacts => {
  const text = `${HEAD}${mapped(NODE, 'system:nodes')}${more}`.replace(
    'metadata: {name: aws-auth, namespace: kube-system}',
    `metadata: {name: aws-auth, namespace: kube-system, annotations: {cfn-eks-access/owners: '${owners}'}}`,
  );
  return { cluster: { mode: 'CONFIG_MAP', awsAuth: awsAuth(text) }, text };
};
const ownersOf = (stacks: Readonly<Record<string, readonly string[]>>): string =>
  JSON.stringify({
    v: 1,
    stacks: Object.fromEntries(
      Object.entries(stacks).map(([stack, names]) => [
        stack,
        Object.fromEntries(names.map((name) => [`${ACCOUNT}:role/${name}`, { id: name }])),
      ]),
    ),
  });
const stackId = (name: string): string => `arn:aws:cloudformation:eu-west-1:111122223333:stack/${name}/1`;

test.each<[string, string, string]>([
  [
    'several mappings of several stacks',
    ownersOf({ [stackId('team-a')]: ['a', 'b'], [stackId('team-b')]: ['c', 'node'] }),
    'Records name 3 mappings of stack team-a and stack team-b that are not in force: once the text can be read, an Update with another Revision writes them again.',
  ],
  [
    'a stack whose id has another form',
    ownersOf({ 'team-a': ['a'] }),
    'Records name 1 mapping of stack team-a that is not in force: once the text can be read, an Update with another Revision writes them again.',
  ],
  ['mappings that are all in force', ownersOf({ [stackId('team-a')]: ['node'] }), ''],
  ['an annotation that cannot be read', '{', ''],
])('records: %s', (_, owners, sentence) => {
  const { repair } = recoveryOf(recorded(owners));
  expect(repair?.why).toBe(
    ['Nothing in the text has a fix that is certain. The authenticator can read all of it.', sentence]
      .join(' ')
      .trim(),
  );
});

test('records of mappings that are gone name the stacks that write them again', () => {
  const records = JSON.stringify({
    v: 1,
    stacks: {
      'arn:aws:cloudformation:eu-west-1:111122223333:stack/team-a/1': {
        [`${ACCOUNT}:role/gone`]: { id: 'A' },
      },
      'arn:aws:cloudformation:eu-west-1:111122223333:stack/team-b/1': { [NODE]: { id: 'B' } },
    },
  });
  const text = `${HEAD}${mapped(NODE, 'system:nodes')}`.replace(
    'metadata: {name: aws-auth, namespace: kube-system}',
    `metadata: {name: aws-auth, namespace: kube-system, annotations: {cfn-eks-access/owners: '${records}'}}`,
  );
  const { repair } = recoveryOf({ cluster: { mode: 'CONFIG_MAP', awsAuth: awsAuth(text) }, text });
  expect(repair?.why).toContain('Records name 1 mapping of stack team-a that is not in force');
});

test('whatever was seen: closed ways have no commands, the others have some, and each is words for a shell', () => {
  const hostile = fc.constantFrom(undefined, 'x', `it's $(id) "q" \`w\``, '-x; rm *');
  const facts: fc.Arbitrary<RecoveryFacts> = fc.record({
    cluster: fc.record({
      name: fc.constantFrom(undefined, 'prod'),
      mode: fc.constantFrom(undefined, 'CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'),
      awsAuth: fc.constantFrom(undefined, unreadable, { state: 'absent' } as const, awsAuth(BROKEN)),
      accessEntries: fc.constantFrom(
        undefined,
        unreadable,
        entries(),
        entries(entryOf("o'p", { policies: [ADMIN_POLICY] })),
      ),
      nodeRoles: fc.constantFrom(undefined, [], [{ arn: NODE, nodeGroup: 'a' }]),
    }),
    region: hostile,
    profile: hostile,
    platform: fc.constantFrom(undefined, PLATFORM, { ...PLATFORM, isOnOutpost: true }),
    madeBy: fc.constantFrom(undefined, 'eksctl', `arn:'$(id)`),
    caller: hostile,
    admin: hostile,
    text: fc.constantFrom(undefined, BROKEN),
    file: hostile,
  });
  fc.assert(
    fc.property(facts, (seen) => {
      const { ways, repair } = recoveryOf(seen);
      const states = ways.map(({ state }) => state);
      expect([...states].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))).toEqual(states);
      // Nobody is left without any way to try.
      expect(states[0]).not.toBe('closed');
      for (const { state, steps } of ways) expect(steps.length > 0).toBe(state !== 'closed');
      // The one with a substitution of ours, and those that write a file, are for a shell alone.
      const commands = [...ways.flatMap(({ steps }) => steps), ...(repair?.steps ?? [])].map(
        ({ command }) => command,
      );
      for (const command of commands.filter((text) => !/^kubectl patch| > aws-auth|&& git push$/.test(text)))
        expect(wordsOf(command.replaceAll('*', '\\*'), {})[0]).toMatch(/^(aws|kubectl|eks-access|git)$/);
    }),
  );
});

const ORDER = ['open', 'maybe', 'closed'];
