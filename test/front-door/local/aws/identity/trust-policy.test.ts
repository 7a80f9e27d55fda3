/** Who may assume a role of the local IAM: its trust policy, as IAM reads one. */
import { LocalIam } from '../../../../../local/aws/identity/iam';
import { trusts } from '../../../../../local/aws/identity/trust-policy';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/dev`;
const iam = new LocalIam({ accountId: ACCOUNT });
iam.addPrincipal(ROLE);
const caller = iam.callerFor(ROLE, 'me');

const allow = (more: object): object => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...more });
const by = (AWS: unknown): object => allow({ Principal: { AWS } });
const when = (Condition: object): object => allow({ Principal: { AWS: ROLE }, Condition });

test.each<[string, boolean, unknown]>([
  ['the role', true, by(ROLE)],
  ['the role among others', true, by(['arn:aws:iam::111122223333:role/x', ROLE])],
  ['the role without its path', false, by(ROLE.replace('/team', ''))],
  ['its session', true, by(`arn:aws:sts::${ACCOUNT}:assumed-role/dev/me`)],
  ['another session of it', false, by(`arn:aws:sts::${ACCOUNT}:assumed-role/dev/you`)],
  ['its account, by root', true, by(`arn:aws:iam::${ACCOUNT}:root`)],
  ['its account, by number', true, by(ACCOUNT)],
  ['another account', false, by('444455556666')],
  ['everybody', true, allow({ Principal: '*' })],
  ['a service', false, allow({ Principal: { Service: 'lambda.amazonaws.com' } })],
  ['another action', false, { ...by(ROLE), Action: 'sts:TagSession' }],
  [
    'the action in other case, among others',
    true,
    { ...by(ROLE), Action: ['sts:TagSession', 'STS:assumerole'] },
  ],
  ['every action of the service', true, { ...by(ROLE), Action: 'sts:*' }],
  ['nobody', false, undefined],
  ['the external id', true, when({ StringEquals: { 'sts:ExternalId': 'id' } })],
  ['one of several', true, when({ StringEquals: { 'sts:externalid': ['x', 'id'] } })],
  ['another one', false, when({ StringEquals: { 'sts:ExternalId': 'ID' } })],
  ['a pattern of it', true, when({ StringLike: { 'sts:ExternalId': 'i*' } })],
  ['any external id', true, when({ Null: { 'sts:ExternalId': 'false' } })],
  ['no external id', false, when({ Null: { 'sts:ExternalId': 'true' } })],
  ['the name of the session', true, when({ StringLike: { 'sts:RoleSessionName': 'cfn-*' } })],
  [
    'two conditions of which one holds',
    false,
    when({ StringEquals: { 'sts:ExternalId': 'id', 'sts:RoleSessionName': 'x' } }),
  ],
  ['an operator that is not known here', false, when({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
  ['a key that is not known here', false, when({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
  ['everybody, but not this role', false, [by('*'), { ...by(ROLE), Effect: 'Deny' }]],
  ['everybody, but who knows whom', false, [by('*'), { ...when({ IpAddress: {} }), Effect: 'Deny' }]],
  ['everybody, but not another', true, [by('*'), { ...by('444455556666'), Effect: 'Deny' }]],
])('a policy that allows %s: %s', (_, expected, Statement) => {
  const request = { caller, sessionName: 'cfn-eks-access-x', externalId: 'id' };
  expect(trusts({ Version: '2012-10-17', Statement }, request)).toBe(expected);
});

test('a role that is deleted and made anew has the trust policy of its new template', () => {
  const request = { caller, sessionName: 's1', externalId: undefined };
  const role = `arn:aws:iam::${ACCOUNT}:role/target`;
  iam.addPrincipal(role, { Statement: by(ROLE) });
  expect(iam.letsAssume(role, request)).toBe(true);
  iam.setTrustPolicy(role, { Statement: by('444455556666') });
  expect(iam.letsAssume(role, request)).toBe(false);
  iam.removePrincipal(role);
  expect(iam.letsAssume(role, request)).toBe(false);
  iam.addPrincipal(role, { Statement: by('*') });
  expect(iam.letsAssume(role, request)).toBe(true);
});
