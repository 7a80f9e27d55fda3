/** The Edit tab: one mapping, and the bytes that the provider would write. */
import { editDocument, type EditResult } from '../model/edit';
import { lineDiff } from '../model/line-diff';
import { type SeenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { button, element, fill } from './element';

const SIGNS = { same: ' ', removed: '-', added: '+', gap: ' ' } as const;

export class EditTab {
  private readonly principal = textInput('edit-principal');
  private readonly userName = textInput('edit-user');
  private readonly groups = textInput('edit-groups');
  private readonly removes = element('input', { type: 'radio', name: 'action', value: 'remove' });
  private readonly result = element('div', { 'aria-live': 'polite' });
  private page: SeenPage | undefined;
  private isAsked = false;

  constructor(
    panel: Element,
    private readonly actions: Actions,
  ) {
    const puts = element('input', { type: 'radio', name: 'action', value: 'put', checked: '' });
    const form = element(
      'form',
      {},
      element(
        'fieldset',
        { class: 'field' },
        element('legend', {}, 'What to do'),
        element('label', {}, puts, 'Add or change an entry'),
        element('label', {}, this.removes, 'Remove it'),
      ),
      field('Role, user or account', 'ARN with or without its path, or an account id', this.principal),
      field('Kubernetes user name', 'left out: the ARN of the session or user', this.userName),
      field('Groups', 'separated by commas', this.groups),
      element('button', { type: 'submit' }, 'Show what would be written'),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.isAsked = true;
      this.draw(this.page);
    });
    const hint =
      'Only the bytes of this entry change: comments, order and quotes stay. It is the editor of the CloudFormation provider cfn-eks-access.';
    fill(panel, element('p', { class: 'hint field' }, hint), form, this.result);
  }

  draw(page: SeenPage | undefined): void {
    this.page = page;
    if (!this.isAsked || page === undefined) return fill(this.result);
    const result = editDocument(page.input.document, {
      intent: this.removes.checked ? 'remove' : 'put',
      principal: this.principal.value,
      userName: this.userName.value,
      groups: this.groups.value,
    });
    fill(this.result, ...this.parts(result));
  }

  private parts(result: EditResult): readonly HTMLElement[] {
    const sentence = (text: string, name = 'answer'): HTMLElement => element('p', { class: name }, text);
    switch (result.kind) {
      case 'refused':
        return [sentence(`Nothing would be written: ${result.why}.`, 'answer no')];
      case 'unchanged':
        return [sentence(result.sentence)];
      case 'apart':
        return [
          sentence(result.sentence),
          element('p', { class: 'hint' }, result.why),
          element('pre', { class: 'excerpt' }, result.after),
          button(`Copy ${result.section}`, () => this.actions.copy(result.after, result.section)),
        ];
      case 'edited':
        return [
          sentence(result.sentence),
          diffList(result.before, result.after),
          button('Use this text', () =>
            this.actions.replace(result.after, 'The document has the change. Undo brings the text back.'),
          ),
        ];
    }
  }
}

function diffList(before: string, after: string): HTMLElement {
  return element(
    'ol',
    { class: 'diff', 'aria-label': 'What changes' },
    ...lineDiff(before, after).map(({ kind, text, line }) =>
      element(
        'li',
        { class: kind },
        element('span', { class: 'number' }, line === undefined ? '' : String(line)),
        element('span', {}, SIGNS[kind]),
        element('span', {}, text),
      ),
    ),
  );
}

function textInput(id: string): HTMLInputElement {
  const attributes = { type: 'text', class: 'code', autocomplete: 'off', spellcheck: 'false' };
  return element('input', { ...attributes, id, 'aria-describedby': `${id}-hint` });
}

function field(name: string, hint: string, input: HTMLInputElement): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { class: 'name', for: input.id }, name),
    element('span', { class: 'hint', id: `${input.id}-hint` }, hint),
    input,
  );
}
