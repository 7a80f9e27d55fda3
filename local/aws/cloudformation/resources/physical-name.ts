/** Names that CloudFormation makes up: `<stack>-<logical id>-<random>`, cut so that `maximum` is kept. */
import { randomInt } from 'node:crypto';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function physicalName(stackName: string, logicalId: string, maximum = 255): string {
  const random = Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');
  const room = maximum - random.length - 2;
  const stack = stackName.slice(0, Math.max(room - logicalId.length, Math.ceil(room / 2)));
  return `${stack}-${logicalId.slice(0, room - stack.length)}-${random}`;
}

/** `count` characters of an AWS unique id, as in AROA… or AKIA…. */
export function uniqueId(prefix: string, length = 21): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return (
    prefix +
    Array.from({ length: length - prefix.length }, () => alphabet[randomInt(alphabet.length)]).join('')
  );
}
