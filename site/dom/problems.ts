/** The Problems tab. */
import { fixDocument, fixOne } from '../../access/explain/seen-document';
import { type ProblemItem, problemsOf } from '../model/problems';
import { type SeenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { button, element, fill, several } from './element';
import { lineLink } from './line-link';

const MOST = 50;

export function drawProblems(panel: Element, page: SeenPage, actions: Actions): void {
  const items = problemsOf(page);
  if (items.length === 0) {
    fill(
      panel,
      element(
        'p',
        { class: 'empty' },
        page.line === undefined
          ? 'Nothing is wrong.'
          : `What else is wrong can be told when line ${page.line} is fixed.`,
      ),
    );
    return;
  }
  const safe = items.filter(
    ({ canBeApplied, finding }) => canBeApplied && finding.fix?.givesAccess === false,
  );
  const all = button(
    `Apply ${safe.length} ${safe.length === 1 ? 'fix that lets' : 'fixes that let'} nobody in`,
    () => {
      const fixed = fixDocument(page.input.document, undefined, page.read?.view.cluster);
      if ('refused' in fixed) actions.say(fixed.refused);
      else actions.replace(fixed.text, `Applied ${fixed.applied.length}. Undo brings the text back.`);
    },
  );
  fill(
    panel,
    ...several(items, MOST, (some) =>
      element('ol', { class: 'problems' }, ...some.map((item, index) => problem(item, index, page, actions))),
    ),
    safe.length < 2 ? undefined : element('p', { class: 'more' }, all),
  );
}

/** One that is not drawn yet is behind the button for all of them. */
export function focusProblem(index: number): void {
  const find = (): HTMLElement | null => document.getElementById(`problem-${index}`);
  if (find() === null) document.querySelector<HTMLElement>('#panel-problems > button.more')?.click();
  find()?.scrollIntoView({ block: 'center' });
  find()?.focus({ preventScroll: true });
}

function problem(item: ProblemItem, index: number, page: SeenPage, actions: Actions): HTMLElement {
  const { finding, level, mark, line, excerpt, advice, help } = item;
  return element(
    'li',
    { class: finding.level, id: `problem-${index}`, tabindex: '-1' },
    element(
      'h3',
      {},
      element('span', { class: 'level' }, `${mark} ${level}`),
      line === undefined ? undefined : lineLink(line, actions),
      element('code', {}, finding.rule),
    ),
    element('p', { class: 'sentence' }, finding.sentence),
    element('p', {}, finding.effect),
    excerpt === undefined || line === undefined
      ? undefined
      : element(
          'pre',
          { class: 'excerpt' },
          element('span', { class: 'number', 'aria-hidden': 'true' }, String(line)),
          excerpt.before,
          element('mark', {}, excerpt.marked),
          excerpt.after,
        ),
    advice === undefined ? undefined : adviceLine(item, page, actions),
    element(
      'details',
      {},
      element('summary', {}, 'Why?'),
      element('p', {}, help.problem),
      element('pre', {}, help.right),
      element('p', {}, help.why),
      finding.ignore === undefined
        ? undefined
        : element('p', { class: 'hint' }, `To ignore it, with a reason: ${finding.ignore}`),
    ),
  );
}

function adviceLine({ finding, advice, canBeApplied }: ProblemItem, page: SeenPage, actions: Actions) {
  const { verb = '', text = '', note = '' } = advice ?? {};
  const givesAccess = finding.fix?.givesAccess === true;
  const apply = button(
    givesAccess ? 'Apply, which gives access' : 'Apply',
    () => {
      const fixed = fixOne(page.input.document, finding);
      if ('refused' in fixed) actions.say(fixed.refused);
      else actions.replace(fixed.text, `Applied ${finding.rule}. Undo brings the text back.`);
    },
    givesAccess ? { class: 'grants' } : {},
  );
  return element(
    'div',
    { class: 'advice' },
    element('span', {}, verb.charAt(0).toUpperCase() + verb.slice(1)),
    text === '' ? undefined : element('pre', {}, text),
    text === '' ? undefined : button('Copy', () => actions.copy(text, 'The fix')),
    canBeApplied ? apply : undefined,
    note === ''
      ? undefined
      : element('span', { class: 'hint note' }, `${note.charAt(0).toUpperCase()}${note.slice(1)}.`),
  );
}
