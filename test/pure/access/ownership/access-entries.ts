/** The ownership table over access entries: what claim and release make of one, carried out on paper. */
import { alone, NOWHERE } from '../alone';
import {
  type CurrentAccessEntry,
  type DesiredAccessEntry,
} from '../../../../access/access-entry/access-entry';
import { claim, isAdopted } from '../../../../access/access-entry/claim';
import {
  type EntryRecord,
  type EntryValue,
  isRecordTag,
  readRecord,
  recordTags,
} from '../../../../access/access-entry/owner-tags';
import { type Action, planEntry } from '../../../../access/access-entry/plan';
import { release } from '../../../../access/access-entry/release';
import { ARN, OURS } from '../aws-auth/aws-auth-given';
import { type BackEndUnderTest, type EntryName } from './cell';

const FOREIGN = { cost: '42' };
const WANTED: DesiredAccessEntry = {
  principalArn: ARN,
  type: 'STANDARD',
  username: 'joe',
  groups: ['team-a'],
  policies: [],
  tags: {},
};
const equal: EntryValue = {
  type: 'STANDARD',
  username: 'joe',
  groups: ['team-a'],
  policies: [],
  tags: FOREIGN,
};
const different: EntryValue = { ...equal, username: 'theirs', groups: ['ops'] };
const earlier: EntryValue = { ...equal, username: 'earlier', groups: [] };

const valueOf = (entry: EntryName): EntryValue => (entry === 'equal' ? equal : different);

export const accessEntries: BackEndUnderTest = {
  earlier,
  foreign: FOREIGN,

  run({ entry, event, existingEntry }, record) {
    const value = valueOf(entry);
    const tags = { ...value.tags, ...(record ? recordTags(record as EntryRecord) : {}) };
    const current = { ...value, tags, principalArn: ARN, accessEntryArn: 'arn', createdAt: new Date(0) };
    if (event === 'Delete') {
      const { actions, removed } = release(current, {
        owner: OURS,
        lastKnown: WANTED,
        equalIsOwn: true,
      });
      return { ...stateOf(carriedOut(current, actions)), wrote: actions.length > 0, removed, adopted: false };
    }
    const { target } = claim(current, {
      cluster: 'prod',
      entry: WANTED,
      owner: OURS,
      existingEntry,
      isNew: event === 'Create',
      isOwnTry: false,
      surroundings: alone(record?.owner, OURS, {
        // Not known to be clean of aws-auth, where a new entry would be marked so.
        elsewhere: event === 'Create' ? { state: 'unread', reason: '' } : NOWHERE,
      }),
      ...(event === 'Update' ? { previous: WANTED } : {}),
    });
    const actions = planEntry(current, target);
    return {
      ...stateOf(carriedOut(current, actions)),
      wrote: actions.length > 0,
      removed: false,
      adopted: isAdopted(target.tags),
    };
  },

  valueOf,

  stateAfter({ entry, outcome }) {
    const { tags: _, ...state } =
      outcome === 'back' ? earlier : ['nothing', 'drop'].includes(outcome) ? valueOf(entry) : equal;
    return outcome === 'remove' ? undefined : state;
  },
};

function carriedOut(current: CurrentAccessEntry, actions: readonly Action[]): CurrentAccessEntry | undefined {
  return actions.reduce<CurrentAccessEntry | undefined>((entry, action) => {
    if (!entry || action.do === 'delete') return undefined;
    switch (action.do) {
      case 'update':
        return { ...entry, username: action.username, groups: action.groups };
      case 'tag':
        return { ...entry, tags: { ...entry.tags, ...action.tags } };
      case 'untag': {
        const left = Object.entries(entry.tags).filter(([key]) => !action.keys.includes(key));
        return { ...entry, tags: Object.fromEntries(left) };
      }
      default:
        throw new Error(`${action.do} is no part of the table`);
    }
  }, current);
}

function stateOf(entry: CurrentAccessEntry | undefined) {
  if (!entry) return { state: undefined, record: undefined, foreign: FOREIGN };
  const { type, username, groups, policies, tags } = entry;
  const foreign = Object.entries(tags).filter(([key]) => !isRecordTag(key));
  return {
    state: { type, username, groups, policies },
    record: readRecord(tags),
    foreign: Object.fromEntries(foreign),
  };
}
