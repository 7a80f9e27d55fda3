/** The document line by line. Folded stretches are drawn when they are opened. */
import { type LineNote, type ListedLine, listingOf, type Stretch } from '../model/listing';
import { type SeenPage } from '../model/seen-page';
import { button, element, fill } from './element';

export class Listing {
  private folds: { readonly lines: readonly ListedLine[]; readonly open: () => void }[] = [];

  constructor(
    private readonly place: Element,
    private readonly showProblem: (index: number) => void,
  ) {}

  draw(page: SeenPage): void {
    this.folds = [];
    fill(this.place, ...listingOf(page).map((stretch) => this.stretch(stretch)));
  }

  goTo(line: number): void {
    this.folds.find(({ lines }) => lines.some((each) => each.line === line))?.open();
    const row = document.getElementById(`line-${line}`);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  }

  private stretch(stretch: Stretch): HTMLElement {
    if (stretch.kind === 'lines') return this.list(stretch.lines);
    const fold = element('details', { class: 'fold' }, element('summary', {}, stretch.title));
    const show = (): void => {
      if (fold.childElementCount === 1) fold.append(this.list(stretch.lines));
    };
    fold.addEventListener('toggle', show);
    this.folds.push({
      lines: stretch.lines,
      open: () => {
        show();
        fold.open = true;
      },
    });
    return fold;
  }

  private list(lines: readonly ListedLine[]): HTMLElement {
    return element('ol', { class: 'listing' }, ...lines.map((line) => this.row(line)));
  }

  private row({ line, text, level, notes }: ListedLine): HTMLElement {
    return element(
      'li',
      { id: `line-${line}`, tabindex: '-1', class: level },
      element('span', { class: 'number' }, String(line)),
      element('span', { class: 'text' }, text),
      notes.length === 0
        ? undefined
        : element('span', { class: 'notes' }, ...notes.map((note) => this.note(note))),
    );
  }

  private note({ mark, text, problem }: LineNote): HTMLElement {
    const words =
      problem === undefined ? text : button(text, () => this.showProblem(problem), { class: 'link' });
    return element('span', {}, element('span', { class: `mark ${CLASSES[mark]}` }, mark), ' ', words);
  }
}

const CLASSES = { '✓': 'good', '✗': 'error', '!': 'warn', i: 'info', '': '' } as const;
