/** What to write where a list is meant and something else is given. Pure. */
import { splitAtCommas } from './names-that-never-work';

/** How the list `where` is written that `value` was meant to be; `show` writes values out. */
export function listAdvice(where: string, value: unknown, show: (value: unknown) => string): string {
  if (typeof value !== 'string') return `write ${where}: [${show(value)}]`;
  const items = itemsOf(value);
  const list = `write ${where}: ${show(items)}`;
  if (value.includes(',') && !value.trim().startsWith('[')) {
    return `${list}, or !Split [",", …] where a parameter holds it, or give the parameter Type CommaDelimitedList`;
  }
  return list;
}

/** Text in JSON, text with commas, or one item. */
function itemsOf(text: string): readonly unknown[] {
  const inside = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1];
  return splitAtCommas(inside ?? text).map((item) => item.replace(/^(["'])(.*)\1$/s, '$2'));
}
