/** Whole accounts, and their ids as numbers (GT-32 to GT-34). */
import { quote } from '../../aws-auth/editing/quote';
import { type Fix, type Stretch } from '../finding';
import { type View } from '../view';
import { type Draft } from './draft';
import { type WrittenEntry } from '../written';

export function* accountRules(view: View): Generator<Draft> {
  if (view.cluster.mode === 'API') return;
  for (const { section, entries, parsed } of view.written.sections) {
    if (section !== 'mapAccounts') continue;
    for (const entry of entries) {
      const reason = view.standing.get(entry)?.reason;
      // After one that cannot be read the authenticator has empty texts, whatever is written.
      const isReached = parsed.reading.error === undefined || entry.principal !== '';
      if (entry.loaded === undefined || !isReached) continue;
      if (reason?.rule === 'principal-never-matches') yield neverMatching(entry);
      else if (reason === undefined) yield open(entry);
      if (isNumber(entry)) yield unquoted(entry);
    }
  }
}

function open(entry: WrittenEntry): Draft {
  return {
    rule: 'account-open',
    entry,
    sentence: `Every user and role of ${entry.principal} can log in, without groups.`,
    effect: 'They get what RBAC gives to system:authenticated, and each a user name of its own.',
  };
}

function isNumber({ item, principal }: WrittenEntry): boolean {
  return item?.kind === 'scalar' && item.style === 'plain' && item.implicit && /^\d{12}$/.test(principal);
}

function unquoted(entry: WrittenEntry): Draft {
  return {
    rule: 'account-unquoted',
    entry,
    at: stretch(entry),
    sentence: `Other tools read this as a number. Write "${entry.principal}".`,
    effect: 'A tool that rewrites aws-auth may drop a leading zero, or write it in another form.',
    fix: written(entry, entry.principal, false),
  };
}

function neverMatching(entry: WrittenEntry): Draft {
  const { principal } = entry;
  const digits = principal.replaceAll(/[\s_-]/g, '');
  const isAccount = /^\d{12}$/.test(digits);
  const tooShort = /^\d{9,11}$/.test(digits) ? ' A zero at its start may be missing.' : '';
  return {
    rule: 'principal-never-matches',
    entry,
    at: stretch(entry),
    sentence: `${JSON.stringify(principal)} is not an account id: those have 12 digits.${tooShort}`,
    effect: 'Nobody can log in by it.',
    fix: isAccount ? written(entry, digits, true) : undefined,
  };
}

function stretch({ section, start, end }: WrittenEntry): Stretch {
  return { section, start, end };
}

function written({ item, start, end }: WrittenEntry, id: string, givesAccess: boolean): Fix | undefined {
  if (item?.kind !== 'scalar' || item.anchor !== undefined || start === end) return undefined;
  const text = quote(id);
  return { text, splices: [{ start, end, text }], givesAccess };
}
