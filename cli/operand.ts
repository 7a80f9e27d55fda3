/** The operand of a command that takes one at most. Pure. */
import { type CommandLine } from './command-line';
import { Problem } from './problem';

/** Undefined where it was left out. */
export function onlyOperand({ verb, operands }: CommandLine): string | undefined {
  if (operands.length > 1)
    throw new Problem(`${verb} takes no ${JSON.stringify(operands[1])}.`, 'See eks-access help.');
  return operands[0];
}
