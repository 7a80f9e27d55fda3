/** The page by keyboard alone: Tab until something has the focus, which can be seen. */
import { type Page } from 'playwright-core';

interface Focused {
  readonly name: string;
  readonly tag: string;
  readonly isSeen: boolean;
  /** What is there instead, for the message. */
  readonly over: string;
}

// The focused element: what it is called, and whether it is in the viewport with nothing over it (WCAG 2.4.11).
const FOCUSED = `(() => {
  const focused = document.activeElement;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const x = Math.min(Math.max(left + Math.min(width / 2, 20), 1), innerWidth - 1);
  const y = Math.min(Math.max(top + Math.min(height / 2, 12), 1), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  const isInside = top < innerHeight && top + height > 0 && left < innerWidth && left + width > 0;
  const name = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent;
  return {
    name: name.trim().replace(/\\s+/g, ' '),
    tag: focused.tagName,
    over: (over?.tagName ?? 'nothing') + ' at ' + Math.round(x) + ',' + Math.round(y),
    isSeen: isInside && (focused.contains(over) || over?.contains(focused) === true),
  };
})()`;

export async function focused(page: Page): Promise<Focused> {
  return page.evaluate(FOCUSED);
}

/** Presses Tab until what has the focus is called so. Each step on the way has to be seen. */
export async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  for (let left = 80; left > 0; left -= 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (now.tag !== 'BODY') expect(now).toEqual({ ...now, isSeen: true });
    if (name.test(now.name)) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}`);
}
