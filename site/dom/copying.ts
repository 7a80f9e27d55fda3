/** Text to the clipboard; over http from another machine browsers have no clipboard but that of a selection. */
import { element } from './element';

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

function copySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = element('textarea', { class: 'skip', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  // Deprecated, and the only way without the clipboard's own API.
  const isDone = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isDone;
}
