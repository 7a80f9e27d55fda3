/** Everything outside the function that a change of the mode needs beside the edges of every event. */
import { type ModeStore } from '../../access/authentication-mode/port';
import { openModeStore } from '../../access/authentication-mode/store';
import { openAccessEntryStore } from '../../access/access-entry/store';
import { type AwsAuth } from '../../access/aws-auth/intent';
import { type ConfigMapStore } from '../../access/aws-auth/port';
import { type EksApi } from '../../access/aws/eks-api';
import { openLambdaApi } from '../../access/aws/lambda-api';
import { type AwsConnection } from '../../access/aws/sdk-client';
import { type ReadFailure } from '../../access/aws/sdk-failure';
import { type Cluster } from '../../access/cluster/cluster';
import { type SeenEntry } from './approval';
import { type ModeHop } from './hop';

export interface ModeEdges extends ModeStore {
  /** Undefined where there is no ConfigMap. Throws ProviderError. */
  awsAuth(cluster: Cluster): Promise<AwsAuth | undefined>;
  /** ARNs of all access entries. Throws ProviderError. */
  entryPrincipals(cluster: string): Promise<readonly string[]>;
  /** Of each of these principals that has an entry: its tags, and the whole entry of those that `isWhole` names. */
  entries(
    cluster: string,
    principals: readonly string[],
    isWhole: (principalArn: string) => boolean,
  ): Promise<readonly SeenEntry[]>;
  /** To the function itself, by Lambda's queue; undefined once it is there, or why not. */
  passOn(hop: ModeHop): Promise<ReadFailure | undefined>;
}

/** Entries that are looked at in parallel. */
const AT_ONCE = 8;

interface Opened {
  readonly api: EksApi;
  readonly connection: AwsConnection;
  readonly functionArn: string;
  readonly configMap: (cluster: Cluster) => ConfigMapStore;
}

export function openModeEdges({ api, connection, functionArn, configMap }: Opened): ModeEdges {
  const { signal } = connection;
  const entries = openAccessEntryStore(api, signal);
  return {
    ...openModeStore(api, signal),
    awsAuth: (cluster) => configMap(cluster).read(),
    entryPrincipals: (cluster) => entries.listPrincipals(cluster),
    entries: async (cluster, principals, isWhole) => {
      const seen: SeenEntry[] = [];
      const look = async (principalArn: string): Promise<void> => {
        const address = { cluster, principalArn };
        const entry = isWhole(principalArn) ? await entries.read(address) : undefined;
        const tags = entry?.tags ?? (await entries.readTags(address));
        if (tags) seen.push({ ...entry, principalArn, tags });
      };
      for (let next = 0; next < principals.length; next += AT_ONCE)
        await Promise.all(principals.slice(next, next + AT_ONCE).map(look));
      return seen;
    },
    passOn: (hop) => openLambdaApi(connection).invokeLater(functionArn, hop),
  };
}
