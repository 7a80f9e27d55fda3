/** Reserved names × what the provider's owner allows → the key that refuses them, in both spellings of each. */
import { checkAccess, type Guardrails } from '../../../../access/guardrails/guardrails';
import { checkUserName } from '../../../../access/guardrails/given-names';
import { judgedAccessOf } from '../../../../access/guardrails/judged-access';
import { ACCOUNT, account, native, role, user } from '../desired';
import { type DesiredAccess } from '../../../../access/desired-access';
import { refusalOf } from '../refusal';
import { verdict } from './verdict';

const said = (desired: DesiredAccess, guardrails: Guardrails = {}) =>
  verdict(desired, 'CONFIG_MAP', guardrails);

const effective = { userName: 'x', groups: [], policies: [], type: undefined, accessEntryArn: '' };

function judge(desired: DesiredAccess): void {
  checkAccess(judgedAccessOf(desired, { effective }), {});
}

/** What refuses the name by default, with every name listed by *, under allowClusterAdmin and under allowNodes. */
const OWNERS: readonly Guardrails[] = [
  {},
  { groups: ['*'], userNames: ['*'] },
  { allowClusterAdmin: true },
  { allowNodes: true },
];
const no = undefined;

it.each([
  ['team-a', [no, no, no, no]],
  ['system:x', ['groups', 'groups', 'groups', 'groups']],
  ['System:x', ['groups', 'groups', 'groups', 'groups']],
  ['iam:x', ['groups', 'groups', 'groups', 'groups']],
  ['cfn-eks-access-x', ['groups', 'groups', 'groups', 'groups']],
  ['CFN-EKS-ACCESS-x', ['groups', 'groups', 'groups', 'groups']],
  ['{{SessionName}}:x', ['groups', 'groups', no, 'groups']],
  ['{{SessionName}}-x', ['groups', 'groups', no, 'groups']],
  ['system:{{SessionName}}-x', ['groups', 'groups', 'groups', 'groups']],
  ['{{SessionName}}', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  ['CFN-eks-access', ['allowClusterAdmin', 'allowClusterAdmin', 'groups', 'allowClusterAdmin']],
  ['system:masters', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  ['SYSTEM:masters', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  // A session name has no colon.
  ['system{{SessionName}}', [no, no, no, no]],
  ['{{SessionName}}:masters', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  ['system:nodes', ['allowNodes', 'allowNodes', 'allowNodes', no]],
  ['System:Nodes', ['allowNodes', 'allowNodes', 'allowNodes', no]],
  ['eks:kube-proxy-windows', ['allowNodes', 'allowNodes', 'allowNodes', no]],
  ['system:nodes-x', ['groups', 'groups', 'groups', 'groups']],
])('group %s', (group, expected) => {
  expect(OWNERS.map((guardrails) => said(role({ groups: [group] }), guardrails))).toEqual(expected);
});

it.each([
  ['ann', [no, no, no, no]],
  ['system:x', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  ['System:x', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  ['{{SessionName}}:x', ['allowClusterAdmin', 'allowClusterAdmin', no, 'allowClusterAdmin']],
  ['system:node:x', ['allowNodes', 'allowNodes', 'allowNodes', no]],
  ['System:Node:x', ['allowNodes', 'allowNodes', 'allowNodes', no]],
  ['cfn-eks-access-x', ['userNames', 'userNames', 'userNames', 'userNames']],
  ['CFN-EKS-ACCESS', ['userNames', 'userNames', 'userNames', 'userNames']],
  ['{{SessionName}}-x', [no, no, no, no]],
  ['arn:aws:iam::111122223333:user/other', ['userNames', 'userNames', 'userNames', 'userNames']],
  ['ARN:aws:iam::111122223333:user/other', ['userNames', 'userNames', 'userNames', 'userNames']],
])('user name %s', (userName, expected) => {
  expect(OWNERS.map((guardrails) => said(role({ userName }), guardrails))).toEqual(expected);
});

describe('a pattern gives a reserved name only if it begins with the prefix itself', () => {
  it.each([
    ['system:x', ['*', 'sys*', '?ystem:x'], 'groups'],
    ['system:x', ['system:*'], no],
    ['system:x', ['eks:*', 'team-*'], 'groups'],
    ['cfn-eks-access-x', ['cfn-*'], 'groups'],
    ['cfn-eks-access-x', ['cfn-eks-access-*'], no],
    ['a', [], 'groups'],
  ])('group %s in %j: %s', (group, groups, expected) => {
    expect(said(role({ groups: [group] }), { groups })).toBe(expected);
  });

  it.each([
    ['arn:aws:iam::111122223333:user/other', ['*:user/other'], 'userNames'],
    ['arn:aws:iam::111122223333:user/other', ['arn:aws:iam::111122223333:user/*'], no],
    ['cfn-eks-access', ['cfn-*'], 'userNames'],
    ['cfn-eks-access', ['cfn-eks-access'], no],
    ['ann', ['bob'], 'userNames'],
    ['ann', ['a?n'], no],
  ])('user name %s in %j: %s', (userName, userNames, expected) => {
    expect(said(role({ userName }), { userNames })).toBe(expected);
  });
});

describe('a principal may always be called what it is called anyway', () => {
  const listed = { userNames: [] };
  const name = (text: string) => `arn:aws:iam::${ACCOUNT}:user/${text}`;

  it.each([
    ['its name', name('ops'), no],
    ['in any case', name('OPS'), no],
    ['with its path', name('team/ops'), no],
    ['with a long path', name('team/deep/ops'), no],
    ['as another user in its path', name('ops/other'), 'userNames'],
    ['as another user', name('ops2'), 'userNames'],
    ['as a user of another account', name('ops').replace(ACCOUNT, '999999999999'), 'userNames'],
    ['as a role of its name', name('ops').replace(':user', ':role'), 'userNames'],
    ['as a role with a path', name('team/ops').replace(':user', ':role'), 'userNames'],
  ])('%s', (_, userName, expected) => {
    expect(said(user({ userName }), listed)).toBe(expected);
  });

  it('a whole account has no name of its own, and needs none', () => {
    expect(said(account(), listed)).toBeUndefined();
    const access = judgedAccessOf(account(), { effective });
    expect(access.ownUserName).toBeUndefined();
    expect(refusalOf(() => checkUserName('ann', access, listed))).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('the refusal names the property in the words of the resource', () => {
  it.each([
    [role({ userName: 'system:x' }), 'UserName is "system:x"', 'allowClusterAdmin'],
    [native({ userName: 'eks:x' }), 'Username is "eks:x"', 'allowClusterAdmin'],
    [role({ userName: 'system:node:x' }), 'UserName is "system:node:x"', 'allowNodes'],
    [role({ userName: 'cfn-eks-access' }), 'UserName is "cfn-eks-access"', 'userNames'],
    [role({ groups: ['a', 'system:x'] }), 'Groups has "system:x"', 'groups'],
    [role({ groups: ['system:masters'] }), 'Groups has "system:masters"', 'allowClusterAdmin'],
    [role({ groups: ['{{SessionName}}'] }), 'Groups has "{{SessionName}}"', 'allowClusterAdmin'],
    [role({ groups: ['system:nodes'] }), 'Groups has "system:nodes"', 'allowNodes'],
  ])('%#', (desired, what, key) => {
    expect(() => judge(desired)).toThrow(
      `${what}, which this provider does not allow; its owner can allow it with ${key} in EKS_ACCESS_GUARDRAILS`,
    );
  });

  it('the provider’s own group can be allowed by nobody', () => {
    expect(refusalOf(() => judge(role({ groups: ['cfn-eks-access'] })))).toMatchObject({
      code: 'AccessDenied',
      message:
        'Groups has "cfn-eks-access", the group of the provider itself, which no template can be given: remove it',
    });
  });
});
