/** Who gets in, as whom, and why not: the sample's answers, callers of every kind, modes, and the law. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { canonicalCallerArn, mappingInForce, readAwsAuth } from '../../../../access/aws-auth/reading/login';
import { filledIn } from '../../../../access/explain/filled-in';
import { explain } from '../../../../access/explain/explain';
import { type SeenCluster } from '../../../../access/explain/seen-cluster';
import { corpus, corpusData } from '../aws-auth/reading/corpus';
import { sample } from './sample';
import { seenAwsAuth } from './seen';

const ACCOUNT = '111122223333';
const iam = (name: string) => `arn:aws:iam::${ACCOUNT}:${name}`;
const session = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}`;
const ask = (question: string, cluster: SeenCluster = { awsAuth: sample }) => explain(cluster, question);
const told = (question: string, cluster?: SeenCluster) => {
  const { sentence, steps, fix, then } = ask(question, cluster);
  const lines = steps.map(({ label, text, note }) => `${label}: ${text}${note === '' ? '' : ` | ${note}`}`);
  return [
    sentence,
    ...lines,
    ...(fix ? [`fix: ${fix.text}`] : []),
    ...(then === undefined ? [] : [`then: ${then}`]),
  ];
};

test('a session of a role that is mapped twice', () => {
  expect(told(session('dev/jane@example.com'))).toEqual([
    'YES. They log in as "dev-b:jane-example.com" with group team-b.',
    `caller: ${session('dev/jane@example.com')}`,
    `looked up: ${iam('role/dev')} | a session counts as its role`,
    'line 20: matches, shadowed by line 23: the last entry for a role wins | dev-a:{{SessionName}}, team-a',
    'line 23: matches, in force (last of 2); letter case does not count | dev-b:{{SessionName}}, team-b',
    'user name: dev-b:{{SessionName}} → dev-b:jane-example.com | @ becomes -',
  ]);
});

test('an SSO role whose entry has its path', () => {
  const role = iam('role/AWSReservedSSO_Admin_0123456789abcdef');
  const answer = [
    `NO. No entry matches ${role}.`,
    'line 14: meant for it, never matches: the ARN has the path aws-reserved/sso.amazonaws.com/eu-west-1/',
    `fix: rolearn: "${role}"`,
    'then: YES, as "sso-admin:<session>" with system:masters (full control)',
  ];
  expect(told('role/AWSReservedSSO_Admin_*')).toEqual(answer);
  expect(told(role)).toEqual(answer);
  const withPath = iam('role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef');
  expect(told(withPath)).toEqual([
    answer[0],
    `caller: ${withPath}`,
    `looked up: ${role} | the path does not count`,
    ...answer.slice(1),
  ]);
});

test('a user whose section is lost', () => {
  expect(told('user/bob')).toEqual([
    `NO. No entry matches ${iam('user/bob')}.`,
    'line 30: meant for it: mapUsers does not parse (line 31), nothing in it counts',
    'fix: username: "@bob"',
    'then: YES, as "@bob" with group viewers',
  ]);
});

test.each([
  [session('ci-deploy/x'), 'YES. They log in as "ci" without groups.'],
  [session('ci-deploy'), 'YES. They log in as "ci" without groups.'],
  ['ARN:AWS:IAM::111122223333:Role/Ci-Deploy', 'YES. They log in as "ci" without groups.'],
  ['ci-deploy', 'YES. They log in as "ci" without groups.'],
  [
    'role/prod-node',
    'YES, if it is an EC2 instance. They log in as "system:node:<private DNS name>" with groups system:bootstrappers and system:nodes.',
  ],
  [
    session('prod-node/i-0123456789abcdef0'),
    'YES. They log in as "system:node:<private DNS name of i-0123456789abcdef0>" with groups system:bootstrappers and system:nodes.',
  ],
  [
    session('prod-node/jane'),
    'NO. An entry matches, but its user name works only for EC2 instances, whose session is an instance id (i-…).',
  ],
  [
    JSON.stringify(
      { UserId: 'AROAEXAMPLEEXAMPLE123:jane', Account: ACCOUNT, Arn: session('dev/jane') },
      null,
      4,
    ),
    'YES. They log in as "dev-b:jane" with group team-b.',
  ],
  ['arn:aws:iam::444455556666:root', 'YES. They log in as "arn:aws:iam::444455556666:root" without groups.'],
  [
    'arn:aws:sts::444455556666:federated-user/bob',
    'YES. They log in as "arn:aws:sts::444455556666:federated-user/bob" without groups.',
  ],
  ['arn:aws-cn:iam::111122223333:role/dev', 'NO. No entry matches arn:aws-cn:iam::111122223333:role/dev.'],
  ['role/nobody', 'CANNOT SAY. No entry names role/nobody. Whole accounts are mapped: ask with the ARN.'],
  [
    iam('instance-profile/x'),
    'NO. An instance profile cannot log in: write the ARN of the role that is in it.',
  ],
  [
    'who am I',
    'CANNOT SAY. This names no principal: ask for an ARN, role/NAME, user/NAME, or the output of aws sts get-caller-identity.',
  ],
  [
    'role/*d*',
    `CANNOT SAY. role/*d* fits 4 principals: ask for one of ${iam('role/prod-node')}, ${iam('role/AWSReservedSSO_Admin_0123456789abcdef')}, ${iam('role/ci-deploy')}, ${iam('role/dev')}.`,
  ],
])('%s', (question, sentence) => {
  expect(ask(question).sentence).toBe(sentence);
});

test('what is missing is added where the cluster looks; rights stay for people to choose', () => {
  const awsAuth = seenAwsAuth({ mapRoles: '[]' });
  const arn = iam('role/ops');
  expect(ask(arn, { awsAuth, mode: 'CONFIG_MAP' })).toMatchObject({
    verdict: 'NO',
    steps: [{ label: 'creator' }],
    fix: {
      text: `mapRoles:\n- rolearn: "${arn}"\n  username: "${session('ops/{{SessionName}}')}"\n  groups: ["GROUP"]`,
    },
  });
  const accessEntries = { state: 'read', entries: [] } as const;
  expect(ask(arn, { mode: 'API', name: 'prod', accessEntries })).toMatchObject({
    verdict: 'NO',
    fix: {
      text: `aws eks create-access-entry --cluster-name prod --principal-arn ${arn} --kubernetes-groups GROUP`,
    },
  });
  expect(ask(arn, { awsAuth, mode: 'CONFIG_MAP', creator: arn }).sentence).toBe(
    'YES. It made the cluster, which gives it full control without an entry.',
  );
});

test('each place counts where the mode says so; what was not seen is said', () => {
  const awsAuth = seenAwsAuth({
    mapRoles: `- {rolearn: "${iam('role/ops')}", username: from-aws-auth, groups: [a]}`,
  });
  const policies = [
    {
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      scope: 'namespace',
      namespaces: ['dev', 'test'],
    },
  ] as const;
  const entry = {
    principalArn: iam('role/team/ops'),
    type: 'STANDARD',
    username: 'entry:{{SessionName}}',
    groups: [],
    policies,
    createdAt: new Date('2026-01-01'),
  };
  const accessEntries = { state: 'read', entries: [entry] } as const;
  const question = session('ops/jane');
  const sentence = (cluster: SeenCluster) => ask(question, cluster).sentence;
  const byEntry = 'YES. They log in as "entry:jane" with AmazonEKSViewPolicy in namespaces dev, test.';
  const byMap = 'YES. They log in as "from-aws-auth" with group a.';
  expect(sentence({ mode: 'API_AND_CONFIG_MAP', awsAuth, accessEntries })).toBe(byEntry);
  expect(sentence({ mode: 'API', awsAuth, accessEntries })).toBe(byEntry);
  expect(sentence({ mode: 'CONFIG_MAP', awsAuth, accessEntries })).toBe(byMap);
  expect(sentence({ awsAuth, accessEntries })).toBe(byEntry);
  const roles = [{ arn: entry.principalArn, createDate: new Date('2026-02-01') }];
  expect(sentence({ mode: 'API_AND_CONFIG_MAP', awsAuth, accessEntries, roles })).toBe(byMap);
  expect(ask(question, { mode: 'API', accessEntries, roles })).toMatchObject({
    verdict: 'NO',
    steps: [{}, {}, { label: 'access entry', rule: 'stale-principal' }],
  });
  const denied = { state: 'unreadable', why: 'AccessDenied eks:ListAccessEntries' } as const;
  expect(sentence({ mode: 'API_AND_CONFIG_MAP', awsAuth, accessEntries: denied })).toBe(
    'CANNOT SAY. The access entries could not be read (AccessDenied eks:ListAccessEntries).',
  );
  const noMap = { state: 'unreadable', why: 'Forbidden: get configmaps' } as const;
  expect(sentence({ mode: 'CONFIG_MAP', awsAuth: noMap })).toBe(
    'CANNOT SAY. aws-auth could not be read (Forbidden: get configmaps).',
  );
  expect(sentence({ mode: 'API_AND_CONFIG_MAP', awsAuth: noMap, accessEntries })).toBe(byEntry);
  expect(sentence({ mode: 'API', awsAuth })).toBe(
    'CANNOT SAY. The access entries of the cluster were not looked at.',
  );
});

test.each<readonly [string, SeenCluster, string, string]>([
  [
    'a short form where aws-auth was not read',
    { awsAuth: { state: 'unreadable', why: 'Forbidden: get configmaps' } },
    'role/nobody',
    'CANNOT SAY. No entry names role/nobody. Not everything could be read: ask with the ARN.',
  ],
  [
    'a short form where access entries were not read',
    {
      mode: 'API',
      accessEntries: { state: 'unreadable', why: 'AccessDenied eks:ListAccessEntries' },
    },
    'user/nobody',
    'CANNOT SAY. No entry names user/nobody. Not everything could be read: ask with the ARN.',
  ],
  [
    'a short form where all was read',
    { awsAuth: sample },
    'nobody',
    'CANNOT SAY. No entry names user/nobody. Whole accounts are mapped: ask with the ARN.',
  ],
  [
    'a short form that nobody has',
    { awsAuth: seenAwsAuth({ mapRoles: '[]' }) },
    'role/nobody',
    'NO. No entry names role/nobody.',
  ],
  ['nothing at all', {}, iam('role/dev'), 'CANNOT SAY. aws-auth was not looked at.'],
  ['the mode alone', { mode: 'CONFIG_MAP' }, iam('role/dev'), 'CANNOT SAY. aws-auth was not looked at.'],
  [
    'both places, and one was not looked at',
    { mode: 'API_AND_CONFIG_MAP', accessEntries: { state: 'read', entries: [] } },
    iam('role/dev'),
    'CANNOT SAY. aws-auth was not looked at.',
  ],
  [
    'access entries of a cluster whose mode is not known',
    { accessEntries: { state: 'read', entries: [] } },
    iam('role/dev'),
    `NO. No entry matches ${iam('role/dev')}.`,
  ],
  [
    'a name of any length',
    { awsAuth: seenAwsAuth({ mapRoles: '[]' }) },
    iam(`role/${'x'.repeat(300)}`),
    `NO. No entry matches arn:aws:iam::111122223333:role/${'x'.repeat(37)}…${'x'.repeat(68)}.`,
  ],
])('what was not looked at: %s', (_, cluster, question, sentence) => {
  expect(ask(question, cluster).sentence).toBe(sentence);
});

test('how to ask for rights: by impersonation only where groups decide', () => {
  expect(ask(session('dev/jane')).rights).toBe(
    'What team-b may do is decided by RBAC: kubectl auth can-i --list --as dev-b:jane --as-group team-b',
  );
  const awsAuth = seenAwsAuth({ mapUsers: `- {userarn: "${iam('user/a')}", username: "it's", groups: [x]}` });
  expect(ask('user/a', { awsAuth }).rights).toContain(`--as 'it'\\''s' --as-group x`);
  expect(ask(iam('user/nobody')).rights).toBeUndefined();
});

interface Rendered {
  readonly template: string;
  readonly rendered?: string;
  readonly error?: string;
  readonly identity: { readonly accountId: string; readonly sessionName: string };
}
const extra = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/authenticator-extra-vectors.json'), 'utf8'),
) as { readonly renderTemplate: readonly Rendered[] };

test.each(
  extra.renderTemplate.map(
    (vector) => [`${vector.template} of ${vector.identity.sessionName}`, vector] as const,
  ),
)('template %s is filled in as the authenticator does', (_, { template, rendered, error, identity }) => {
  const canonical = `arn:aws:iam::${identity.accountId}:role/x`;
  const filled = filledIn(template, {
    arn: canonical,
    canonical,
    session: identity.sessionName,
    isShort: false,
  });
  if (error !== undefined) expect(filled).toHaveProperty('fails');
  else {
    const known = rendered
      ?.replace('ASIAEXAMPLE', '<access key id>')
      .replace('ip-10-0-0-1.ec2.internal', `<private DNS name of ${identity.sessionName}>`);
    expect(filled).toMatchObject({ text: known });
  }
});

const vectors = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/authenticator-vectors.json'), 'utf8'),
) as readonly {
  readonly name: string;
  readonly configMapData: AwsAuthData;
  readonly expect: { readonly winnerForArn: Readonly<Record<string, unknown>> };
}[];

const asked: readonly (readonly [string, AwsAuthData, readonly string[]])[] = [
  ...vectors.map(
    ({ name, configMapData, expect: { winnerForArn } }) =>
      [name, configMapData, Object.keys(winnerForArn)] as const,
  ),
  ...corpus.map((file) => [file, corpusData(file), []] as const),
];

test.each(asked)(
  '%s: YES if and only if the reader finds a mapping whose templates are filled in',
  (_, data, arns) => {
    const reading = readAwsAuth(data);
    const written = [...reading.mapRoles.entries, ...reading.mapUsers.entries].flatMap((entry) =>
      entry.section === 'mapAccounts' ? [] : [entry.arn],
    );
    const roles = written.flatMap((arn) => {
      const [, head = '', account = '', name = ''] =
        /^(arn:[^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
      const role = `${head}:sts::${account}:assumed-role/${name}`;
      return name === '' ? [] : [`${role}/jane@example.com`, `${role}/i-0123456789abcdef0`];
    });
    const accounts = reading.mapAccounts.entries.map((entry) =>
      entry.section === 'mapAccounts' ? `arn:aws:iam::${entry.accountId}:user/x` : '',
    );
    for (const arn of [...arns, ...written, ...roles, ...accounts]) {
      const answer = explain({ awsAuth: seenAwsAuth(data) }, arn);
      // Asked for by an ARN that no caller has, the role behind it answers.
      const canonical = answer.lookedUp ?? canonicalCallerArn(arn) ?? arn;
      const mapping = mappingInForce(reading, canonical);
      const text =
        mapping === undefined || mapping === 'ambiguous' || mapping.section === 'mapAccounts'
          ? ''
          : mapping.username;
      const caller = { arn, canonical, session: /assumed-role\/[^/]+\/(.*)$/.exec(arn)?.[1], isShort: false };
      const getsIn = mapping !== undefined && !('fails' in filledIn(text, caller));
      // What no caller has is answered with NO or not at all, whatever the map holds.
      const isCaller =
        /^arn:[a-z-]+:(iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)|sts::\d{12}:(assumed-role|federated-user)\/[\w+=,.@-]+(\/.+)?)$/i.test(
          arn,
        );
      if (isCaller) expect({ arn, verdict: answer.verdict }).toEqual({ arn, verdict: getsIn ? 'YES' : 'NO' });
      else expect(answer.verdict).not.toBe('YES');
      if (answer.then !== undefined) expect(answer.then).toMatch(/^YES, /);
    }
  },
);

test('an access entry whose policies were not handed over: what it gives is not said to be all', () => {
  const principalArn = 'arn:aws:iam::111122223333:role/team/dev';
  const entry = { principalArn, type: 'STANDARD', username: 'dev', groups: [], policies: undefined };
  const cluster: SeenCluster = {
    mode: 'API',
    accessEntries: { state: 'read', entries: [entry] },
    bindings: [],
  };
  const answer = explain(cluster, 'role/dev');
  expect(answer.sentence).toBe('YES. They log in as "dev" without groups; access policies were not seen.');
  expect(answer.rights).toBe(
    `Which access policies the access entry has was not seen: add what aws eks list-associated-access-policies --cluster-name CLUSTER --principal-arn ${principalArn} prints to the access entries. What this user name alone may do is decided by RBAC: kubectl auth can-i --list --as dev`,
  );
  expect(answer.steps.at(-1)?.note).toBe('only what its access policies allow');
  const denied = explain({ ...cluster, unread: [{ what: 'access policies', why: 'denied' }] }, 'role/dev');
  expect(denied.rights).toMatch(/^Which access policies the access entry has was not seen\. What this/);
  const listed = { state: 'read', entries: [{ ...entry, policies: [] }] } as const;
  expect(explain({ ...cluster, accessEntries: listed }, 'role/dev')).toMatchObject({
    sentence: 'YES. They log in as "dev" without groups.',
    rights: 'What this user name alone may do is decided by RBAC: kubectl auth can-i --list --as dev',
  });
  const node = { state: 'read', entries: [{ ...entry, type: 'EC2_LINUX' }] } as const;
  expect(explain({ ...cluster, accessEntries: node }, 'role/dev').sentence).not.toContain('policies');
});
