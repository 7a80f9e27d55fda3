/**
 * The templates that user names and groups may hold, which the authenticator fills in at login: exact text, and
 * whatever is not exact stays as it is (GT-37). Pure.
 */
import { closest } from './closest';

const NAMES = ['EC2PrivateDNSName', 'AccountID', 'SessionName', 'SessionNameRaw', 'AccessKeyID'] as const;
const TEMPLATES = NAMES.map((name) => `{{${name}}}`);

const exact = new RegExp(`\\{\\{(?:${NAMES.join('|')})\\}\\}`, 'g');
/** Any number of braces on either side, or on one side only, with what is between them or up to the end. */
const braced = /\$*\{+([^{}]*)\}*|([^{}\s:/]*)\}+/g;

/** Text that looks like a template and is none; `meant`: the name that was probably meant. */
export interface TemplateFault {
  readonly found: string;
  readonly meant: string | undefined;
}

/**
 * What in `text` looks like a template and is none, with what to write instead, as a clause; undefined where there is
 * nothing. A single brace counts where a known name is next to it: other text with a brace is a name like any other.
 */
export function templateFault(text: string): string | undefined {
  const fault = findTemplateFault(text);
  if (fault === undefined) return undefined;
  const { found, meant } = fault;
  return meant === undefined
    ? `${show(found)} is not a template that is filled in at login: use one of ${TEMPLATES.join(', ')}, or write the value out`
    : `${show(found)} is not filled in at login, which takes exact text: did you mean {{${meant}}}?`;
}

/** The first fault of the text, as it is written there. */
export function findTemplateFault(text: string): TemplateFault | undefined {
  // A brace more on a template's outside is literal text beside what is filled in, and never meant.
  const wrapped = /\{\{\{+[^{}]*\}\}+|\{\{[^{}]*\}\}\}+/.exec(text)?.[0];
  const rest = wrapped === undefined ? text.replaceAll(exact, '\0') : wrapped;
  for (const match of rest.matchAll(braced)) {
    const inside = (match[1] ?? match[2] ?? '').trim();
    const found = match[0].replaceAll('\0', '');
    const meant = closest(inside.replaceAll(/[\s_.-]/g, ''), NAMES);
    if (meant !== undefined || /\{\{|\}\}/.test(found)) return { found, meant };
  }
  return undefined;
}

function show(found: string): string {
  return JSON.stringify(found);
}
