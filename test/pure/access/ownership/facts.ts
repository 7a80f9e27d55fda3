/** The facts of one row of the verdict tables, from words. */
import { type PutFacts, type PutVerdict, verdictOnPut } from '../../../../access/ownership';
import { type OwnershipRecord } from '../../../../access/ownership-record';
import { type Protected, type Standing } from '../../../../access/sighting';
import { OTHER, OURS, SIBLING } from '../aws-auth/aws-auth-given';

type Facts = PutFacts<string>;

/** Of the owner of a record; `nobody`: there is no record. */
const STANDINGS: Readonly<Record<string, Standing | undefined>> = {
  nobody: undefined,
  self: 'self',
  moved: 'moved',
  new: 'sibling of a new stack',
  rollback: 'sibling in a rollback',
  sibling: 'sibling',
  late: 'sibling of a late event',
  foreign: 'foreign',
  gone: 'gone',
};

const owner = (name: string) =>
  name === 'self' ? OURS : ['foreign', 'gone', 'moved'].includes(name) ? OTHER : SIBLING;

function standingOf(name: string): Standing | undefined {
  if (!(name in STANDINGS)) throw new Error(`${name} is no standing`);
  return STANDINGS[name];
}

function protectedBy(entry: string): Protected | undefined {
  if (entry.includes('provider')) return 'provider';
  return entry.includes('node') ? 'node' : undefined;
}

/**
 * `STANDING/ENTRY`: `none`, or an entry with the words `known` (gives what this resource is known to have asked for),
 * `same` (what it asks for), `node`, `provider`; `other` is none of these.
 */
export function hereOf(text: string): Facts['here'] {
  const [standing = '', entry = ''] = text.split('/');
  return {
    record: standing === 'nobody' ? undefined : { owner: owner(standing) },
    standing: standingOf(standing),
    entry:
      entry === 'none'
        ? undefined
        : {
            protects: protectedBy(entry),
            equalToKnown: entry.includes('known'),
            givesAsDesired: entry.includes('same'),
          },
  };
}

/** The same with the place, which an access entry overrides; `now`: gives what ours gives now; `+`: adopted; `-`: unread. */
export function thereOf(text: string): Facts['there'] {
  if (text === '-') return undefined;
  const [, standing = '', entry = '', plus, place] = /^(\w+)\/([\w-]+)(\+?)@(API|MAP)$/.exec(text) ?? [];
  return {
    owner: standing === 'nobody' ? undefined : owner(standing),
    at: undefined,
    standing: standingOf(standing),
    isAdopted: plus === '+',
    overrides: place === 'API',
    entry:
      entry === 'none'
        ? undefined
        : {
            protects: protectedBy(entry),
            givesAsDesired: entry.includes('same'),
            givesAsNow: entry.includes('now'),
          },
  };
}

export function facts(change: Partial<Facts>): Facts {
  return {
    owner: OURS,
    isNew: true,
    existingEntry: 'FAIL',
    mayTakeOver: () => true,
    here: hereOf('nobody/none'),
    there: undefined,
    ...change,
  };
}

export const recordOf = (change: Partial<OwnershipRecord<string>>): OwnershipRecord<string> => ({
  owner: OTHER,
  ...change,
});

/** As the tables have them. */
const MARKS = { left: '', ours: '', replaced: '!' };
const WORDS: Readonly<Record<string, string>> = { replace: 'take', 'keeps another': 'keeps' };

function worded(verdict: PutVerdict<string>): string {
  if (verdict.kind === 'refused') {
    const { why, at } = verdict;
    return `${WORDS[why] ?? why}${at === 'there' ? '^' : ''}`;
  }
  const { record, there } = verdict;
  return `${WORDS[record.kind] ?? record.kind}${MARKS[there]}`;
}

export const said = (change: Partial<Facts>): string => worded(verdictOnPut(facts(change)));
