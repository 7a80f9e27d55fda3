/** What is typed, pasted, chosen and taken back. */
import { type PageInput } from '../model/page-input';
import { byId } from './element';

/** Milliseconds after the last key until the text is read; pasted text is read at once. */
const PAUSE = 200;
const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;

export class Fields {
  private readonly document = byId<'textarea'>('document');
  private readonly entries = byId<'textarea'>('entries');
  private readonly undo = byId<'button'>('undo');
  private readonly history: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `onChange`: at most once for each pause of typing. */
  constructor(private readonly onChange: () => void) {
    for (const area of [this.document, this.entries])
      area.addEventListener('input', (event) => this.later(isTyped(event) ? PAUSE : 0));
    for (const radio of document.getElementsByName('mode'))
      radio.addEventListener('change', () => this.onChange());
    byId<'button'>('clear').addEventListener('click', () => {
      this.replace('');
      this.document.focus();
    });
    this.undo.addEventListener('click', () => this.back());
  }

  input(): PageInput {
    const chosen = document.querySelector<HTMLInputElement>('input[name=mode]:checked')?.value;
    const mode = MODES.find((name) => name === chosen);
    return { document: this.document.value, accessEntries: this.entries.value, mode };
  }

  /** In place of the document, which Undo brings back. */
  replace(text: string): void {
    if (text === this.document.value) return;
    this.history.push(this.document.value);
    this.put(text);
  }

  private back(): void {
    const before = this.history.pop();
    if (before === undefined) return;
    this.put(before);
    if (this.undo.disabled) this.document.focus();
  }

  private put(text: string): void {
    this.document.value = text;
    this.undo.disabled = this.history.length === 0;
    this.later(undefined);
  }

  /** Undefined: now. */
  private later(pause: number | undefined): void {
    clearTimeout(this.timer);
    if (pause === undefined) this.onChange();
    else this.timer = setTimeout(() => this.onChange(), pause);
  }
}

function isTyped(event: Event): boolean {
  return event instanceof InputEvent && /^(?:insertText|insertLineBreak|delete)/.test(event.inputType);
}
