import { pagerFor } from '../../../cli/pager';

const LONG = 'line\n'.repeat(30);

test.each<readonly [string | undefined, string, Parameters<typeof pagerFor>[1]]>([
  ['less -FIRX', LONG, { rows: 24, env: {} }],
  ['most', LONG, { rows: 24, env: { PAGER: ' most ' } }],
  ['less -FIRX', LONG, { rows: 30, env: {} }],
  [undefined, LONG, { rows: 31, env: {} }],
  [undefined, LONG, { rows: undefined, env: {} }],
  [undefined, LONG, { rows: 0, env: {} }],
  [undefined, LONG, { rows: 24, env: { PAGER: '' } }],
  [undefined, LONG, { rows: 24, env: { PAGER: 'cat' } }],
  [undefined, LONG, { rows: 24, env: { TERM: 'dumb' } }],
])('%s', (pager, text, screen) => {
  expect(pagerFor(text, screen)).toBe(pager);
});
