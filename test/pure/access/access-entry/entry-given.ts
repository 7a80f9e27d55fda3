/** An access entry and the requests for it, with everything but what a test is about filled in. */
import {
  type CurrentAccessEntry,
  type DesiredAccessEntry,
} from '../../../../access/access-entry/access-entry';
import { claim, type ClaimRequest, isAdopted } from '../../../../access/access-entry/claim';
import { type EntryRecord, recordTags } from '../../../../access/access-entry/owner-tags';
import { type LoginIdentity } from '../../../../access/login-identity';
import { type Elsewhere, type Sighting, type Standing } from '../../../../access/sighting';
import { type Surroundings } from '../../../../access/surroundings';
import { alone } from '../alone';
import { ARN, OURS } from '../aws-auth/aws-auth-given';
import { refusalOf } from '../refusal';

export const WANTED: DesiredAccessEntry = {
  principalArn: ARN,
  type: 'STANDARD',
  username: 'joe',
  groups: ['team-a'],
  policies: [],
  tags: {},
};
export const NODE: DesiredAccessEntry = {
  principalArn: ARN,
  type: 'EC2_LINUX',
  groups: [],
  policies: [],
  tags: {},
};

/** Equal to `WANTED`, of nobody. */
export function current(change: Partial<CurrentAccessEntry> = {}, record?: EntryRecord): CurrentAccessEntry {
  const { tags = {}, ...others } = change;
  return {
    principalArn: ARN,
    accessEntryArn: 'arn',
    type: 'STANDARD',
    username: 'joe',
    groups: ['team-a'],
    policies: [],
    createdAt: new Date(0),
    ...others,
    tags: { ...tags, ...(record ? recordTags(record) : {}) },
  };
}

/** As the service makes it (GT-82). */
export const currentNode = (change: Partial<CurrentAccessEntry> = {}): CurrentAccessEntry =>
  current({
    type: 'EC2_LINUX',
    username: 'system:node:{{EC2PrivateDNSName}}',
    groups: ['system:nodes'],
    ...change,
  });

export const tags = (count: number, prefix = 'tag'): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x']));

type Change = Partial<Omit<ClaimRequest, 'surroundings'>> & { readonly surroundings?: Partial<Surroundings> };

/** A Create, in a cluster that reads no other place. */
export function request(change: Change = {}, record?: EntryRecord): ClaimRequest {
  const { surroundings, ...others } = change;
  return {
    cluster: 'prod',
    entry: WANTED,
    owner: OURS,
    existingEntry: 'FAIL',
    isNew: true,
    isOwnTry: false,
    ...others,
    surroundings: alone(record?.owner, OURS, surroundings),
  };
}

/** What aws-auth shows. */
export function seen(change: Partial<Sighting> = {}, standing?: Standing): Elsewhere {
  const sighting: Sighting = {
    place: 'CONFIG_MAP',
    owner: undefined,
    at: undefined,
    isAdopted: false,
    entry: undefined,
    ...change,
  };
  return { state: 'seen', sighting, standing };
}

export const theirs = { identity: 'theirs' as LoginIdentity, protects: undefined, gives: 'groups ops' };

export const UNREAD: Elsewhere = { state: 'unread', reason: 'denied' };

/** `adopted` or `taken`, and what becomes of the other place; or the code of the refusal. */
export function outcome(entry: CurrentAccessEntry | undefined, asked: ClaimRequest): string {
  try {
    const { target, elsewhere } = claim(entry, asked);
    return `${isAdopted(target.tags) ? 'adopted' : 'taken'}, ${elsewhere}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

export const messageOf = (entry: CurrentAccessEntry | undefined, asked: ClaimRequest): unknown =>
  (refusalOf(() => claim(entry, asked)) as Error).message;
