/** The EKS API behind `ModeStore`. It decides nothing. */
import { type EksApi, type EksOperation, type EksOperations } from '../aws/eks-api';
import { isEksFailure, translateEksError } from '../aws/eks-refusal';
import { type AuthenticationMode } from '../desired-access';
import { hasCode } from '../errors';
import { writing } from '../retry';
import { type ClusterUpdate, type ModeStore } from './port';

type Update = NonNullable<EksOperations['DescribeUpdate'][1]['update']>;

/** In EKS's own sentence: `currently has update 7f1c… in progress`. */
const NAMED = /has update ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;

/** Every request is given up when `signal` is aborted, with the signal's own reason (CR-29). */
export function openModeStore(api: EksApi, signal: AbortSignal): ModeStore {
  async function ask<O extends EksOperation>(
    operation: O,
    cluster: string,
    input: EksOperations[O][0],
    asked?: { readonly mode: AuthenticationMode },
  ): Promise<Omit<EksOperations[O][1], '$metadata'>> {
    try {
      return await api.call(operation, input);
    } catch (error) {
      signal.throwIfAborted();
      if (!isEksFailure(error)) throw error;
      throw translateEksError(error, { operation, cluster, asked }).error;
    }
  }

  const store: ModeStore = {
    begin: async (name, authenticationMode, clientRequestToken) => {
      const accessConfig = { authenticationMode };
      const input = { name, accessConfig, clientRequestToken };
      const asked = { mode: authenticationMode };
      const { update } = await writing({ signal }, () => ask('UpdateClusterConfig', name, input, asked));
      return updateOf(update);
    },
    update: async (name, updateId) => {
      try {
        return updateOf((await ask('DescribeUpdate', name, { name, updateId })).update);
      } catch (error) {
        if (hasCode(error, 'NotFound')) return undefined;
        throw error;
      }
    },
    running: async (name, hint = '') => {
      const named = NAMED.exec(hint)?.[1];
      const found = named === undefined ? undefined : await store.update(name, named);
      if (found?.status === 'InProgress') return found;
      let nextToken: string | undefined;
      do {
        const page = await ask('ListUpdates', name, { name, nextToken });
        for (const id of page.updateIds ?? []) {
          const update = await store.update(name, id);
          if (update?.status === 'InProgress') return update;
        }
        nextToken = page.nextToken;
      } while (nextToken);
      return undefined;
    },
    platform: async (name) => {
      const { cluster } = await ask('DescribeCluster', name, { name });
      return {
        version: cluster?.version ?? '',
        platformVersion: cluster?.platformVersion ?? '',
        isOnOutpost: cluster?.outpostConfig !== undefined,
      };
    },
  };
  return store;
}

function updateOf(update: Update | undefined): ClusterUpdate {
  const { id = '', type = '', status = 'InProgress', errors = [] } = update ?? {};
  const why = errors.map(({ errorCode = '', errorMessage = '' }) => `${errorCode}: ${errorMessage}`);
  return { id, type, status, why: why.join('; ').replace(/\s+/g, ' ').slice(0, 400) };
}
