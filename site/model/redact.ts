/**
 * A document without the names, account ids and sessions that are in it. Every word that is not the format's own becomes
 * another of the same length and letter case, the same one wherever it is, so that lines, columns and findings stay.
 * Pure.
 */
import { closest } from '../../access/closest';
import { FORMAT_WORDS, KEYS, TEMPLATE_NAMES } from './redact-words';
import { type PageInput } from './page-input';
import { type SeenPage, seenPage } from './seen-page';

/** Whole texts of one person's input; `refused` where the findings would not stay what they are. */
export type Redacted = { readonly text: string } | { readonly refused: string };

export function redacted(page: SeenPage): Redacted {
  const names = new Names();
  const { document, accessEntries, mode } = page.input;
  const input: PageInput = {
    document: redactText(document, names),
    accessEntries: redactText(accessEntries, names),
    mode,
  };
  const text = input.document;
  if (placesOf(seenPage(input)) === placesOf(page)) return { text };
  const refused =
    'The redacted document would not have the same problems on the same lines: nothing was copied. Replace names by hand.';
  return { refused };
}

/** What has to stay: rules with their lines and columns, and how many get in. */
function placesOf({ read, state, line, headline }: SeenPage): string {
  const findings = read?.findings.map(({ rule, level, span }) => [rule, level, span?.from, span?.to]);
  const standings = read?.identities.map(({ standing, reason }) => [standing, reason?.rule]);
  return JSON.stringify([state, line, state === 'read' ? headline : '', findings, standings]);
}

// In this order: what stays as it is, then numbers, then words.
const ESCAPE = String.raw`\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|U[0-9a-f]{8}|.)`;
const KEPT = [
  ESCAPE,
  String.raw`eks-access-ignore:[ \t]*[\w-]+`,
  String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z?`,
  String.raw`manager["']?:[ \t]*["']?[\w./-]+`,
  String.raw`\b0[xob][0-9a-f_]+\b`,
  'AWSServiceRoleFor|AWSReservedSSO(?=_)',
].join('|');
const TOKEN = new RegExp(
  `(?<kept>${KEPT})|(?<=_)(?<suffix>[0-9a-f]{16})(?![0-9a-z])|(?<digits>\\d{5,})|(?<word>[a-z]{2,})|(?<other>\\p{L})`,
  'giu',
);

function redactText(text: string, names: Names): string {
  return text.replace(TOKEN, (found, ...rest) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const offset = rest.at(-3) as number;
    const { suffix, digits, word, other } = groups;
    if (suffix !== undefined) return names.suffix(suffix);
    if (digits !== undefined) return names.number(digits);
    if (word !== undefined) return isOfTheFormat(word, text, offset) ? word : names.word(word);
    if (other !== undefined && found > '\x7f') return found === found.toLowerCase() ? 'ä' : 'Ä';
    return found;
  });
}

function isOfTheFormat(word: string, text: string, offset: number): boolean {
  if (FORMAT_WORDS.has(word.toLowerCase())) return true;
  const after = text.slice(offset + word.length, offset + word.length + 4);
  if (/^["']?[ \t]*[:=](?:\s|\\|$)/.test(after)) return closest(word, KEYS) !== undefined;
  return (
    /\{[ .$]{0,2}$/.test(text.slice(Math.max(0, offset - 3), offset)) &&
    closest(word, TEMPLATE_NAMES) !== undefined
  );
}

/** No word of it is one that YAML takes for something else: y, n, e and o are left out. */
const LETTERS = 'abcdfghijklmpqrstuvwxz';
const [CONSONANTS, VOWELS] = ['bcdfghjklmpqrstvwxz', 'aiu'];

/** What each name became, the same for every spelling of it. */
class Names {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  word(text: string): string {
    const name = this.once(text.toLowerCase(), `word ${text.length}`, (index) => wordAt(index, text.length));
    return [...name]
      .map((letter, at) => (/[A-Z]/.test(text.charAt(at)) ? letter.toUpperCase() : letter))
      .join('');
  }

  /** YAML reads a number that begins with 0 by its digits: those with an 8 or a 9 keep one. */
  number(text: string): string {
    const zero = text.startsWith('0') ? '0' : '';
    const [first, base] = /[89]/.test(text) ? ['9', 10] : ['1', 8];
    const length = text.length - zero.length - 1;
    return this.once(text, `number ${zero}${first}${length}`, (index) => {
      const digits = (index + 1).toString(base).padStart(length, '0');
      return digits.length > length ? undefined : zero + first + digits;
    });
  }

  /** Of a role of IAM Identity Center: hexadecimal. */
  suffix(text: string): string {
    const name = this.once(text.toLowerCase(), 'suffix', (index) => index.toString(16).padStart(16, '0'));
    return text === text.toLowerCase() ? name : name.toUpperCase();
  }

  private once(text: string, kind: string, make: (index: number) => string | undefined): string {
    const key = `${kind}/${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    let index = this.counts.get(kind) ?? 0;
    let made = make(index);
    while (made !== undefined && FORMAT_WORDS.has(made)) made = make((index += 1));
    this.counts.set(kind, index + 1);
    // There are no more of so few letters: it stays.
    const name = made ?? text;
    this.known.set(key, name);
    return name;
  }
}

/** Of short words every letter counts; longer ones can be read aloud. Undefined where there are no more. */
function wordAt(index: number, length: number): string | undefined {
  let [rest, word] = [index, ''];
  for (let at = 0; at < length; at += 1) {
    const letters = length < 4 ? LETTERS : at % 2 === 0 ? CONSONANTS : VOWELS;
    word += letters.charAt(rest % letters.length);
    rest = Math.floor(rest / letters.length);
  }
  return rest > 0 ? undefined : word;
}
