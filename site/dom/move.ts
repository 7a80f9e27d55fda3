/** The Move tab: what becomes of whom with access entries, and the move in the words of a tool. */
import { type Tool, TOOLS } from '../../access/migration/render/render';
import { type Move, moveOf, type MoveRow } from '../model/move';
import { type SeenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { button, element, fill, several } from './element';
import { focusOffer, moveRow } from './move-row';

const MOST = 100;
const NAMES: Readonly<Record<Tool, string>> = {
  cloudformation: 'CloudFormation',
  'cloudformation-native': 'CloudFormation without a provider',
  cli: 'AWS CLI',
  terraform: 'Terraform',
};
export class MoveTab {
  private readonly plan = element('div');
  private readonly output = element('div');
  private readonly cluster = element('input', {
    type: 'text',
    id: 'cluster',
    class: 'code',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private page: SeenPage | undefined;
  private included: readonly number[] = [];
  private tool: Tool = 'cloudformation';

  constructor(
    private readonly panel: Element,
    private readonly actions: Actions,
  ) {
    this.cluster.addEventListener('input', () => this.drawOutput(this.move()));
  }

  draw(page: SeenPage): void {
    if (page.input.document !== this.page?.input.document) this.included = [];
    this.page = page;
    const move = this.move();
    if (move === undefined) {
      const why = 'What becomes of whom can be told when the text can be read.';
      return fill(this.panel, element('p', { class: 'empty' }, why));
    }
    this.drawPlan(move);
    this.drawOutput(move);
    const hint =
      'What becomes of each entry as an access entry of EKS: when the cluster no longer reads aws-auth, a principal without one is locked out.';
    const field = element(
      'label',
      { class: 'field' },
      element('span', {}, 'Name of the cluster'),
      this.cluster,
    );
    fill(
      this.panel,
      element('p', { class: 'hint field' }, hint),
      this.plan,
      element('h3', { class: 'more' }, 'To copy'),
      this.tools(),
      field,
      this.output,
    );
  }

  /** What is included is what could be. */
  private move(included = this.included): Move | undefined {
    if (this.page === undefined) return undefined;
    const { tool, cluster } = this;
    const move = moveOf(this.page, { include: included, tool, cluster: cluster.value });
    if (move !== undefined && 'refused' in move) {
      this.actions.say(move.refused);
      return included === this.included ? undefined : this.move();
    }
    this.included = included;
    return move;
  }

  private drawPlan({ headline, rows, todo, verdict }: Move): void {
    const list = (some: readonly MoveRow[]): HTMLElement =>
      element(
        'ol',
        { class: 'problems' },
        ...some.map((row) => moveRow(row, this.actions, () => this.change(row))),
      );
    fill(
      this.plan,
      element('p', { class: 'sentence field' }, headline),
      ...several(rows, MOST, list),
      ...[todo, verdict].map((text) =>
        text === undefined ? undefined : element('p', { class: 'hint' }, text),
      ),
    );
  }

  private change({ line, verdict }: MoveRow): void {
    const others = this.included.filter((other) => other !== line);
    const move = this.move(verdict === 'included' || line === undefined ? others : [...others, line]);
    if (move === undefined) return;
    this.drawPlan(move);
    this.drawOutput(move);
    focusOffer(line);
    // Said in one sentence: the list is too long to be read again.
    this.actions.say(move.headline);
  }

  private tools(): HTMLElement {
    return element(
      'fieldset',
      { class: 'field' },
      element('legend', {}, 'In the words of'),
      ...TOOLS.map((tool) => {
        const checked = tool === this.tool ? '' : undefined;
        const radio = element('input', { type: 'radio', name: 'tool', value: tool, checked });
        radio.addEventListener('change', () => {
          this.tool = tool;
          this.drawOutput(this.move());
        });
        return element('label', {}, radio, NAMES[tool]);
      }),
    );
  }

  private drawOutput(move: Move | undefined): void {
    if (move === undefined) return;
    const { document } = move;
    fill(
      this.output,
      element('pre', { class: 'excerpt' }, document),
      button('Copy what to run', () => this.actions.copy(document, NAMES[this.tool])),
    );
  }
}
