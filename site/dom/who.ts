/** The tab Who gets in: two tables and a filter. */
import { type SeenPage } from '../model/seen-page';
import { type WhoRow, whoTables } from '../model/who';
import { type Actions } from './actions';
import { element, fill, several } from './element';
import { lineLink } from './line-link';

const MOST = 100;
/** Fewer are seen at a glance. */
const FILTERED = 10;

export function drawWho(panel: Element, page: SeenPage, actions: Actions): void {
  const tables = element('div');
  const draw = (filter: string): void => {
    const { inForce, others, hasOwners } = whoTables(page, filter);
    const none = filter === '' ? page.headline : 'No entry has this in it.';
    fill(
      tables,
      ...(inForce.length === 0 && others.length === 0 ? [element('p', { class: 'empty' }, none)] : []),
      ...several(inForce, MOST, (rows) => working(rows, hasOwners, actions)),
      ...several(others, MOST, (rows) => notInForce(rows, actions)),
    );
  };
  const input = element('input', { type: 'text', id: 'filter', autocomplete: 'off', spellcheck: 'false' });
  input.addEventListener('input', () => draw(input.value));
  const isLong = (page.read?.identities.length ?? 0) > FILTERED;
  const field = element('label', { class: 'field' }, element('span', {}, 'Show only what has'), input);
  draw('');
  fill(panel, isLong ? field : undefined, tables);
}

function working(rows: readonly WhoRow[], hasOwners: boolean, actions: Actions): HTMLTableElement {
  const heads = ['who', 'as Kubernetes user', 'with', 'from', ...(hasOwners ? ['owner'] : [])];
  return table('Can log in', heads, rows, (row) => [
    row.mark === '' ? row.who : `${row.mark}\u00a0${row.who}`,
    row.note === '' ? row.user : `${row.user} (${row.note})`,
    row.given,
    place(row, actions),
    ...(hasOwners ? [row.owner] : []),
  ]);
}

function notInForce(rows: readonly WhoRow[], actions: Actions): HTMLTableElement {
  return table('Not in force', ['who', 'from', 'because'], rows, (row) => [
    `${row.mark}\u00a0${row.who}`,
    place(row, actions),
    row.note,
  ]);
}

function place({ line, from }: WhoRow, actions: Actions): HTMLElement | string {
  return line === undefined ? from : lineLink(line, actions, from);
}

/** Roles are said, because on a narrow screen the table is drawn as a list. */
function table(
  title: string,
  heads: readonly string[],
  rows: readonly WhoRow[],
  cells: (row: WhoRow) => readonly (HTMLElement | string)[],
): HTMLTableElement {
  const head = heads.map((text) => element('th', { role: 'columnheader', scope: 'col' }, text));
  return element(
    'table',
    { role: 'table' },
    element('caption', {}, title),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...head)),
    element(
      'tbody',
      { role: 'rowgroup' },
      ...rows.map((row) =>
        element(
          'tr',
          { role: 'row' },
          ...cells(row).map((cell, index) =>
            element('td', { role: 'cell', 'data-head': index === 0 ? undefined : heads[index] }, cell),
          ),
        ),
      ),
    ),
  );
}
