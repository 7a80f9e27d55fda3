/** Public reports in our words, with the answer that their authors needed. */
import { explain } from '../../../../access/explain/explain';
import { findingsOf } from '../../../../access/explain/findings';
import { identitiesOf } from '../../../../access/explain/identities';
import { seenAwsAuth } from './seen';

const iam = (name: string) => `arn:aws:iam::111122223333:${name}`;
const session = (name: string) => `arn:aws:sts::111122223333:assumed-role/${name}`;

test('a template in a RoleBinding (kubernetes-sigs/aws-iam-authenticator#225)', () => {
  const user = 'myapp-developer:{{SessionName}}';
  const cluster = {
    awsAuth: seenAwsAuth({ mapRoles: `- rolearn: ${iam('role/developer_role')}\n  username: ${user}\n` }),
    bindings: [
      {
        kind: 'RoleBinding',
        name: 'developers',
        namespace: 'myapp',
        roleRef: { kind: 'Role', name: 'developer' },
        subjects: [{ kind: 'User', name: user }],
      },
    ],
  } as const;
  const answer = explain(cluster, session('developer_role/jane'));
  expect(answer.sentence).toBe('YES. They log in as "myapp-developer:jane" without groups.');
  expect(answer.steps.filter(({ label }) => label === 'bindings')).toEqual([
    {
      label: 'bindings',
      text: 'in namespace myapp as Role developer by RoleBinding developers',
      note: 'RBAC fills in no templates: it matches nobody; bind a group instead',
      rule: 'template-in-binding',
    },
    {
      label: 'bindings',
      text: 'none names this user or its groups',
      note: 'only what all who log in may do',
    },
  ]);
  expect(findingsOf(cluster).map(({ rule }) => rule)).toContain('template-in-binding');
});

test('a list in a list (terraform-aws-modules/terraform-aws-eks#2185)', () => {
  const awsAuth = seenAwsAuth({
    mapRoles: `- - groups: [system:masters]\n    rolearn: ${iam('role/a')}\n    username: a\n- groups: [system:bootstrappers, system:nodes]\n  rolearn: ${iam('role/node')}\n  username: system:node:{{EC2PrivateDNSName}}\n`,
  });
  expect(identitiesOf({ awsAuth }).map(({ who, reason }) => [who, reason?.clause])).toEqual([
    ['role/a', 'dropped: it is not a map of keys'],
    ['role/node', undefined],
  ]);
  expect(findingsOf({ awsAuth })).toMatchObject([
    { rule: 'entry-invalid', effect: 'role/a cannot log in by it.' },
  ]);
});

test('one role, three people (kubernetes-sigs/aws-iam-authenticator#102)', () => {
  const names = ['developer1', 'developer2', 'awesome-developer'];
  const awsAuth = seenAwsAuth({
    mapRoles: names
      .map((name) => `- roleARN: ${iam('role/dev')}\n  username: ${name}\n  groups: [devs]\n`)
      .join(''),
  });
  expect(explain({ awsAuth }, session('dev/anybody'))).toMatchObject({
    sentence: 'YES. They log in as "awesome-developer" with group devs.',
    steps: [{}, {}, { line: 1 }, { line: 4 }, { line: 7, text: 'matches, in force (last of 3)' }],
  });
  const shadowed = findingsOf({ awsAuth }).filter(({ rule }) => rule === 'duplicate-shadowed');
  expect(shadowed.map(({ span }) => span?.from.line)).toEqual([1, 4]);
  expect(shadowed[0]?.effect).toContain('{{SessionName}}');
});

test("the cluster's service role as a node (aws-samples/eks-aws-auth-configmap#1)", () => {
  const awsAuth = seenAwsAuth({
    mapRoles: `- rolearn: ${iam('role/eksctl-x-cluster-ServiceRole-1ABC')}\n  username: system:node:{{EC2PrivateDNSName}}\n  groups: [system:bootstrappers, system:nodes]\n`,
  });
  const answer = explain({ awsAuth, mode: 'CONFIG_MAP' }, iam('user/me'));
  expect(answer.verdict).toBe('NO');
  expect(answer.steps.map(({ label }) => label)).toContain('creator');
  const rules = findingsOf({ awsAuth, mode: 'CONFIG_MAP' }).map(({ rule }) => rule);
  expect(rules).toEqual(['cluster-role-as-node', 'creator-only']);
});

test('an access entry without rights (terraform-aws-modules/terraform-aws-eks#3587)', () => {
  const cluster = {
    mode: 'API',
    accessEntries: {
      state: 'read',
      entries: [
        {
          principalArn: iam('role/ci'),
          type: 'STANDARD',
          username: session('ci/{{SessionName}}'),
          groups: [],
          policies: [],
        },
      ],
    },
  } as const;
  expect(explain(cluster, session('ci/run')).sentence).toBe(
    `YES. They log in as "${session('ci/run')}" without groups.`,
  );
  expect(findingsOf(cluster).map(({ level, rule }) => `${level} ${rule}`)).toContain(
    'warn entry-without-rights',
  );
});

test('a new suffix (terraform-aws-modules/terraform-aws-iam-identity-center#33)', () => {
  const awsAuth = seenAwsAuth({
    mapRoles: `- rolearn: ${iam('role/AWSReservedSSO_Ops_0123456789abcdef')}\n  username: ops:{{SessionName}}\n  groups: [ops]\n`,
  });
  expect(explain({ awsAuth }, session('AWSReservedSSO_Ops_fedcba9876543210/jane'))).toMatchObject({
    verdict: 'NO',
    steps: [
      {},
      {},
      {
        line: 1,
        text: 'the same permission set with another suffix (0123456789abcdef): it was provisioned again',
      },
    ],
    fix: { line: 1, text: `rolearn: "${iam('role/AWSReservedSSO_Ops_fedcba9876543210')}"` },
    then: 'YES, as "ops:jane" with group ops',
  });
});

test.each([
  [
    'an account id of eleven digits',
    '- rolearn: arn:aws:iam::88888888888:role/a\n',
    '"88888888888" is not an account id: those have 12 digits.',
  ],
  [
    'a placeholder left in',
    '- rolearn: <ARN of instance role (not instance profile)>\n',
    'This is a placeholder: write the ARN of a role or user.',
  ],
])('%s is named, and not the quotes beside it', (_, mapRoles, sentence) => {
  const [found] = findingsOf({ awsAuth: seenAwsAuth({ mapRoles: `\n\n${mapRoles}  username: "a"\n` }) });
  expect(found).toMatchObject({ rule: 'principal-never-matches', sentence });
});
