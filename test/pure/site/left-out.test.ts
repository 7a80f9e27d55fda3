/** What the build leaves out of the page is what it cannot reach: its words are the same without. */
import { type RuleName } from '../../../access/explain/finding';
import { ROLE_AND_BINDING_HELP } from '../../../access/explain/help/role-and-binding-help';
import { type SeenPage } from '../../../site/model/seen-page';
import { SAMPLE } from '../access/explain/sample';
import { documents, ENTRY, pageOf } from './seen';

const MODES = [undefined, 'CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;
const pages = [...documents.map(([, text]) => text), SAMPLE].flatMap((text) =>
  MODES.flatMap((mode) => ['', ENTRY].map((accessEntries) => pageOf(text, { accessEntries, mode }))),
);

test('no finding of the page has its rule or its help left out', () => {
  const rules = new Set(pages.flatMap(({ read }) => read?.findings ?? []).map(({ rule }) => rule));
  expect(rules.size).toBeGreaterThan(20);
  const without = Object.keys(ROLE_AND_BINDING_HELP) as readonly RuleName[];
  expect(without.filter((rule) => rules.has(rule))).toEqual([]);
});

test('the page sees of a cluster its mode, aws-auth and access entries, by which nothing left out is decided', () => {
  const seen = new Set(pages.flatMap(({ read }: SeenPage) => Object.keys(read?.view.cluster ?? {})));
  expect([...seen].sort()).toEqual(['accessEntries', 'awsAuth', 'mode']);
});
