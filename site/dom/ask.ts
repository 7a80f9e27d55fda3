/** The Ask tab: one principal, and why it gets in or not. */
import { SECTIONS } from '../../access/aws-auth/identity-mapping';
import { replaceSection } from '../../access/explain/document/replace-section';
import { type Remedy } from '../../access/explain/explanation';
import { type Answer, answerOf } from '../model/asked';
import { type SeenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { button, element, fill } from './element';
import { lineLink } from './line-link';

export class AskTab {
  private readonly input = element('input', {
    type: 'text',
    id: 'question',
    class: 'code',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'question-hint',
  });
  private readonly answer = element('div', { 'aria-live': 'polite' });
  private page: SeenPage | undefined;
  private asked = '';

  constructor(
    panel: Element,
    private readonly actions: Actions,
  ) {
    const form = element(
      'form',
      {},
      element(
        'label',
        { class: 'field', for: 'question' },
        element('span', {}, 'Who is refused, or let in?'),
        element(
          'span',
          { class: 'hint', id: 'question-hint' },
          'An ARN, role/NAME with one * if you like, or all that aws sts get-caller-identity prints',
        ),
      ),
      element('div', { class: 'row' }, this.input, element('button', { type: 'submit' }, 'Ask')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.ask(this.input.value);
    });
    this.input.addEventListener('paste', () => setTimeout(() => this.ask(this.input.value)));
    fill(panel, form, this.answer);
  }

  ask(question: string): void {
    this.asked = question;
    if (this.input.value !== question) this.input.value = question;
    this.draw(this.page);
  }

  draw(page: SeenPage | undefined): void {
    this.page = page;
    const answer = page && answerOf(page, this.asked);
    fill(
      this.answer,
      answer === undefined || page === undefined ? undefined : card(answer, page, this.actions),
    );
  }
}

function card(answer: Answer, page: SeenPage, actions: Actions): HTMLElement {
  const { verdict, sentence, rows, fix, then, rights, unseen } = answer;
  const pair = (label: Node | string, ...content: readonly (Node | string)[]): readonly HTMLElement[] => [
    element('dt', {}, label),
    element('dd', {}, ...content),
  ];
  return element(
    'div',
    { class: `answer ${verdict === 'CANNOT SAY' ? 'cannot' : verdict.toLowerCase()}` },
    element(
      'p',
      { class: 'sentence' },
      element('strong', { class: 'verdict' }, verdict),
      sentence.slice(verdict.length),
    ),
    element(
      'dl',
      {},
      ...rows.flatMap(({ label, text, note, line }) =>
        pair(
          line === undefined ? label : lineLink(line, actions, label),
          text.startsWith('arn:') ? element('code', {}, text) : text,
          ...(note === '' ? [] : [element('span', { class: 'note' }, note)]),
        ),
      ),
      ...(fix === undefined ? [] : pair('fix', remedy(fix, page, actions))),
      ...(then === undefined ? [] : pair('then', then)),
    ),
    ...[...(rights === undefined ? [] : [rights]), ...unseen].map((text) =>
      element('p', { class: 'hint' }, text),
    ),
  );
}

function remedy(fix: Remedy, page: SeenPage, actions: Actions): HTMLElement {
  const changes = SECTIONS.filter((section) => fix.texts[section] !== undefined);
  const apply = button(
    'Apply, which gives access',
    () => {
      let text = page.input.document;
      for (const section of changes) {
        const replaced = replaceSection(text, section, fix.texts[section] ?? '');
        if ('refused' in replaced) return actions.say(replaced.refused);
        ({ text } = replaced);
      }
      actions.replace(text, 'Applied the fix. Undo brings the text back.');
    },
    { class: 'grants' },
  );
  return element(
    'div',
    { class: 'advice' },
    element('pre', {}, fix.text),
    button('Copy', () => actions.copy(fix.text, 'The fix')),
    changes.length === 0 ? undefined : apply,
  );
}
