/** The sample document: identities and findings, as the command line and the page show them. */
import { SECTIONS } from '../../../../access/aws-auth/identity-mapping';
import { findingsOf } from '../../../../access/explain/findings';
import { type Finding } from '../../../../access/explain/finding';
import { identitiesOf } from '../../../../access/explain/identities';
import { fixDocument } from '../../../../access/explain/seen-document';
import { type SeenCluster } from '../../../../access/explain/seen-cluster';
import { sample, SAMPLE } from './sample';

const row = (finding: Finding) =>
  `${finding.span?.from.line}:${finding.span?.from.column} ${finding.level} ${finding.rule}: ${finding.sentence} ${finding.effect}`;

test('findings', () => {
  expect(findingsOf({ awsAuth: sample }).map(row)).toEqual([
    '31:17 error section-unparsable: mapUsers does not parse: a value cannot begin with @. The authenticator then loads nothing from mapUsers: user/alice (27) and user/bob (30) cannot log in.',
    '14:16 error role-arn-path: A role ARN with a path matches nobody: remove aws-reserved/sso.amazonaws.com/eu-west-1/. role/AWSReservedSSO_Admin_0123456789abcdef cannot log in. What follows its last _ differs in every account.',
    '19:15 error groups-not-a-list: groups is one word, not a list. role/ci-deploy logs in with no groups.',
    '20:16 error duplicate-shadowed: role/dev is mapped again on line 23; the last one wins, groups are not added up. role/DEV logs in as line 23 says. To tell people apart, write {{SessionName}} in one user name.',
    '34:7 warn account-open: Every user and role of 444455556666 can log in, without groups. They get what RBAC gives to system:authenticated, and each a user name of its own.',
    '34:7 warn account-unquoted: Other tools read this as a number. Write "444455556666". A tool that rewrites aws-auth may drop a leading zero, or write it in another form.',
  ]);
});

test('what the lines show is what is wrong', () => {
  const cuts = findingsOf({ awsAuth: sample }).map(({ span }) => SAMPLE.slice(span?.start, span?.end));
  expect(cuts).toEqual([
    '@bob',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
    'system:masters',
    'arn:aws:iam::111122223333:role/dev',
    '444455556666',
    '444455556666',
  ]);
});

test('fixes: what is safe unasked, what lets a principal in only when it is asked for', () => {
  const without = (text: string, ...lines: readonly string[]) =>
    lines.reduce((left, line) => left.replace(line, ''), text);
  const dev = `    - rolearn: arn:aws:iam::111122223333:role/dev\n      username: dev-a:{{SessionName}}\n      groups: [team-a]\n`;
  const safe = without(SAMPLE, dev).replace('- 444455556666', '- "444455556666"');
  expect(fixDocument(SAMPLE)).toMatchObject({ text: safe });
  const all = safe
    .replace('@bob', '"@bob"')
    .replace('groups: system:masters', 'groups: ["system:masters"]')
    .replace(
      'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
      '"arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef"',
    );
  expect(fixDocument(SAMPLE, () => true)).toMatchObject({ text: all });
});

test('identities beside access entries', () => {
  const admin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  const entry = (name: string, username: string, groups: readonly string[]) => ({
    principalArn: `arn:aws:iam::111122223333:role/${name}`,
    type: 'STANDARD',
    username,
    groups,
    policies: [],
  });
  const session = 'arn:aws:sts::111122223333:assumed-role/platform-admin/{{SessionName}}';
  const cluster: SeenCluster = {
    name: 'prod',
    mode: 'API_AND_CONFIG_MAP',
    awsAuth: sample,
    accessEntries: {
      state: 'read',
      entries: [
        {
          ...entry('platform-admin', session, []),
          policies: [{ policyArn: admin, scope: 'cluster', namespaces: [] }],
        },
        {
          ...entry('ci-deploy', 'ci', ['ci-runners']),
          tags: {
            'cfn-eks-access:owner':
              'v1/arn:aws:cloudformation:eu-west-1:111122223333:stack/ci/1/DeployAccess',
          },
        },
      ],
    },
  };
  const rows = identitiesOf(cluster).map(({ who, userName, groups, policies, from, owner, reason }) => {
    const place = from.place === 'aws-auth' ? `aws-auth:${from.span.from.line}` : from.place;
    const owned = owner?.kind === 'stack' ? `stack ${owner.stack}, ${owner.logicalId}` : (owner?.kind ?? '-');
    return reason === undefined
      ? [
          who,
          userName ?? '',
          [...groups, ...policies.map(({ policyArn }) => policyArn)].join(' '),
          place,
          owned,
        ]
      : [who, place, reason.clause];
  });
  expect(rows).toEqual([
    ['role/platform-admin', session, admin, 'access entry', '-'],
    ['role/ci-deploy', 'ci', 'ci-runners', 'access entry', 'stack ci, DeployAccess'],
    [
      'role/prod-node',
      'system:node:{{EC2PrivateDNSName}}',
      'system:bootstrappers system:nodes',
      'aws-auth:9',
      'node role',
    ],
    [
      'role/AWSReservedSSO_Admin_0123456789abcdef',
      'aws-auth:14',
      'written with its path, so it matches nobody',
    ],
    ['role/ci-deploy', 'aws-auth:17', 'overridden by the access entry'],
    ['role/dev', 'aws-auth:20', 'shadowed by line 23: the last entry for a role wins'],
    ['role/DEV', 'dev-b:{{SessionName}}', 'team-b', 'aws-auth:23', '-'],
    ['user/alice', 'aws-auth:27', 'mapUsers does not parse (line 31), nothing in it counts'],
    ['user/bob', 'aws-auth:30', 'mapUsers does not parse (line 31), nothing in it counts'],
    ['account 444455556666', '', '', 'aws-auth:34', '-'],
  ]);
  expect(findingsOf(cluster).map(({ rule }) => rule)).toEqual([
    'section-unparsable',
    'role-arn-path',
    'duplicate-shadowed',
    'overridden-by-access-entry',
    'account-open',
    'account-unquoted',
    'single-admin',
  ]);
});

test('each section of the sample is there', () => {
  expect(SECTIONS.every((section) => sample.sections[section] !== undefined)).toBe(true);
});
