/** Makes cases from a seed, tries the laws on them, and cuts what breaks one down to what it takes. */
import { SECTIONS } from '../../../access/aws-auth/identity-mapping';
import { documentOf } from './grammar';
import { Broken, checkEditing, checkShortWay, type Case, type Violation } from './laws';
import { checkPlans } from './plan-laws';
import { randomFrom, type Random } from '../../random';
import { seedTexts, type SectionText } from './seeds';

export interface Failure {
  readonly index: number;
  readonly found: Case;
  readonly shrunk: Case;
  readonly violation: Violation;
}

export interface Outcome {
  readonly cases: number;
  /** Edits that were made and hold every law; the rest was rightly refused. */
  readonly edits: number;
  /** Documents that were read the short way, too, with the same result. */
  readonly short: number;
  readonly failures: readonly Failure[];
}

const MARKS = [
  '- ',
  '&a ',
  '*a',
  '|',
  '>',
  '\t',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ': ',
  ':',
  '#',
  ' #',
  '---\n',
  '...\n',
  '!!null ',
  '!x ',
  '\r',
  '\n',
  '\u0085',
  '\u2028',
  '\ufeff',
  '<<: *a',
  '? ',
  '%',
  '\\',
  '  ',
  '@',
  '`',
  '~',
  'null',
  '\0',
  '😀',
  '\n- rolearn: x\n',
  '\n  groups:\n',
  '- [',
  'rolearn: ',
  'username: ',
  '!!binary ',
  '!<',
  '\ud800',
] as const;

/** Runs cases `from` to `from + cases - 1` of the seed; stops at `limit` failures. */
export function fuzz({
  seed,
  cases,
  from = 0,
  limit = 1,
}: {
  seed: number;
  cases: number;
  from?: number;
  limit?: number;
}): Outcome {
  const failures: Failure[] = [];
  let edits = 0;
  let short = 0;
  let done = 0;
  // Most documents are refused by an error, and its stack takes longer than the reading.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  for (let index = from; index < from + cases && failures.length < limit; index += 1) {
    const found = caseAt(seed, index);
    const result = check(found);
    if ('edits' in result) {
      edits += result.edits;
      if (result.isShort) short += 1;
    } else {
      const text = shrink(found.text, (shorter) => breaks({ ...found, text: shorter }, result.law));
      failures.push({ index, found, shrunk: { ...found, text }, violation: result });
    }
    done += 1;
  }
  Error.stackTraceLimit = stackTraceLimit;
  return { cases: done, edits, short, failures };
}

/** Edits made, or the law that is broken. */
export function check(one: Case): { readonly edits: number; readonly isShort: boolean } | Violation {
  try {
    const isShort = checkShortWay(one.text);
    return { edits: checkEditing(one) + checkPlans(one), isShort };
  } catch (error) {
    if (error instanceof Broken) return { law: error.law, detail: error.detail };
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { law: `never throws anything else (${name})`, detail: message };
  }
}

/** Case `index` of the seed: the same each time. */
export function caseAt(seed: number, index: number): Case {
  seeds ??= seedTexts();
  return caseOf(seeds, randomOf(seed, index));
}

let seeds: readonly SectionText[] | undefined;

/** The choices of case `index` under `seed`. */
function randomOf(seed: number, index: number): Random {
  return randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
}

function caseOf(seeds: readonly SectionText[], random: Random): Case {
  const section = random.chance(0.75) ? 'mapRoles' : random.pick(SECTIONS);
  const base: SectionText = random.chance(0.6)
    ? { section, text: documentOf(random, section) }
    : random.pick(seeds);
  let { text } = base;
  if (random.chance(0.12)) text += documentOf(random, base.section);
  if (random.chance(0.1)) text = text.replace(/\r?\n/g, random.pick(['\r\n', '\r', '\n\n']));
  const damages = random.chance(0.45) ? 0 : 1 + random.below(3);
  for (let count = 0; count < damages; count += 1) text = damaged(text, random, seeds);
  return { section: base.section, text, which: random.below(60) };
}

function damaged(text: string, random: Random, seeds: readonly SectionText[]): string {
  const at = random.below(text.length + 1);
  switch (random.below(5)) {
    case 0: // a stretch goes
      return text.slice(0, at) + text.slice(at + 1 + random.below(6));
    case 1: {
      // a line again, somewhere else
      const lines = text.split('\n');
      lines.splice(random.below(lines.length + 1), 0, random.pick(lines));
      return lines.join('\n');
    }
    case 2: {
      // a line of another text
      const lines = text.split('\n');
      lines.splice(
        random.below(lines.length + 1),
        random.below(2),
        random.pick(random.pick(seeds).text.split('\n')),
      );
      return lines.join('\n');
    }
    default:
      return text.slice(0, at) + random.pick(MARKS) + text.slice(at + random.below(4));
  }
}

/** Takes out stretches, long ones first, down to single characters, while it stays broken. */
export function shrink(text: string, isBroken: (shorter: string) => boolean): string {
  let left = text;
  for (let size = text.length; size >= 1; size = size > 1 ? Math.floor(size / 2) : 0) {
    for (let at = 0; at < left.length;) {
      const shorter = left.slice(0, at) + left.slice(at + size);
      if (isBroken(shorter)) left = shorter;
      else at += size;
    }
  }
  return left;
}

function breaks(one: Case, law: string): boolean {
  const result = check(one);
  return 'law' in result && result.law === law;
}
