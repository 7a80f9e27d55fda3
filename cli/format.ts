/** In which form a command prints what it found. Pure. */
import { oneOf } from './one-of';
import { Problem } from './problem';

const FORMATS = ['text', 'plain', 'json', 'github', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

interface Values {
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
  readonly plain?: boolean | undefined;
}

/** Throws Problem where several are asked for. */
export function formatOf({ format, json, plain }: Values): Format {
  const asked = new Set<Format>([
    ...(format === undefined ? [] : [oneOf(format, FORMATS, '--format')]),
    ...(json === true ? (['json'] as const) : []),
    ...(plain === true ? (['plain'] as const) : []),
  ]);
  const [first = 'text', ...others] = asked;
  if (others.length > 0) throw new Problem(`One format at a time: not ${[first, ...others].join(' and ')}.`);
  return first;
}
