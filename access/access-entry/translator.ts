/** What mappings are as access entries, and what they give there. Pure. */
import { type ClusterFacts, type Translator } from '../back-end';
import { type DesiredAccess } from '../desired-access';
import { type EffectiveAccess } from '../effective-access';
import { propertyNames } from '../property-names';
import { type DesiredAccessEntry } from './access-entry';
import { toAccessEntry } from './translate';
import { unsupportedNode } from './unsupported';

export const accessEntryTranslator: Translator<DesiredAccessEntry> = {
  place: 'API',
  translate: (desired, cluster) => {
    const translation = toAccessEntry(desired, cluster.partition);
    if ('unsupported' in translation) return translation;
    const { entry } = translation;
    const { principal, kind } = desired;
    const why = unsupportedNode(entry, principal, cluster.accountId, propertyNames(kind).principal);
    if (why !== undefined) return { unsupported: why };
    return { target: entry, effective: effectiveOf(entry, desired, cluster) };
  },
};

function effectiveOf(
  { type, username, groups, policies }: DesiredAccessEntry,
  { principal }: DesiredAccess,
  { name, partition, region, accountId }: ClusterFacts,
): EffectiveAccess {
  const principalName = principal.type === 'account' ? '' : principal.name;
  const uuid = '00000000-0000-0000-0000-000000000000';
  const accessEntryArn = `arn:${partition}:eks:${region}:${accountId}:access-entry/${name}/role/${principal.accountId}/${principalName}/${uuid}`;
  return { userName: username, groups, policies, type, accessEntryArn };
}
