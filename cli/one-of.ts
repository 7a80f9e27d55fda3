/** A word that has to be one of a few. Pure. */
import { closest } from '../access/closest';
import { Problem } from './problem';

/** `what`: the option that it is the value of, or `command`. Throws Problem with what was probably meant. */
export function oneOf<T extends string>(text: string, names: readonly T[], what: string): T {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  const meant = closest(text, names);
  throw new Problem(
    what === 'command'
      ? `There is no command ${JSON.stringify(text)}.`
      : `${what} cannot be ${JSON.stringify(text)}.`,
    meant === undefined ? `It is one of ${names.join(', ')}.` : `Did you mean ${meant}?`,
  );
}
