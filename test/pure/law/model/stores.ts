/** The two ports over the cluster of the model: what EKS and the API server do, as far as the law needs it. */
import {
  type AccessEntryStore,
  type EntryAddress,
  type EntryTags,
  type MadeEntry,
} from '../../../../access/access-entry/port';
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type Write } from '../../../../access/access-entry/plan';
import { type ConfigMap, type ConfigMapStore } from '../../../../access/aws-auth/port';
import { ProviderError } from '../../../../access/errors';
import { type Cluster, type ConfigMapState, type Entry } from './cluster';
import { call, type Caller } from './faulty-call';
import { tell } from './telling';

/** Told of every change before the next thing happens. */
export interface Witness {
  awsAuthWritten(before: ConfigMapState | undefined, after: ConfigMapState): void;
  entryWritten(principalArn: string, before: Entry | undefined, after: Entry | undefined): void;
}

export function configMapStore(cluster: Cluster, caller: Caller, witness: Witness): ConfigMapStore {
  const write = (data: ConfigMapState['data'], annotations: ConfigMapState['annotations']): void => {
    const before = cluster.configMap;
    cluster.write(data, annotations);
    witness.awsAuthWritten(before, cluster.configMap as ConfigMapState);
  };
  return {
    read: () => call(caller, false, () => cluster.configMap && shown(cluster.configMap)),
    replace: ({ object }) =>
      call(caller, true, () => {
        const current = cluster.configMap;
        if (!current) throw new ProviderError('NotFound', 'configmaps "aws-auth" not found');
        // A write without a version is taken as it is.
        const version = object.metadata['resourceVersion'];
        if (version !== undefined && version !== String(current.resourceVersion))
          throw new ProviderError('ResourceConflict', 'the object has been modified');
        write(object.data ?? {}, object.metadata.annotations ?? {});
      }),
    make: () =>
      call(caller, true, () => {
        if (!cluster.configMap) write({}, {});
        return shown(cluster.configMap as ConfigMapState);
      }),
  };
}

function shown({ data, annotations, resourceVersion }: ConfigMapState): ConfigMap {
  const metadata = { annotations, resourceVersion: String(resourceVersion) };
  return { object: { metadata, data }, data, annotations };
}

export function accessEntryStore(
  cluster: Cluster,
  caller: Caller,
  witness: Witness,
): AccessEntryStore & EntryTags {
  const { time } = caller;
  const isOff = (): boolean => cluster.mode === 'CONFIG_MAP';
  const set = (arn: string, entry: Entry | undefined): void => {
    const before = cluster.entries.get(arn);
    if (entry) cluster.entries.set(arn, entry);
    else cluster.entries.delete(arn);
    witness.entryWritten(arn, before, entry);
  };
  return {
    read: ({ principalArn }) =>
      call(
        caller,
        false,
        () => {
          const entry = isOff() ? undefined : cluster.entries.get(principalArn);
          caller.calls.metNone ??= entry === undefined;
          return entry && current(principalArn, entry);
        },
        'look',
      ),
    readTags: ({ principalArn }) =>
      call(caller, false, () => (isOff() ? undefined : cluster.entries.get(principalArn)?.tags), 'look'),
    readPolicies: ({ principalArn }) =>
      call(caller, false, () => (isOff() ? undefined : cluster.entries.get(principalArn)?.policies)),
    listPrincipals: () => call(caller, false, () => (isOff() ? [] : [...cluster.entries.keys()])),
    apply: (address, action, token) =>
      call(
        caller,
        true,
        () => applied(cluster, address, action, token, { now: () => time.now(), set }),
        // One that is there already EKS does not make.
        action.do === 'create' ? undefined : 'change',
      ),
  };
}

interface Hands {
  readonly now: () => number;
  readonly set: (arn: string, entry: Entry | undefined) => void;
}

function applied(
  cluster: Cluster,
  { principalArn }: EntryAddress,
  action: Write,
  token: string | undefined,
  { now, set }: Hands,
): MadeEntry | undefined {
  tell(principalArn, () => JSON.stringify(action));
  if (cluster.mode === 'CONFIG_MAP') throw new ProviderError('InvalidRequest', 'no access entries here');
  if (action.do === 'create') return create(cluster, principalArn, action, token, { now, set });
  const entry = cluster.entries.get(principalArn);
  if (!entry) throw new ProviderError('NotFound', 'no such access entry');
  set(principalArn, changed(entry, action));
  return undefined;
}

function changed(entry: Entry, action: Exclude<Write, { readonly do: 'create' }>): Entry | undefined {
  const isStandard = entry.type === 'STANDARD';
  if (!isStandard && !['delete', 'untag', 'disassociate'].includes(action.do))
    throw new ProviderError('InvalidRequest', `an access entry of type ${entry.type} takes no ${action.do}`);
  switch (action.do) {
    case 'delete':
      return undefined;
    case 'update':
      return { ...entry, username: action.username, groups: action.groups };
    case 'tag':
      return { ...entry, tags: { ...entry.tags, ...action.tags } };
    case 'untag':
      return {
        ...entry,
        tags: Object.fromEntries(Object.entries(entry.tags).filter(([key]) => !action.keys.includes(key))),
      };
    case 'associate': {
      const others = entry.policies.filter(({ policyArn }) => policyArn !== action.policy.policyArn);
      return { ...entry, policies: [...others, action.policy] };
    }
    case 'disassociate':
      return {
        ...entry,
        policies: entry.policies.filter(({ policyArn }) => policyArn !== action.policyArn),
      };
  }
}

/** A token that was used before answers what it answered then, whatever has become of the entry (GT-69). */
function create(
  cluster: Cluster,
  principalArn: string,
  { type, username, groups, tags }: Extract<Write, { readonly do: 'create' }>,
  token: string | undefined,
  { now, set }: Hands,
): MadeEntry {
  const before = token === undefined ? undefined : cluster.created.get(token);
  if (before) return made(before);
  if (cluster.entries.has(principalArn))
    throw new ProviderError('AlreadyExists', 'the access entry is already in use on this cluster');
  const name = principalArn.split('/').at(-1) ?? '';
  const base = { accessEntryArn: cluster.newEntryArn(name), type, policies: [], createdAt: now() };
  const entry: Entry =
    type === 'STANDARD'
      ? { ...base, username: username ?? '', groups, tags }
      : { ...base, username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes'], tags: {} };
  set(principalArn, entry);
  if (token !== undefined) cluster.created.set(token, entry);
  return made(entry);
}

function made({ accessEntryArn, username, groups, createdAt }: Entry): MadeEntry {
  return { accessEntryArn, username, groups, createdAt: new Date(createdAt) };
}

function current(principalArn: string, entry: Entry): CurrentAccessEntry {
  const { type, policies, tags } = entry;
  return { ...made(entry), principalArn, type, policies, tags };
}
