/** Whose the entry is × what the stack asks for → what is written. */
import { entryText } from '../../../access/aws-auth/editing/edit';
import { planPut, planRemove } from '../../../access/aws-auth/plan';
import { type OwnershipRecord } from '../../../access/aws-auth/owners-annotation';
import {
  AFTER,
  after,
  ARN,
  BEFORE,
  DIFFERENT,
  EQUAL,
  foreignAnnotations,
  given,
  OTHER,
  OURS,
  put,
  recordAt,
  removing,
  SIBLING,
} from './aws-auth-given';
import { type AwsAuth } from '../../../access/aws-auth/intent';

const WRITTEN = `- rolearn: "${ARN}"\n  groups: ["team-a"]\n  username: "joe"\n`;
const SET = `- rolearn: ${ARN} # theirs\n  username: "joe"\n  groups:\n  - "team-a"\n`;
const NODE = `- rolearn: ${ARN}\n  username: x\n  groups: ["system:nodes"]\n`;
const NODE_NAME = `- rolearn: ${ARN}\n  username: system:node:x\n  groups: []\n`;
const PROVIDER = `- rolearn: ${ARN}\n  username: x\n  groups: [cfn-eks-access]\n`;
const entries = {
  none: '',
  equal: EQUAL,
  different: DIFFERENT,
  node: NODE,
  nodeName: NODE_NAME,
  provider: PROVIDER,
};
const owners = { nobody: undefined, ours: OURS, sibling: SIBLING, other: OTHER };

/**
 * insert: a new entry · keep, set: ours, as it is or made so · pass: from the sibling, kept to be put back ·
 * adopt: kept to be put back · take: not kept · heal: ours, though nobody wrote it down ·
 * forget: no entry, the record goes
 */
const table = `
  entry     record  | Create: FAIL ADOPT REPLACE | Update: FAIL ADOPT REPLACE | Delete
  none      nobody  | insert insert insert       | insert insert insert       | nothing
  none      ours    | insert insert insert       | insert insert insert       | forget
  none      sibling | insert insert insert       | insert insert insert       | nothing
  none      other   | insert insert insert       | insert insert insert       | nothing
  equal     nobody  | exists adopt take          | heal heal heal             | remove
  equal     ours    | keep keep keep             | keep keep keep             | remove
  equal     sibling | pass pass pass             | pass pass pass             | nothing
  equal     other   | exists adopt take          | exists adopt take          | nothing
  different nobody  | exists adopt take          | exists adopt take          | nothing
  different ours    | set set set                | set set set                | remove
  different sibling | pass pass pass             | pass pass pass             | nothing
  different other   | exists adopt take          | exists adopt take          | nothing
  node      nobody  | denied denied denied       | denied denied denied       | nothing
  nodeName  nobody  | denied denied denied       | denied denied denied       | nothing
  node      ours    | set set set                | set set set                | remove
  node      other   | exists adopt take          | exists adopt take          | nothing
  provider  nobody  | denied denied denied       | denied denied denied       | nothing
  provider  ours    | denied denied denied       | denied denied denied       | forget
  provider  sibling | denied denied denied       | denied denied denied       | nothing
  provider  other   | denied denied denied       | denied denied denied       | nothing
`;
const rows = table.trim().split('\n').slice(1);
const cells = rows.flatMap((row) => {
  const [entry = '', record = '', ...outcomes] = row.split('|').join(' ').trim().split(/\s+/);
  const asked = ['Create', 'Update'].flatMap((event) =>
    (['FAIL', 'ADOPT', 'REPLACE'] as const).map((existingEntry) => ({ event, existingEntry })),
  );
  return [...asked, { event: 'Delete', existingEntry: 'FAIL' as const }].map((ask, index) => ({
    entry: entry as keyof typeof entries,
    record: record as keyof typeof owners,
    ...ask,
    outcome: outcomes[index] ?? '',
  }));
});

test('the table is whole', () => {
  expect(cells).toHaveLength(20 * 7);
  expect(cells.every(({ outcome }) => /^[a-z]+$/.test(outcome))).toBe(true);
});

test.each(cells)('entry $entry, record $record: $event $existingEntry → $outcome', (cell) => {
  const text = entries[cell.entry];
  const owner = owners[cell.record];
  const record = owner && { owner };
  const current = given(BEFORE + text + AFTER, record);
  const plan = () =>
    cell.event === 'Delete'
      ? planRemove(current, removing())
      : planPut(current, put({ isNew: cell.event === 'Create', existingEntry: cell.existingEntry }));
  if (cell.outcome === 'exists' || cell.outcome === 'denied') {
    const code = cell.outcome === 'exists' ? 'AlreadyExists' : 'AccessDenied';
    expect(plan).toThrow(expect.objectContaining({ code }) as Error);
    return;
  }
  const result = plan();
  const state = after(current, result);
  expect(foreignAnnotations(state)).toEqual({ apple: '1', zebra: '2' });
  expect(result.write !== undefined).toBe(!['nothing', 'keep'].includes(cell.outcome));
  expect(result.removed).toBe(cell.outcome === 'remove');
  expect([state.data['mapRoles'], recordAt(state)]).toEqual(expected(cell.outcome, current, text, record));
  const wasTheirs = cell.outcome === 'adopt';
  expect(result.adopted).toBe(wasTheirs);
});

function expected(
  outcome: string,
  current: AwsAuth,
  text: string,
  record: OwnershipRecord | undefined,
): [string | undefined, OwnershipRecord | undefined] {
  const ours = BEFORE + (text === DIFFERENT ? SET : text === NODE ? WRITTEN_OVER_NODE : text) + AFTER;
  const kept = { text: text === '' ? '' : entryText('mapRoles', BEFORE + text, 1), ...record };
  switch (outcome) {
    case 'nothing':
      return [current.data['mapRoles'], record];
    case 'forget':
      return [current.data['mapRoles'], undefined];
    case 'insert':
      return [BEFORE + AFTER + WRITTEN, { owner: OURS }];
    case 'remove':
      return [BEFORE + AFTER, undefined];
    case 'adopt':
    case 'pass':
      return [ours, { owner: OURS, previous: kept }];
    default:
      return [ours, { owner: OURS }];
  }
}

const WRITTEN_OVER_NODE = `- rolearn: ${ARN}\n  username: "joe"\n  groups: ["team-a"]\n`;
