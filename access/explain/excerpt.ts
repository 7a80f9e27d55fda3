/** One line of a document in the width that there is, with the place of what is marked in it. Pure. */
import { shown, widthOf } from './shown';

export interface Excerpt {
  readonly line: string;
  /** Characters before what is marked, and how many are marked. */
  readonly before: number;
  readonly marked: number;
}

/** `from`, `to`: columns, which count characters from 1; `to` is the first that is not marked. */
export function excerpt(text: string, from: number, to: number, room: number): Excerpt {
  const characters = [...text];
  const part = (start: number, end?: number): string => shown(characters.slice(start, end).join(''));
  const before = part(0, from - 1);
  const marked = part(from - 1, to === Infinity ? undefined : to - 1);
  const after = part(to === Infinity ? characters.length : to - 1);
  const isWhole = widthOf(before + marked + after) <= room;
  const head = isWhole ? before : fromRight(before, Math.max(Math.floor(room / 3), room - widthOf(marked)));
  const middle = inMiddle(marked, room - widthOf(head));
  const tail = fromLeft(after, room - widthOf(head + middle));
  return { line: head + middle + tail, before: widthOf(head), marked: widthOf(middle) };
}

function fromRight(text: string, room: number): string {
  const characters = [...text];
  return characters.length <= room ? text : `…${characters.slice(characters.length - room + 1).join('')}`;
}

function fromLeft(text: string, room: number): string {
  const characters = [...text];
  if (characters.length <= room) return text;
  return room < 1 ? '' : `${characters.slice(0, room - 1).join('')}…`;
}

function inMiddle(text: string, room: number): string {
  const characters = [...text];
  if (characters.length <= room) return text;
  const first = Math.ceil((room - 1) / 2);
  return `${characters.slice(0, first).join('')}…${characters.slice(characters.length - (room - 1 - first)).join('')}`;
}
