/**
 * Whom a person sees in a text that the authenticator does not read: they are the people who are locked out by it. A
 * guess by lines, never more than names. Pure.
 */
import { type Section } from '../aws-auth/identity-mapping';

export interface Guess {
  readonly principal: string;
  /** Of the key, up to the end of the ARN. */
  readonly start: number;
  readonly end: number;
}

/** The key in any case, in quotes or not; its value in quotes, or up to what ends a word. */
const PRINCIPAL =
  /(?<!\w-?)["']?(?:rolearn|userarn)["']?[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',{}#[\]]+))/gi;
const ACCOUNT = /(?<![\w-])\d{12}(?![\w-])/g;
const COMMENT = /^[ \t-]*#/;

/** In the order of the text, from offset `from` on; what is commented out is not there. */
export function guessEntries(section: Section, text: string, from = 0): readonly Guess[] {
  const pattern = section === 'mapAccounts' ? ACCOUNT : PRINCIPAL;
  const guesses: Guess[] = [];
  for (const match of text.slice(from).matchAll(pattern)) {
    const start = from + match.index;
    const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
    if (COMMENT.test(text.slice(lineStart, start + 1)) || /\s#/.test(text.slice(lineStart, start))) continue;
    const principal = match[1] ?? match[2] ?? match[3] ?? match[0];
    guesses.push({ principal, start, end: start + match[0].length });
  }
  return guesses;
}
