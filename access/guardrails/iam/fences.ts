/**
 * What is denied, in a policy of its own: an explicit Deny wins over every list, and over whatever else an owner
 * attaches to the role.
 */
import { PROVIDER_GROUP } from '../../contract';
import { clusterAdminFence } from './association-statements';
import { arnBase, arnsOf } from './names';
import { deny, entriesOfAccounts, EVERY_CLUSTER, EVERY_ENTRY, type PolicyTerms } from './statement';

const CHANGES = [
  'eks:CreateAccessEntry',
  'eks:UpdateAccessEntry',
  'eks:TagResource',
  'eks:UntagResource',
  'eks:DeleteAccessEntry',
  'eks:AssociateAccessPolicy',
  'eks:DisassociateAccessPolicy',
];

export function deniedStatements(terms: PolicyTerms): unknown[] {
  return [...providerFence(), ...accountFence(terms), ...clusterAdminFence(terms)];
}

/**
 * The provider's own way into a cluster: its group, and its own role. The role is named by a policy variable, because
 * a policy that named it would depend on the role that it belongs to.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function providerFence(): unknown[] {
  const everything = [EVERY_CLUSTER, EVERY_ENTRY];
  return [
    deny('NeverProviderGroup', CHANGES, everything, {
      'ForAnyValue:StringEquals': { 'eks:kubernetesGroups': [PROVIDER_GROUP] },
    }),
    deny('NeverProviderRole', CHANGES, everything, {
      ArnEquals: { 'eks:principalArn': '${aws:PrincipalArn}' },
    }),
  ];
}

/**
 * Nothing is written to entries of other accounts' principals: a Deny, because clusters × accounts as a list of ARNs
 * would not fit into a policy, and cannot be written at all where they are parameters. The ARN of an entry is not
 * enough: `*` matches across slashes, so a role called or below 111122223333 of another account would pass. The
 * principal's own ARN has the account in a place of its own.
 */
function accountFence({ principalAccounts }: PolicyTerms): unknown[] {
  if (principalAccounts.asParameter === undefined && principalAccounts.values.includes('*')) return [];
  const action = ['eks:UpdateAccessEntry', 'eks:TagResource', 'eks:AssociateAccessPolicy'];
  const allowed = arnsOf(principalAccounts, [`${arnBase(principalAccounts, 'iam')}%:*`]);
  return [
    {
      Sid: 'OtherAccounts',
      Effect: 'Deny',
      Action: action,
      NotResource: entriesOfAccounts(principalAccounts),
    },
    deny('OtherPrincipals', action, [EVERY_ENTRY], {
      ArnNotLike: { 'eks:principalArn': allowed },
      Null: { 'eks:principalArn': 'false' },
    }),
  ];
}
