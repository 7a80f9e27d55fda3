/** `recover --fix`: the fixed aws-auth alone, byte for byte. Pure. */
import { recoveryOf } from '../../access/recovery/recover';
import { type Looked } from '../input/look';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf } from '../text/line';
import { type Asked, factsOf } from './recover';

export function recoverFix(looked: Looked, asked: Asked): Outcome {
  const { repair } = recoveryOf(factsOf(looked, asked));
  if (repair === undefined) throw new Problem('The cluster does not read aws-auth.');
  if (repair.text === undefined)
    throw new Problem(repair.why, 'eks-access recover without --fix lists the ways in.');
  return {
    exitCode: 0,
    text: () => [],
    plain: [],
    json: {},
    document: (looked.source?.mark ?? '') + repair.text,
    hints: [lineOf(repair.why)],
  };
}
