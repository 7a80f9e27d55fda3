/** Whose the entry is × what the stack asks for → what becomes of it, in both back ends. */
import { type ExistingEntry } from '../../../access/desired-access';
import { type OwnershipRecord } from '../../../access/ownership-record';
import { refusalOf } from './refusal';
import { accessEntries } from './ownership/access-entries';
import { awsAuth } from './ownership/aws-auth';
import { type BackEndUnderTest, type Cell, OTHER, OURS, recordsFor, type RecordName } from './ownership/cell';

/**
 * insert: a new entry · keep, set: ours, as it is or made so · pass: from the sibling, kept to be put back ·
 * adopt: kept to be put back · take: not kept · heal: ours, though nobody wrote it down ·
 * forget: no entry, the record goes · keeps: not adopted, because its owner keeps another · back: what was kept is
 * put back · drop: stays, but is no longer kept for us
 *
 * Records: `…Found` keeps an entry that had none, `…Renamed` that of another logical id of its stack, `…ForUs` ours.
 * Rows with a star are aws-auth's alone: access entries have no record without an entry, and do not tell nodes and the
 * provider apart.
 */
const table = `
    entry     record       | Create: FAIL ADOPT REPLACE | Update: FAIL ADOPT REPLACE | Delete
  * none      nobody       | insert insert insert       | insert insert insert       | nothing
  * none      ours         | insert insert insert       | insert insert insert       | forget
  * none      sibling      | insert insert insert       | insert insert insert       | nothing
  * none      other        | insert insert insert       | insert insert insert       | nothing
    equal     nobody       | exists adopt take          | heal heal heal             | remove
    equal     ours         | keep keep keep             | keep keep keep             | remove
    equal     sibling      | pass pass pass             | pass pass pass             | nothing
    equal     other        | exists adopt take          | exists adopt take          | nothing
    different nobody       | exists adopt take          | exists adopt take          | nothing
    different ours         | set set set                | set set set                | remove
    different sibling      | pass pass pass             | pass pass pass             | nothing
    different other        | exists adopt take          | exists adopt take          | nothing
    equal     oursFound    | keep keep keep             | keep keep keep             | back
    different oursFound    | set set set                | set set set                | back
    equal     oursRenamed  | keep keep keep             | keep keep keep             | back
    equal     siblingFound | pass pass pass             | pass pass pass             | nothing
    equal     siblingForUs | pass pass pass             | pass pass pass             | drop
    equal     otherFound   | exists keeps take          | exists keeps take          | nothing
    different otherFound   | exists keeps take          | exists keeps take          | nothing
    equal     otherRenamed | exists keeps take          | exists keeps take          | nothing
    equal     otherForUs   | exists adopt take          | exists adopt take          | drop
  * node      nobody       | denied denied denied       | denied denied denied       | nothing
  * nodeName  nobody       | denied denied denied       | denied denied denied       | nothing
  * node      ours         | set set set                | set set set                | remove
  * node      other        | exists adopt take          | exists adopt take          | nothing
  * provider  nobody       | denied denied denied       | denied denied denied       | nothing
  * provider  ours         | denied denied denied       | denied denied denied       | forget
  * provider  sibling      | denied denied denied       | denied denied denied       | nothing
  * provider  other        | denied denied denied       | denied denied denied       | nothing
`;
const rows = table.trimEnd().split('\n').slice(2);
const asked = ['Create', 'Update'].flatMap((event) =>
  (['FAIL', 'ADOPT', 'REPLACE'] as const).map((existingEntry) => ({ event, existingEntry })),
);

function cellsOf(isAwsAuth: boolean): readonly Cell[] {
  return rows
    .filter((row) => isAwsAuth || !row.includes('*'))
    .flatMap((row) => {
      const [entry = '', record = '', ...outcomes] = row.replace(/[|*]/g, ' ').trim().split(/\s+/);
      return [...asked, { event: 'Delete', existingEntry: 'FAIL' as ExistingEntry }].map((ask, index) => ({
        entry: entry as Cell['entry'],
        record: record as RecordName,
        event: ask.event as Cell['event'],
        existingEntry: ask.existingEntry,
        outcome: outcomes[index] ?? '',
      }));
    });
}

const REFUSALS: Readonly<Record<string, readonly [code: string, message: RegExp]>> = {
  exists: ['AlreadyExists', /set ExistingEntry to ADOPT/],
  keeps: [
    'AlreadyExists',
    /Theirs of stack other, which took it over itself .*: delete that mapping first, or set ExistingEntry to REPLACE/,
  ],
  denied: ['AccessDenied', /no stack may take it over$/],
};

describe.each([
  ['aws-auth', awsAuth, 29],
  ['access entries', accessEntries, 17],
] as const)('%s', (name, backEnd: BackEndUnderTest, count) => {
  const cells = cellsOf(name === 'aws-auth');

  test('the table is whole', () => {
    expect(cells).toHaveLength(count * 7);
    expect(cells.every(({ outcome }) => /^[a-z]+$/.test(outcome))).toBe(true);
  });

  test.each(cells)('entry $entry, record $record: $event $existingEntry → $outcome', (cell) => {
    const { outcome, event } = cell;
    const record = recordsFor(backEnd.earlier)[cell.record];
    const [code, message] = REFUSALS[outcome] ?? [];
    if (code !== undefined) {
      expect(refusalOf(() => backEnd.run(cell, record))).toMatchObject({
        code,
        message: expect.stringMatching(message ?? '') as string,
      });
      return;
    }
    const result = backEnd.run(cell, record);
    expect(result.foreign).toEqual(backEnd.foreign);
    expect(result.wrote).toBe(!['nothing', 'keep'].includes(outcome));
    expect(result.removed).toBe(['remove', 'back'].includes(outcome));
    const expected = expectedRecord(outcome, record, backEnd.valueOf(cell.entry));
    expect([result.state, result.record]).toEqual([backEnd.stateAfter(cell), expected]);
    expect(result.adopted).toBe(event !== 'Delete' && expected?.found !== undefined);
  });
});

function expectedRecord(
  outcome: string,
  record: OwnershipRecord<unknown> | undefined,
  value: unknown,
): OwnershipRecord<unknown> | undefined {
  switch (outcome) {
    case 'nothing':
      return record;
    case 'forget':
    case 'remove':
      return undefined;
    case 'back':
      return record?.renamedFrom && { owner: record.renamedFrom.owner };
    case 'drop':
      return record && { owner: record.owner };
    case 'keep':
    case 'set':
      return record;
    case 'adopt':
      return { owner: OURS, found: { value, owner: record && OTHER } };
    case 'pass':
      return {
        owner: OURS,
        found: record?.found,
        renamedFrom: { value, owner: record?.owner ?? OTHER },
      };
    default:
      return { owner: OURS };
  }
}
