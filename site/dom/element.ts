/** Elements with text in them. Text is always text: nothing that a document says becomes markup. */
import { shown } from '../../access/explain/shown';

type Child = Node | string | undefined;

/** `attributes`: those that are undefined are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  fill(made, ...children);
  return made;
}

/** In place of what was there. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(
    ...children.flatMap((child) =>
      child === undefined ? [] : [typeof child === 'string' ? shownText(child) : child],
    ),
  );
}

/** What acts on a reader, or hides, is written out; line breaks stay. */
function shownText(text: string): string {
  return text.split('\n').map(shown).join('\n');
}

export function button(text: string, act: () => void, attributes: Readonly<Record<string, string>> = {}) {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', act);
  return made;
}

/** Of the page itself, which has it. */
export function byId<K extends keyof HTMLElementTagNameMap = 'div'>(id: string): HTMLElementTagNameMap[K] {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as HTMLElementTagNameMap[K];
}

/** The first few of many at once, the rest when it is asked for. */
export function several<T>(
  items: readonly T[],
  most: number,
  draw: (items: readonly T[]) => HTMLElement,
): readonly Element[] {
  if (items.length <= most) return items.length === 0 ? [] : [draw(items)];
  const list = draw(items.slice(0, most));
  const more = button(
    `Show all ${items.length}`,
    () => {
      const whole = draw(items);
      list.replaceWith(whole);
      more.remove();
      whole.setAttribute('tabindex', '-1');
      whole.focus();
    },
    { class: 'more' },
  );
  return [list, more];
}
