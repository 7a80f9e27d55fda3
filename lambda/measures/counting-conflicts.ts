/** A store that counts the writes that met another writer's. */
import { type ConfigMapStore } from '../../access/aws-auth/port';
import { hasCode } from '../../access/errors';
import { count, type EventCounts } from './event-counts';

export function countingConflicts(store: ConfigMapStore, counts: EventCounts): ConfigMapStore {
  return {
    ...store,
    replace: async (configMap) => {
      try {
        await store.replace(configMap);
      } catch (error) {
        if (hasCode(error, 'ResourceConflict')) count(counts, 'Conflicts');
        throw error;
      }
    },
  };
}
