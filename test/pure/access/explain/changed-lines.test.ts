import { changedLines } from '../../../../access/explain/changed-lines';

const ENTRY = '- rolearn: a\n  username: u\n  groups:\n  - x\n';

test.each<[string, string, string, number, readonly string[]]>([
  ['one line, without its dash', ENTRY, ENTRY.replace('rolearn: a', 'rolearn: b'), 0, ['rolearn: b']],
  ['a value on a line of its own', ENTRY, ENTRY.replace('- x', '- y'), 37, ['- y']],
  [
    'lines apart: what does not change between them is left out',
    ENTRY,
    ENTRY.replace('rolearn: a', 'rolearn: b').replace('groups:', 'groups: # these'),
    0,
    ['- rolearn: b', '  groups: # these'],
  ],
  [
    'but for the key of a value that changes',
    ENTRY,
    ENTRY.replace('rolearn: a', 'rolearn: b').replace('- x', '- y'),
    0,
    ['- rolearn: b', '  groups:', '  - y'],
  ],
  ['lines that come', ENTRY, ENTRY.replace('- x', '- x\n  - y'), 43, ['- y']],
])('%s', (_, before, after, start, lines) => {
  expect(changedLines(before, after)).toEqual({ start, lines });
});
