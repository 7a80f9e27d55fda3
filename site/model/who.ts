/** Who gets in, and who does not although an entry is there: the rows of two tables. Pure. */
import { type Identity } from '../../access/explain/identity';
import { fromOf, ownerOf, userOf, withOf } from '../../access/explain/identity-words';
import { type SeenPage } from './seen-page';

export interface WhoRow {
  readonly who: string;
  readonly user: string;
  readonly given: string;
  /** `line 9` of the document, or `access entry`. */
  readonly from: string;
  readonly line: number | undefined;
  readonly owner: string;
  /** What is to be known of it: why it is not in force, or that another entry may count instead. */
  readonly note: string;
  readonly mark: '' | '?' | '!' | '✗';
}

export interface WhoTables {
  readonly inForce: readonly WhoRow[];
  readonly others: readonly WhoRow[];
  /** Whether one of those in force has an owner. */
  readonly hasOwners: boolean;
}

/** `filter`: a part of what is in a row, letter case aside. */
export function whoTables({ read }: SeenPage, filter = ''): WhoTables {
  const wanted = filter.trim().toLowerCase();
  const rows = (read?.identities ?? []).map((identity) => ({ identity, row: rowOf(identity) }));
  const fits = ({ identity, row }: (typeof rows)[number]): boolean =>
    wanted === '' ||
    [row.who, row.user, row.given, row.owner, identity.principal].some((text) =>
      text.toLowerCase().includes(wanted),
    );
  const left = rows.filter(fits);
  return {
    inForce: left.filter(({ identity }) => identity.reason === undefined).map(({ row }) => row),
    others: left.filter(({ identity }) => identity.reason !== undefined).map(({ row }) => row),
    hasOwners: rows.some(({ identity, row }) => identity.reason === undefined && row.owner !== '-'),
  };
}

function rowOf(identity: Identity): WhoRow {
  const { from, reason, standing, who } = identity;
  return {
    who,
    user: userOf(identity),
    given: withOf(identity),
    from: from.place === 'aws-auth' ? `line ${from.span.from.line}` : fromOf(identity),
    line: from.place === 'aws-auth' ? from.span.from.line : undefined,
    owner: ownerOf(identity),
    note: reason?.clause ?? NOTES[standing] ?? '',
    mark: reason === undefined ? (standing === 'in force' ? '' : '?') : reason.isReplaced ? '!' : '✗',
  };
}

const NOTES: Readonly<Partial<Record<Identity['standing'], string>>> = {
  'at random': 'at random: another entry differs in letter case alone',
  unknown: 'unless an access entry, which was not seen, overrides it',
};
