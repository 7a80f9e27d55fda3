/** What becomes of one entry, and what may be included of it. */
import { type MoveRow } from '../model/move';
import { type Actions } from './actions';
import { button, element } from './element';
import { lineLink } from './line-link';

const CLASSES: Readonly<Record<MoveRow['verdict'], string>> = {
  same: 'good',
  included: 'good',
  loses: 'error',
  behind: 'warn',
  cannot: 'warn',
};

/** `change`: includes it, or leaves it out again. */
export function moveRow(row: MoveRow, actions: Actions, change: () => void): HTMLElement {
  const { mark, verdict, who, line, text, gives } = row;
  return element(
    'li',
    {},
    element(
      'h3',
      {},
      element('span', { class: `level ${CLASSES[verdict]}` }, `${mark} ${verdict}`),
      element('code', {}, who),
      line === undefined ? undefined : lineLink(line, actions),
    ),
    text === '' ? undefined : element('p', {}, text),
    gives === undefined ? undefined : offer(gives, row, change),
  );
}

function offer(gives: string, { verdict, line }: MoveRow, change: () => void): HTMLElement {
  const isIncluded = verdict === 'included';
  return element(
    'div',
    { class: 'advice' },
    element('span', {}, `${isIncluded ? 'Included' : 'If included'}: ${gives}.`),
    button(isIncluded ? 'Leave it out' : 'Include it', change, {
      id: `include-${line}`,
      ...(isIncluded ? {} : { class: 'grants' }),
    }),
  );
}

export function focusOffer(line: number | undefined): void {
  document.getElementById(`include-${line}`)?.focus();
}
