/** The ownership table itself: what is here × what is in the other place × what is asked for → the verdict. */
import { hereOf, said, thereOf } from './ownership/facts';

/**
 * The words of `ownership/facts.ts`. A verdict is what becomes of the record (`ours`, `rename`, `adopt`, `new`, `heal`;
 * `take`: replace), with `!` when the entry in the other place is replaced; or why not, with `^` when for the other place.
 */
const table = `
  here             there               | Create: FAIL ADOPT REPLACE     | Update: FAIL ADOPT REPLACE
  nobody/none      -                   | new new new                    | new new new
  nobody/known     -                   | exists adopt take              | heal heal heal
  nobody/same      -                   | exists adopt take              | exists adopt take
  nobody/other     -                   | exists adopt take              | exists adopt take
  nobody/node      -                   | node node node                 | node node node
  nobody/node-same -                   | exists adopt take              | exists adopt take
  nobody/node-known -                  | node node node                 | heal heal heal
  nobody/provider  -                   | provider provider provider     | provider provider provider
  self/none        -                   | ours ours ours                 | ours ours ours
  self/other       -                   | ours ours ours                 | ours ours ours
  self/node        -                   | ours ours ours                 | ours ours ours
  self/provider    -                   | provider provider provider     | provider provider provider
  moved/none       -                   | ours ours ours                 | ours ours ours
  moved/other      -                   | ours ours ours                 | ours ours ours
  new/other        -                   | sibling sibling sibling        | sibling sibling sibling
  new/none         -                   | sibling sibling sibling        | sibling sibling sibling
  rollback/other   -                   | rename rename rename           | rename rename rename
  sibling/other    -                   | rename rename rename           | sibling sibling sibling
  sibling/node     -                   | rename rename rename           | sibling sibling sibling
  late/other       -                   | late late late                 | late late late
  foreign/none     -                   | new new new                    | new new new
  foreign/known    -                   | exists adopt take              | exists adopt take
  foreign/same     -                   | exists adopt take              | exists adopt take
  foreign/node     -                   | exists adopt take              | exists adopt take
  gone/none        -                   | new new new                    | new new new
  gone/known       -                   | exists adopt take              | heal heal heal
  gone/other       -                   | exists adopt take              | exists adopt take
  gone/node        -                   | node node node                 | node node node

  nobody/none      nobody/none@API     | new new new                    | new new new
  nobody/none      nobody/same@API     | new new new                    | new new new
  nobody/none      nobody/same@MAP     | new new new                    | new new new
  nobody/none      nobody/other@API    | exists^ overridden^ new!       | exists^ overridden^ new!
  nobody/none      nobody/other@MAP    | exists^ new new!               | exists^ new new!
  nobody/none      nobody/node@API     | node^ node^ node^              | node^ node^ node^
  nobody/none      nobody/node-same@API | new new new                   | new new new
  nobody/none      nobody/provider@API | provider^ provider^ provider^  | provider^ provider^ provider^
  nobody/none      self/provider@MAP   | provider^ provider^ provider^  | provider^ provider^ provider^
  nobody/none      self/none@API       | new new new                    | new new new
  nobody/none      self/other@API      | new new new                    | new new new
  nobody/none      self/other+@API     | overridden^ overridden^ new!   | overridden^ overridden^ new!
  nobody/none      self/other+@MAP     | new new new                    | new new new
  nobody/none      moved/other@API     | new new new                    | new new new
  nobody/none      moved/other+@API    | overridden^ overridden^ new!   | overridden^ overridden^ new!
  nobody/none      new/other@API       | sibling^ sibling^ sibling^     | sibling^ sibling^ sibling^
  nobody/none      rollback/other@MAP  | new new new                    | new new new
  nobody/none      sibling/other@API   | new new new                    | sibling^ sibling^ sibling^
  nobody/none      sibling/none@API    | new new new                    | new new new
  nobody/none      late/other@MAP      | late^ late^ late^              | late^ late^ late^
  nobody/none      foreign/same@MAP    | exists^ new new!               | exists^ new new!
  nobody/none      foreign/same@API    | exists^ overridden^ new!       | exists^ overridden^ new!
  nobody/none      foreign/node@API    | exists^ overridden^ new!       | exists^ overridden^ new!
  nobody/none      gone/same@API       | new new new                    | new new new
  nobody/none      gone/other@MAP      | exists^ new new!               | exists^ new new!
  nobody/none      gone/node@MAP       | node^ node^ node^              | node^ node^ node^

  self/other       nobody/other@API    | exists^ overridden^ ours!      | ours ours ours
  self/other       nobody/same@API     | ours ours ours                 | ours ours ours
  self/other       nobody/node@MAP     | ours ours ours                 | ours ours ours
  self/other       nobody/now@API      | exists^ overridden^ ours!      | exists^ overridden^ ours!
  self/other       nobody/now@MAP      | exists^ ours ours!             | exists^ ours ours!
  self/other       nobody/now-same@API | ours ours ours                 | ours ours ours
  self/other       nobody/now-node@MAP | node^ node^ node^              | node^ node^ node^
  self/other       foreign/other@API   | exists^ overridden^ ours!      | ours ours ours
  self/other       foreign/same@API    | exists^ overridden^ ours!      | ours ours ours
  self/other       foreign/now@MAP     | exists^ ours ours!             | exists^ ours ours!
  self/none        foreign/other@API   | exists^ overridden^ ours!      | exists^ overridden^ ours!
  self/none        nobody/same@API     | ours ours ours                 | ours ours ours
  moved/other      nobody/other@API    | exists^ overridden^ ours!      | ours ours ours

  nobody/known     nobody/other@MAP    | exists adopt take!             | heal heal heal
  nobody/known     nobody/now@MAP      | exists adopt take!             | exists^ heal heal!
  nobody/known     self/other@API      | exists adopt take              | exists adopt take
  nobody/known     moved/other@API     | exists adopt take              | exists adopt take
  nobody/known     foreign/none@API    | exists adopt take              | heal heal heal
  nobody/other     nobody/other@API    | exists overridden^ take!       | exists overridden^ take!
  nobody/other     nobody/same@API     | exists adopt take              | exists adopt take
  nobody/other     foreign/other@MAP   | exists adopt take!             | exists adopt take!

  sibling/other    nobody/other@MAP    | rename rename rename           | sibling sibling sibling
  sibling/other    nobody/other@API    | exists^ overridden^ rename!    | sibling sibling sibling
  sibling/other    nobody/same@API     | rename rename rename           | sibling sibling sibling
  sibling/none     nobody/other@MAP    | exists^ rename rename!         | sibling sibling sibling
  rollback/other   nobody/other@API    | exists^ overridden^ rename!    | rename rename rename
  rollback/other   nobody/now@MAP      | exists^ rename rename!         | exists^ rename rename!
`;

