/** The mappings of a cluster that carry a record, in either place. Pure. */
import { readRecord } from '../../access-entry/owner-tags';
import { ProviderError } from '../../errors';
import { ownedMappings } from '../../following/owned-mapping';
import { describeGives, identityOf, type LoginIdentity } from '../../login-identity';
import { isOfCli, type Owner } from '../../owner';
import { isAdopted } from '../../ownership-record';
import { digestOf, factsOf } from '../../record-facts';
import { idKeyOf } from '../../recorded-set';
import { contentOf } from '../read-aws-auth';
import { type SeenAccessEntry, type SeenCluster } from '../seen-cluster';
import { principalKeyOf } from '../who';

export interface Recorded {
  readonly place: 'aws-auth' | 'access entry';
  /** Canonical ARN, or account id. */
  readonly key: string;
  /** As in a physical id: of a permission set what names the set. */
  readonly idKey: string;
  /** As AWS has it, where it is an access entry. */
  readonly principalArn: string | undefined;
  readonly owner: Owner;
  /** Whether the record keeps what another owner had there. */
  readonly isAdopted: boolean;
  /** Digest of what was last written; undefined where the record does not say. */
  readonly wrote: string | undefined;
  /** What is there; undefined where nothing is, or not all of it could be read. */
  readonly identity: LoginIdentity | undefined;
  /** For people: `user name "ann", groups team-a`. */
  readonly gives: string | undefined;
}

/** `unreadable`: one clause a record or a document that cannot be read. */
export interface AllRecorded {
  readonly mappings: readonly Recorded[];
  readonly unreadable: readonly string[];
}

export function recordedIn(cluster: SeenCluster): AllRecorded {
  const unreadable: string[] = [];
  const readable = <T>(read: () => readonly T[]): readonly T[] => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      unreadable.push(error.message);
      return [];
    }
  };
  const { accessEntries } = cluster;
  const entries = accessEntries?.state === 'read' ? accessEntries.entries : [];
  return {
    mappings: [
      ...readable(() => inAwsAuth(cluster)),
      ...entries.flatMap((entry) => readable(() => inAccessEntry(entry))),
    ],
    unreadable,
  };
}

function inAwsAuth(cluster: SeenCluster): readonly Recorded[] {
  return ownedMappings(contentOf(cluster)).map(({ key, record, facts, sighting }) => ({
    place: 'aws-auth',
    key,
    idKey: idKeyOf({ key, record }),
    principalArn: undefined,
    owner: record.owner,
    isAdopted: isAdopted(record),
    wrote: facts.wrote,
    identity: sighting.entry?.identity,
    gives: sighting.entry?.gives,
  }));
}

function inAccessEntry(entry: SeenAccessEntry): readonly Recorded[] {
  const { principalArn, tags = {} } = entry;
  const record = readRecord(tags);
  // What `eks-access recover` has made is no stack's.
  if (record === undefined || isOfCli(record.owner)) return [];
  const key = principalKeyOf(principalArn);
  const access = accessOf(entry);
  return [
    {
      place: 'access entry',
      key,
      idKey: idKeyOf({ key, record }),
      principalArn,
      owner: record.owner,
      isAdopted: isAdopted(record),
      wrote: factsOf(record).wrote,
      // Without its policies nobody can say what it gives.
      identity: entry.policies === undefined ? undefined : identityOf(access),
      gives: describeGives(access),
    },
  ];
}

export function accessOf({ username, groups, policies = [], type }: SeenAccessEntry) {
  return { userName: username, groups, policies, type };
}

export function hasDigest(identity: LoginIdentity, wrote: string | undefined): boolean {
  return wrote === undefined || digestOf(identity) === wrote;
}
