/** What the ownership table makes of a record: its date, what it keeps, whose it is. */
import { verdictOnPut } from '../../../access/ownership';
import { OTHER, OURS, SIBLING } from './aws-auth/aws-auth-given';
import { facts, hereOf, recordOf, said, thereOf } from './ownership/facts';

describe('an event that a later one has overtaken (CR-24)', () => {
  const AT = 1_767_225_600_000;
  const requestedAt = AT - 60_000;
  const here = (standing: string) => ({ ...hereOf(`${standing}/other`), record: recordOf({ at: AT }) });
  const there = (standing: string) => {
    const seen = thereOf(`${standing}/other@MAP`);
    return seen && { ...seen, at: AT };
  };

  test.each([
    ['ours here', { here: here('self') }, 'late'],
    ['ours there', { there: there('self') }, 'late^'],
    ['another’s here', { here: here('foreign') }, 'exists'],
    ['another’s there', { there: there('foreign') }, 'exists^'],
    ['one that has moved to us here', { here: here('moved') }, 'ours'],
    ['one that has moved to us there', { there: there('moved') }, 'new'],
    ['ours, of the provider’s role', { here: here('self'), isProvidersRole: true }, 'late'],
  ])('by the record of %s', (_, change, verdict) => {
    expect(said({ ...change, requestedAt })).toBe(verdict);
    expect(said({ ...change, requestedAt: AT })).not.toMatch(/^late/);
  });
});

test.each([
  ['an entry that was found', { found: { value: 'x' } }, 'keeps'],
  ['the entry of a third owner', { renamedFrom: { value: 'x', owner: SIBLING } }, 'keeps'],
  ['an entry of the one who asks', { found: { value: 'x', owner: OURS } }, 'adopt'],
  ['an entry of the one who asks, before a rename', { renamedFrom: { value: 'x', owner: OURS } }, 'adopt'],
])('of another stack that keeps %s: ADOPT %s', (_, kept, verdict) => {
  const here = { ...hereOf('foreign/other'), record: recordOf(kept) };
  expect(said({ here, existingEntry: 'ADOPT' })).toBe(verdict);
  expect(said({ here, existingEntry: 'REPLACE' })).toBe('take');
});

describe('the record', () => {
  const record = recordOf({ found: { value: 'x' }, more: { arn: 'y' } });
  const verdict = (here: string, existingEntry: 'FAIL' | 'ADOPT' = 'FAIL') =>
    verdictOnPut(facts({ here: { ...hereOf(here), record }, existingEntry }));

  test.each([
    ['of ours as it is', 'self/other', { kind: 'ours', record }],
    [
      'that CloudFormation has moved names the new owner',
      'moved/other',
      { kind: 'ours', record: { ...record, owner: OURS } },
    ],
    ['of the sibling goes with a rename', 'sibling/other', { kind: 'rename', record }],
  ])('%s', (_, here, expected) => {
    expect(verdict(here)).toEqual({ kind: 'put', record: expected, there: 'left' });
  });

  test('of an owner who is gone is none', () => {
    expect(verdict('gone/other', 'ADOPT')).toEqual({
      kind: 'put',
      record: { kind: 'adopt', record: undefined },
      there: 'left',
    });
  });
});

test.each([
  ['foreign/other', '-', 'here', OTHER, false],
  ['gone/other', '-', 'here', OTHER, true],
  ['nobody/other', '-', 'here', undefined, false],
  ['nobody/none', 'foreign/other@MAP', 'there', OTHER, false],
  ['nobody/none', 'gone/other@MAP', 'there', OTHER, true],
  ['nobody/none', 'nobody/other@MAP', 'there', undefined, false],
])('%s, other place %s: the refusal names the owner %s', (here, there, at, owner, isGone) => {
  const verdict = verdictOnPut(facts({ here: hereOf(here), there: thereOf(there) }));
  expect(verdict).toEqual({ kind: 'refused', why: 'exists', at, owner, isGone });
});
