/** Who logs in and may do nothing. */
import { partsOfArn } from '../../arn';
import { accessPolicyArn } from '../../access-entry/policy-arn';
import { isUserBound } from '../bound';
import { type Identity } from '../identity';
import { ofAccessEntries } from '../identities';
import { neededTypeOf, overriddenIn } from '../node-type';
import { principalKeyOf, whoOf } from '../who';
import { type Draft } from './draft';
import { type RuleView, stretchOf, valueOf } from './values';

export function* rightsRules(view: RuleView): Generator<Draft> {
  const { bindings = [], name } = view.cluster;
  const isBound = (userName: string | undefined): boolean => isUserBound(bindings, userName);
  const overridden = overriddenIn(view);
  for (const { principal, standing, userName, groups, policies, type } of ofAccessEntries(view)) {
    // EKS gives groups to nodes itself (GT-82); those of Auto Mode need a policy (GT-98).
    const isAuto = type === 'EC2';
    if (standing === 'not in force' || !(isAuto || isPlain(type))) continue;
    const seen = view.accessEntries.find(({ principalArn }) => principalArn === principal);
    if (seen?.policies === undefined || policies.length > 0) continue;
    if (!isAuto && (groups.length > 0 || isBound(userName))) continue;
    if (neededTypeOf(view, seen, overridden.get(principalKeyOf(principal))) !== undefined) continue;
    const policy = isAuto ? 'AmazonEKSAutoNodePolicy' : 'AmazonEKSViewPolicy';
    yield {
      rule: 'entry-without-rights',
      principal,
      sentence: `The access entry of ${whoOf(principal)} has ${isAuto ? `type EC2 and lacks ${policy}` : 'no groups and no access policies'}.`,
      effect: isAuto ? 'Nodes of Auto Mode do not become ready by it.' : EFFECT,
      fix: {
        text: `aws eks associate-access-policy --cluster-name ${name ?? 'CLUSTER'} --principal-arn ${principal} --policy-arn ${accessPolicyArn(policy, partsOfArn(principal).partition)} --access-scope type=cluster`,
        note: isAuto ? undefined : 'or the policy and scope that it should have',
        splices: [],
        givesAccess: true,
      },
    };
  }
  for (const found of view.counting) {
    const { groups, username } = found.loaded;
    const remarks = found.place.parsed.reading.notices.some(({ index }) => index === found.entry.index);
    if (groups.length > 0 || remarks || isBound(username) || username.startsWith('system:node:')) continue;
    yield {
      rule: 'entry-without-rights',
      entry: found.entry,
      at: stretchOf(found, valueOf(found, 'groups')),
      sentence: `${whoOf(found.loaded.arn)} logs in without groups.`,
      effect:
        username === ''
          ? EFFECT
          : `Unless a binding names the user ${JSON.stringify(username)}, it may do next to nothing.`,
    };
  }
}

const EFFECT = 'It may do what RBAC gives to everybody in system:authenticated, which is next to nothing.';

function isPlain(type: Identity['type']): boolean {
  return type === undefined || type === '' || type === 'STANDARD';
}
