/** The access entries of one cluster, as a back end among others. */
import { type BackEnd, type ClusterFacts } from '../back-end';
import { type DesiredAccess } from '../desired-access';
import { undefinedIfRefused } from '../errors';
import { identityOf } from '../login-identity';
import { arnOf } from '../principal';
import { type DesiredAccessEntry } from './access-entry';
import { findRolesOfSet } from './find-entry';
import { type AccessEntryStore } from './port';
import { putAccessEntry } from './put';
import { removeAccessEntry } from './remove';
import { sightingOf } from './sighting';
import { unmark } from './unmark';
import { toAccessEntry } from './translate';
import { accessEntryTranslator } from './translator';

export function openAccessEntries(store: AccessEntryStore): BackEnd<DesiredAccessEntry> {
  return {
    ...accessEntryTranslator,
    put: ({ cluster, target, effective, previous, requestId, ...request }, deadline) =>
      putAccessEntry(
        store,
        {
          ...request,
          cluster: cluster.name,
          entry: target,
          desired: identityOf(effective),
          previous: entryOf(previous, cluster),
          requestToken: requestId,
        },
        deadline,
      ),
    remove: ({ cluster, key, lastKnown, ...request }, deadline) =>
      removeAccessEntry(
        store,
        {
          ...request,
          cluster: cluster.name,
          principalArn: lastKnown && arnOf(lastKnown.principal),
          canonicalArn: key,
          lastKnown: entryOf(lastKnown, cluster),
        },
        deadline,
      ),
    unmark: async ({ cluster, principalArn, owner }, deadline) => {
      if (principalArn !== undefined)
        await unmark(store, { cluster: cluster.name, principalArn }, owner, deadline);
    },
    look: async ({ cluster, principalArn }) =>
      sightingOf(
        principalArn === undefined ? undefined : await store.read({ cluster: cluster.name, principalArn }),
      ),
    recordedRoles: ({ cluster, set, owner }) => findRolesOfSet(store, { cluster: cluster.name, set, owner }),
  };
}

/** Undefined where the properties of the past are nothing that an access entry can say. */
function entryOf(
  desired: DesiredAccess | undefined,
  { partition }: ClusterFacts,
): DesiredAccessEntry | undefined {
  const translation = desired && undefinedIfRefused(() => toAccessEntry(desired, partition));
  return translation && 'entry' in translation ? translation.entry : undefined;
}
