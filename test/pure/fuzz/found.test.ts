/** Every fault that fuzzing found, by name: the document that showed it, cut down to what it takes. */
import { check, shrink } from './fuzz';
import { type Case } from './laws';

test.each<[string, Case]>([
  [
    'putting back a block scalar that counts the blank lines below it was refused in the wrong words',
    { section: 'mapRoles', text: '- rolearn: a\n  username: |+\n   x\n\n', which: 35 },
  ],
  [
    'the same with carriage returns, in the ARN itself',
    { section: 'mapRoles', text: ' - ? rolearn\r   : |+\r    r\r\r', which: 10 },
  ],
  [
    'a space remained where a comma would have become part of a key',
    { section: 'mapUsers', text: '[r: ]', which: 41 },
  ],
  [
    'a carriage return and a line feed of different origin became one line break',
    { section: 'mapRoles', text: '#\r-\n\n', which: 21 },
  ],
  [
    'a space remained where a comma would have become part of a tag',
    { section: 'mapRoles', text: '[!!null ]', which: 0 },
  ],
  [
    'a comment of a removed entry became part of the block scalar above it',
    {
      section: 'mapRoles',
      text: '- rolearn: v\n  s: |\n    x\n- rolearn: a\n  s: \n    #\n- rolearn: r',
      which: 1,
    },
  ],
  [
    'a line separator of YAML 1.1 hid how far an entry that is given back was indented',
    { section: 'mapAccounts', text: '- 5\n    \u0085 1', which: 28 },
  ],
])('%s', (_, found) => {
  const result = check(found);
  expect(result).not.toHaveProperty('law');
  expect('edits' in result && result.edits).toBeGreaterThan(0);
});

test('what breaks a law is cut down to what it takes', () => {
  expect(shrink('- rolearn: a\n  x: [b]\n# c\n', (text) => text.includes('[') && text.includes('#'))).toBe(
    '[#',
  );
  expect(shrink('- a\n', () => false)).toBe('- a\n');
});
