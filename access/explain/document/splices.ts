/** Ways to write a section's new text where the old one is, the one that changes least first. Each is tried, none trusted. */
import { type Holder, type LocatedSection } from './located-section';
import { blockInPlace, blockAnew } from './splice-block';
import { type ScalarNode } from '../../go-yaml/node';
import { type Splice } from './splice';
import { doubleQuoted, escaped } from './escape';
import { lineBreakOf } from './line-breaks';

export function* splicesFor(text: string, section: LocatedSection, newText: string): Generator<Splice> {
  const { holder } = section;
  if (holder === undefined) {
    yield* charactersOf(section, newText, asIs);
    return;
  }
  const { node, part, parentIndent } = holder;
  const isLiteral = node.style === 'block' && part.text.charAt(node.content) === '|';
  if (isLiteral) yield* blockInPlace(holder, newText);
  yield* charactersOf(section, newText, ENCODE[node.style]);
  if (node.style === 'block' && !isLiteral) yield* blockInPlace(holder, newText);
  if (parentIndent !== undefined && (node.style === 'plain' || node.style === 'block'))
    yield* blockAnew(holder, newText);
  yield whole(holder, newText, lineBreakOf(text));
}

const asIs = (middle: string): string => middle;
const ENCODE: Readonly<Record<ScalarNode['style'], (middle: string) => string>> = {
  plain: asIs,
  block: asIs,
  single: (middle) => middle.replaceAll("'", "''"),
  double: escaped,
};

/** What both texts begin and end with stays; what is between is `encode`d. */
function* charactersOf(
  { pieces, text }: LocatedSection,
  newText: string,
  encode: (middle: string) => string,
): Generator<Splice> {
  const shortest = Math.min(text.length, newText.length);
  let same = 0;
  while (same < shortest && text[same] === newText[same]) same += 1;
  let sameEnd = 0;
  while (sameEnd < shortest - same && text.at(-1 - sameEnd) === newText.at(-1 - sameEnd)) sameEnd += 1;
  const from = pieces.startOf(same);
  const to = Math.max(from, text.length - sameEnd > same ? pieces.endOf(text.length - sameEnd) : from);
  yield { from, to, text: encode(newText.slice(same, newText.length - sameEnd)) };
}

/** In double quotes, which can hold any text. */
function whole({ node, part }: Holder, newText: string, lineBreak: string): Splice {
  const written = part.text.slice(node.content, node.end);
  const before = node.content === node.end ? ' ' : '';
  const after = /[\r\n]$/.test(written) ? lineBreak : '';
  return {
    from: part.base + node.content,
    to: part.base + node.end,
    text: before + doubleQuoted(newText) + after,
  };
}
