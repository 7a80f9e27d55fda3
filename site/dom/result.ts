/** The head of the result: one sentence, what has to be known beside it, and what to do where nothing could be read. */
import { type Example } from '../model/examples';
import { type SeenPage } from '../model/seen-page';
import { type Actions } from './actions';
import { byId, element, fill } from './element';
import { lineLink } from './line-link';
import { command, drawWelcome } from './welcome';

export function drawResult(page: SeenPage, actions: Actions, tryOut: (example: Example) => void): void {
  const { state, headline, count, remarks, line, entriesProblem, input } = page;
  const isBlank = state === 'empty' && input.document.trim() === '';
  say(byId<'p'>('headline'), isBlank ? 'Why is this role refused?' : headline, count);
  fill(
    byId('remarks'),
    ...(state === 'broken' && line !== undefined
      ? [element('p', { class: 'error' }, 'The text stops being YAML at ', lineLink(line, actions), '.')]
      : []),
    ...remarks.map((remark) =>
      element('p', { class: remark.startsWith('Nothing in') ? 'error' : undefined }, remark),
    ),
    ...(state === 'other' && page.command !== undefined ? [command(page.command, actions)] : []),
  );
  if (isBlank && page.read === undefined) drawWelcome(byId('welcome'), actions, tryOut);
  else fill(byId('welcome'));
  byId('tabs').hidden = page.read === undefined;
  fill(byId('entries-problem'), ...entriesProblem.map((text) => element('p', {}, text)));
}

/** Not touched where it says so already, so that it is not read aloud again. */
function say(place: Element, headline: string, count: string): void {
  const text = headline + count;
  if (place.getAttribute('data-said') === text) return;
  place.setAttribute('data-said', text);
  fill(place, headline, count === '' ? undefined : element('span', { class: 'count' }, count));
}
