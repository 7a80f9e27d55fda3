/** `line 14`, which leads to that line of the listing. */
import { type Actions } from './actions';
import { element } from './element';

export function lineLink(line: number, { goTo }: Actions, text = `line ${line}`): HTMLElement {
  const link = element('a', { href: `#line-${line}`, class: 'link' }, text);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    goTo(line);
  });
  return link;
}
