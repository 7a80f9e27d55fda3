/** Lines of output as pieces with a style, and the only place where they become characters of a terminal. Pure. */
import { shown } from './shown';

export type Style = 'strong' | 'error' | 'warn' | 'good' | 'faint';

export interface Piece {
  readonly text: string;
  readonly style?: Style | undefined;
}

export type Line = readonly Piece[];

export interface Terminal {
  /** In characters. */
  readonly width: number;
  readonly hasColour: boolean;
  readonly isUnicode: boolean;
}

export function lineOf(text: string, style?: Style): Line {
  return text === '' ? [] : [{ text, style }];
}

/** Whatever a piece quotes, only these colours reach the terminal. */
export function rendered(lines: readonly Line[], { hasColour, isUnicode }: Terminal): string {
  const words = (text: string): string => (isUnicode ? shown(text) : inAscii(shown(text)));
  return lines
    .map((line) =>
      line
        .map(({ text, style }, index) => {
          const isLast = index === line.length - 1;
          const plain = words(isLast ? text.trimEnd() : text);
          return hasColour && style !== undefined ? `\x1b[${COLOURS[style]}m${plain}\x1b[0m` : plain;
        })
        .join(''),
    )
    .map((line) => `${line}\n`)
    .join('');
}

const COLOURS: Readonly<Record<Style, number>> = { strong: 1, error: 31, warn: 33, good: 32, faint: 2 };

const SIGNS: Readonly<Record<string, string>> = { '✗': 'x', '✓': '+', '→': '>', '…': '~' };

/** The signs of our own; one character each, so that columns stay where they are. */
function inAscii(text: string): string {
  return text.replace(/[✗✓→…]/g, (sign) => SIGNS[sign] ?? sign);
}
