/** The page as a whole: what is typed, pasted or dropped goes in, what the model makes of it is drawn. */
import { reportOf } from '../model/report';
import { redacted } from '../model/redact';
import { type PageInput } from '../model/page-input';
import { type SeenPage, seenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { AskTab } from './ask';
import { copyText } from './copying';
import { EditTab } from './edit';
import { byId, element, fill } from './element';
import { onFiles } from './files';
import { Listing } from './listing';
import { drawProblems, focusProblem } from './problems';
import { drawResult } from './result';
import { panelOf, type Tab, Tabs } from './tabs';
import { drawWho } from './who';

/** Milliseconds after the last key until the text is read; pasted text is read at once. */
const PAUSE = 200;

export class Page {
  private readonly text = byId<'textarea'>('document');
  private readonly entries = byId<'textarea'>('entries');
  private readonly undo = byId<'button'>('undo');
  private readonly listing = new Listing(byId('listing'), (index) => this.actions.showProblem(index));
  private readonly history: string[] = [];
  private readonly actions: Actions = {
    replace: (text, said) => {
      this.replace(text);
      this.actions.say(said);
    },
    say: (sentence) => fill(byId('said'), sentence),
    copy: (text, what) => {
      void copyText(text).then((isDone) =>
        this.actions.say(isDone ? `${what} is in the clipboard.` : 'The browser refuses to copy.'),
      );
    },
    goTo: (line) => this.listing.goTo(line),
    showProblem: (index) => this.showProblem(index),
  };
  private readonly askTab = new AskTab(panelOf('ask'), this.actions);
  private readonly editTab = new EditTab(panelOf('edit'), this.actions);
  private readonly tabs = new Tabs((tab) => this.guarded(() => this.drawTab(tab)));
  private seen: SeenPage = seenPage({ document: '', accessEntries: '', mode: undefined });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    for (const area of [this.text, this.entries]) {
      area.addEventListener('input', (event) => this.later(isPaste(event) ? 0 : PAUSE));
    }
    for (const radio of document.getElementsByName('mode'))
      radio.addEventListener('change', () => this.read());
    byId<'button'>('clear').addEventListener('click', () => {
      this.replace('');
      this.text.focus();
    });
    this.undo.addEventListener('click', () => this.back());
    byId<'button'>('copy-report').addEventListener('click', () =>
      this.guarded(() => this.actions.copy(reportOf(this.seen), 'The report')),
    );
    byId<'button'>('copy-redacted').addEventListener('click', () => this.guarded(() => this.copyRedacted()));
    onFiles(
      (text, note) => {
        this.replace(text);
        this.actions.say(note ?? '');
      },
      (why) => fill(byId('remarks'), element('p', { class: 'error' }, why)),
    );
    addEventListener('beforeprint', () => (['problems', 'who'] as const).forEach((tab) => this.drawTab(tab)));
    this.read();
  }

  private showProblem(index: number): void {
    this.tabs.select('problems');
    focusProblem(index);
  }

  private copyRedacted(): void {
    const result = redacted(this.seen);
    if ('refused' in result) this.actions.say(result.refused);
    else this.actions.copy(result.text, 'The document without names');
  }

  private replace(text: string): void {
    if (text === this.text.value) return;
    this.history.push(this.text.value);
    this.put(text);
  }

  private back(): void {
    const before = this.history.pop();
    if (before === undefined) return;
    this.put(before);
    if (this.undo.disabled) this.text.focus();
  }

  private put(text: string): void {
    this.text.value = text;
    this.undo.disabled = this.history.length === 0;
    this.actions.say('');
    this.read();
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), pause);
  }

  private read(): void {
    clearTimeout(this.timer);
    this.guarded(() => {
      this.seen = seenPage(this.input());
      const { findings, identities } = this.seen.read ?? {};
      drawResult(this.seen, this.actions, ({ document, question }) => {
        this.replace(document);
        this.askTab.ask(question);
        byId('result').focus();
      });
      this.tabs.count('problems', findings?.length);
      this.tabs.count('who', identities?.filter(({ reason }) => reason === undefined).length);
      this.drawTab(this.tabs.selected);
      byId('lines').hidden = this.seen.state === 'empty' || this.seen.state === 'other';
      if (!byId('lines').hidden) this.listing.draw(this.seen);
    });
  }

  private input(): PageInput {
    const chosen = document.querySelector<HTMLInputElement>('input[name=mode]:checked')?.value;
    const mode = (['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const).find((name) => name === chosen);
    return { document: this.text.value, accessEntries: this.entries.value, mode };
  }

  private drawTab(tab: Tab): void {
    const panel = panelOf(tab);
    if (tab === 'problems') drawProblems(panel, this.seen, this.actions);
    if (tab === 'who') drawWho(panel, this.seen, this.actions);
    if (tab === 'ask') this.askTab.draw(this.seen);
    if (tab === 'edit') this.editTab.draw(this.seen);
  }

  /** A fault of the page is shown, and the text stays. */
  private guarded(work: () => void): void {
    const crash = byId('crash');
    try {
      work();
      crash.hidden = true;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      crash.hidden = false;
      fill(
        crash,
        `This page failed on your text, which is still here and untouched: ${what}. Please report it, without the text.`,
      );
    }
  }
}

function isPaste(event: Event): boolean {
  return (
    event instanceof InputEvent && event.inputType !== 'insertText' && !event.inputType.startsWith('delete')
  );
}
