/** `page`: where the page is that shows the same in a browser. It is in the package, beside the program. */
import { join } from 'node:path';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf } from '../text/line';

/** `extra`: the command takes no operand. The path is never broken into lines, so that it can be copied. */
export function page(extra: string | undefined): Outcome {
  if (extra !== undefined)
    throw new Problem(`page takes no ${JSON.stringify(extra)}.`, 'See eks-access help.');
  const path = join(__dirname, 'page.html');
  return {
    exitCode: 0,
    text: () => [lineOf(path)],
    plain: [[path]],
    json: { command: 'page', path },
    hints: [lineOf('Open it in a browser: it works without a network, and nothing leaves it.')],
  };
}
