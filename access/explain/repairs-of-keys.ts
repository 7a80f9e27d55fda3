/** Keys and dashes that are nearly right, and the changes that would cure them. Pure. */
import { type Repair } from './cause';
import { type Line } from './lines';

const KEY = /^([ \t]*(?:-[ \t]+)?["']?(?:rolearn|userarn|username|groups)["']?)/i;

/** A dash of text processors, and a key without its colon. */
export function misread({ start, text }: Line): readonly Repair[] {
  const at = start + text.search(/\S|$/);
  const end = start + text.trimEnd().length;
  if (/^[ \t]*[–—•][ \t]/.test(text)) {
    const why = 'this dash is none of YAML: write -';
    return [
      { cause: 'indicator', why, start: at, end: at + 1, splices: [{ start: at, end: at + 1, text: '-' }] },
    ];
  }
  if (KEY.exec(text)?.[0].length !== text.trimEnd().length) return [];
  const why = 'the colon after this key is missing';
  return [{ cause: 'no-space-after-colon', why, start: at, end, splices: [{ start: end, end, text: ':' }] }];
}

/** `rolearn:arn:…` and `-rolearn: …` */
export function spaceAfter({ start, text }: Line): Repair | undefined {
  const [, colon] = /^([ \t]*(?:-[ \t]+)?["']?(?:rolearn|userarn|username|groups)["']?:)\S/i.exec(text) ?? [];
  const [, dash] = /^([ \t]*-)(?!-)\S/.exec(text) ?? [];
  const found = colon ?? dash;
  if (found === undefined) return undefined;
  const at = start + found.length;
  return {
    cause: colon === undefined ? 'no-space-after-dash' : 'no-space-after-colon',
    why: `a space is missing after the ${colon === undefined ? 'dash' : 'colon'}`,
    start: at - 1,
    end: at,
    splices: [{ start: at, end: at, text: ' ' }],
  };
}

/** `rolearn:arn:…` and `username:dev` in lines one after another, of which one cure alone cures nothing. */
export function gluedKeys(text: string, offset: number): Repair | undefined {
  const pattern = /^([ \t]*(?:-[ \t]+)?["']?(?:rolearn|userarn|username|groups)["']?:)(?=[^\s])/gim;
  const found = [...text.slice(0, offset).matchAll(pattern)].slice(-4);
  const [first, second] = found;
  const last = found.at(-1);
  if (first === undefined || second === undefined || last === undefined) return undefined;
  const [start, end] = [first.index, last.index + last[0].length];
  const cure = { start, end, text: text.slice(start, end).replace(pattern, '$1 ').trimEnd() + ' ' };
  const why = 'spaces are missing after the colons of these keys';
  return { cause: 'no-space-after-colon', why, start: start + first[0].search(/\S/), end, splices: [cure] };
}
