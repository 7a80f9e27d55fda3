/** What only IAM knows: roles that were made again (GT-79), permission sets under a new suffix. */
import { partsOfArn } from '../../arn';
import { type Fix } from '../finding';
import { type SeenCluster } from '../seen-cluster';
import { isStale } from '../view';
import { permissionSetOf, principalKeyOf, whoOf } from '../who';
import { type Draft } from './draft';
import { rewritten, type RuleView, stretchOf, valueOf } from './values';

export function* iamRules(view: RuleView): Generator<Draft> {
  const { cluster, accessEntries } = view;
  for (const entry of accessEntries) {
    const who = whoOf(entry.principalArn);
    if (isStale(cluster, entry)) {
      yield {
        rule: 'stale-principal',
        principal: entry.principalArn,
        sentence: `${who} was deleted and made again after its access entry, which still means the old one.`,
        effect: `${who} cannot log in by it, although everything looks right.`,
        fix: {
          text: `aws eks delete-access-entry --cluster-name ${cluster.name ?? 'CLUSTER'} --principal-arn ${entry.principalArn}`,
          note: 'then create it again with its policies: an update does not help',
          splices: [],
          givesAccess: true,
        },
      };
    }
    const now = newSuffix(cluster, entry.principalArn);
    if (now !== undefined)
      yield {
        ...suffixChanged(entry.principalArn, now),
        principal: entry.principalArn,
        fix: { text: now, note: 'make an access entry for it', splices: [], givesAccess: true },
      };
  }
  for (const found of view.counting) {
    const now = newSuffix(cluster, found.loaded.arn);
    if (now === undefined) continue;
    const node = valueOf(found, 'arn');
    const pathless = now.replace(/(:role)\/.*\//, '$1/');
    const fix: Fix | undefined = rewritten(found, node, pathless, true);
    yield { ...suffixChanged(found.loaded.arn, now), entry: found.entry, at: stretchOf(found, node), fix };
  }
}

/**
 * The role that the same permission set has in the same account now; undefined where the one that is written exists, or
 * where more than one could be meant.
 */
function newSuffix({ roles = [] }: SeenCluster, arn: string): string | undefined {
  if (roles.length === 0) return undefined;
  const key = principalKeyOf(arn);
  const written = permissionSetOf(key);
  if (written === undefined || roles.some((role) => principalKeyOf(role.arn) === key)) return undefined;
  const { accountId } = partsOfArn(key);
  const others = roles.filter((role) => {
    const other = principalKeyOf(role.arn);
    return partsOfArn(other).accountId === accountId && permissionSetOf(other)?.set === written.set;
  });
  return others.length === 1 ? others[0]?.arn : undefined;
}

function suffixChanged(arn: string, now: string): Pick<Draft, 'rule' | 'sentence' | 'effect'> {
  const suffix = now.slice(now.lastIndexOf('_') + 1);
  return {
    rule: 'sso-suffix-changed',
    sentence: `IAM Identity Center has provisioned this permission set again: its role ends in _${suffix} now.`,
    effect: `Users of ${whoOf(now)} cannot log in; ${whoOf(arn)} is gone.`,
  };
}
