/** What the page shows while there is nothing to read: what it does, the command to copy, and examples. */
import { EXAMPLES, type Example } from '../model/examples';
import { GET_AWS_AUTH } from '../model/seen-page';
import { type Actions } from './actions';
import { button, element, fill } from './element';

export function drawWelcome(place: Element, actions: Actions, tryOut: (example: Example) => void): void {
  fill(
    place,
    element(
      'ol',
      {},
      element('li', {}, 'Paste the ConfigMap of a cluster, which this command prints.'),
      element('li', {}, 'See who can log in as whom, who cannot although an entry is there, and why.'),
      element('li', {}, 'Ask about one role or user; apply a fix, and copy the text back.'),
    ),
    command(GET_AWS_AUTH, actions),
    element('h2', {}, 'Or look at an example'),
    element(
      'ul',
      {},
      ...EXAMPLES.map((example) =>
        element(
          'li',
          {},
          button(example.title, () => tryOut(example), { class: 'link' }),
        ),
      ),
    ),
  );
}

export function command(text: string, actions: Actions): HTMLElement {
  return element(
    'div',
    { class: 'copy' },
    element('code', {}, text),
    button('Copy', () => actions.copy(text, 'The command')),
  );
}