const ASKED = [true, false].flatMap((isNew) =>
  (['FAIL', 'ADOPT', 'REPLACE'] as const).map((existingEntry) => ({ isNew, existingEntry })),
);

const rows = table
  .split('\n')
  .slice(2)
  .filter((line) => line.trim() !== '')
  .map((row) => {
    const [here = '', there = '', ...verdicts] = row.replaceAll('|', ' ').trim().split(/\s+/);
    const asked = ASKED.map((ask) => ({ ...ask, here: hereOf(here), there: thereOf(there) }));
    return { here, there, asked, verdicts };
  });

test.each(rows)('$here, other place $there', ({ asked, verdicts }) => {
  expect(asked.map(said)).toEqual(verdicts);
});

describe('the guardrail', () => {
  test.each(rows)(
    '"none" refuses what takes over: $here, other place $there',
    ({ there, asked, verdicts }) => {
      // What FAIL refuses as existing, the others would take over.
      const expected = asked.map(({ isNew, existingEntry }, index) => {
        const fails = verdicts[isNew ? 0 : 3] ?? '';
        const verdict = verdicts[index] ?? '';
        if (existingEntry !== 'FAIL' && fails.startsWith('exists'))
          return fails.replace('exists', 'guardrail');
        return there.includes('+') && verdict.endsWith('!') ? 'overridden^' : verdict.replace('!', '');
      });
      expect(asked.map((ask) => said({ ...ask, mayTakeOver: () => false }))).toEqual(expected);
    },
  );

  test.each([
    // here, other place: where only what has no record may be taken over, and where only what has one
    ['nobody/other', '-', 'adopt', 'guardrail'],
    ['gone/other', '-', 'adopt', 'guardrail'],
    ['foreign/other', '-', 'guardrail', 'adopt'],
    ['nobody/none', 'nobody/other@MAP', 'new', 'guardrail^'],
    ['nobody/none', 'gone/other@MAP', 'new', 'guardrail^'],
    ['nobody/none', 'foreign/other@MAP', 'guardrail^', 'new'],
  ])('%s, other place %s: "unrecorded" %s, records alone %s', (here, there, unrecorded, recorded) => {
    const asked = { here: hereOf(here), there: thereOf(there), existingEntry: 'ADOPT' } as const;
    expect(said({ ...asked, mayTakeOver: (hasRecord) => !hasRecord })).toBe(unrecorded);
    expect(said({ ...asked, mayTakeOver: (hasRecord) => hasRecord })).toBe(recorded);
  });

  test('what a stack has adopted there is given up only where records may be taken over', () => {
    const asked = { there: thereOf('self/other+@API'), existingEntry: 'REPLACE' } as const;
    expect(said({ ...asked, mayTakeOver: (hasRecord) => hasRecord })).toBe('new!');
    expect(said({ ...asked, mayTakeOver: (hasRecord) => !hasRecord })).toBe('overridden^');
  });
});

test('the provider’s own role is refused, mapped or not, whatever is asked for', () => {
  const verdicts = rows.flatMap(({ asked }) => asked.map((ask) => said({ ...ask, isProvidersRole: true })));
  expect(new Set(verdicts)).toEqual(new Set(['provider']));
});
