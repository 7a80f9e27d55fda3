/** The page as a whole: what is typed, pasted or dropped goes in, what the model makes of it is drawn. */
import { reportOf } from '../model/report';
import { redacted } from '../model/redact';
import { type SeenPage, seenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { AskTab } from './ask';
import { copyText } from './copying';
import { EditTab } from './edit';
import { byId, element, fill } from './element';
import { Fields } from './fields';
import { onFiles } from './files';
import { Listing } from './listing';
import { MoveTab } from './move';
import { drawProblems, focusProblem } from './problems';
import { drawResult } from './result';
import { panelOf, type Tab, Tabs } from './tabs';
import { drawWho } from './who';

export class Page {
  private readonly fields = new Fields(() => this.read());
  private readonly listing = new Listing(byId('listing'), (index) => this.actions.showProblem(index));
  private readonly actions: Actions = {
    replace: (text, said) => {
      this.fields.replace(text);
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
  private readonly moveTab = new MoveTab(panelOf('move'), this.actions);
  private readonly editTab = new EditTab(panelOf('edit'), this.actions);
  private readonly tabs = new Tabs((tab) => this.guarded(() => this.drawTab(tab)));
  private seen: SeenPage = seenPage({ document: '', accessEntries: '', mode: undefined });

  constructor() {
    byId<'button'>('copy-report').addEventListener('click', () =>
      this.guarded(() => this.actions.copy(reportOf(this.seen), 'The report')),
    );
    byId<'button'>('copy-redacted').addEventListener('click', () => this.guarded(() => this.copyRedacted()));
    onFiles(
      (text, note) => {
        this.fields.replace(text);
        this.actions.say(note ?? '');
      },
      (why) => fill(byId('remarks'), element('p', { class: 'error' }, why)),
    );
    addEventListener('error', ({ error }) => this.fail(error));
    addEventListener('unhandledrejection', ({ reason }) => this.fail(reason));
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

  private read(): void {
    this.guarded(() => {
      this.actions.say('');
      this.seen = seenPage(this.fields.input());
      const { findings, identities } = this.seen.read ?? {};
      drawResult(this.seen, this.actions, ({ document, question }) => {
        this.fields.replace(document);
        this.askTab.ask(question);
        byId('result').focus();
      });
      this.tabs.count('problems', this.seen.state === 'broken' ? undefined : findings?.length);
      this.tabs.count('who', identities?.filter(({ reason }) => reason === undefined).length);
      this.drawTab(this.tabs.selected);
      byId('lines').hidden = this.seen.state === 'empty' || this.seen.state === 'other';
      if (!byId('lines').hidden) this.listing.draw(this.seen);
    });
  }

  private drawTab(tab: Tab): void {
    const panel = panelOf(tab);
    if (tab === 'problems') drawProblems(panel, this.seen, this.actions);
    if (tab === 'who') drawWho(panel, this.seen, this.actions);
    if (tab === 'ask') this.askTab.draw(this.seen);
    if (tab === 'move') this.moveTab.draw(this.seen);
    if (tab === 'edit') this.editTab.draw(this.seen);
  }

  private guarded(work: () => void): void {
    try {
      work();
      byId('crash').hidden = true;
    } catch (error) {
      this.fail(error);
    }
  }

  /** A fault of the page is shown, and the text stays. */
  private fail(error: unknown): void {
    const what = error instanceof Error ? error.message : String(error);
    const crash = byId('crash');
    crash.hidden = false;
    fill(
      crash,
      `This page failed on your text, which is still here and untouched: ${what}. Please report it, without the text.`,
    );
  }
}
