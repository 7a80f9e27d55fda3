/** From YAML values to entries: `encoding/json` decoding into the authenticator's structs, then its own checks. */
import { PARTITIONS } from '../../principal';
import { type GoField, type GoObject, type GoValue } from '../../go-yaml/decode';
import { decodeText, GoStrings, nameOf, type Report } from './go-strings';

/** Matches the role that IAM Identity Center makes for a permission set; read, but off by default (GT-27). */
export interface SsoMatcher {
  readonly permissionSetName: string;
  readonly accountID: string;
  readonly partition: string;
}

export type EntryField = 'entry' | 'rolearn' | 'userarn' | 'username' | 'groups' | 'userid' | 'sso';

/** A value of the wrong type: the field stays as it was, which is empty as a rule (GT-13). */
export interface TypeProblem {
  readonly field: EntryField;
  readonly problem: string;
}

export interface DecodedEntry {
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly sso?: SsoMatcher;
  readonly problems: readonly TypeProblem[];
}

/** One item of mapRoles or mapUsers. */
export function decodeEntry(arnField: 'rolearn' | 'userarn', value: GoValue): DecodedEntry {
  const problems: TypeProblem[] = [];
  const report =
    (field: EntryField): Report =>
    (problem) =>
      problems.push({ field, problem });
  const strings = { arn: '', username: '', userid: '' };
  const groups = new GoStrings();
  let sso: SsoMatcher | undefined;
  if (value.type === 'object') {
    const fields = ['username', 'groups', 'userid', arnField] as const;
    for (const [field, found] of knownFields(value, arnField === 'rolearn' ? [...fields, 'sso'] : fields)) {
      if (field === 'groups') groups.decode(found.value, report('groups'));
      else if (field === 'sso') sso = decodeSso(sso, found.value, report('sso'));
      else {
        const name = field === 'username' || field === 'userid' ? field : 'arn';
        strings[name] = decodeText(strings[name], found.value, report(field));
      }
    }
  } else if (value.type !== 'null') {
    report('entry')(`is ${nameOf(value)}, not a map of keys`);
  }
  const { arn, username } = strings;
  return { arn, username, groups: groups.values(), problems, ...(sso === undefined ? {} : { sso }) };
}

/** GT-27. */
export function isValidSso({ accountID, permissionSetName, partition }: SsoMatcher): boolean {
  if (!/^[0-9]{12}$/.test(accountID) || !/^[\w+=,.@-]{1,32}$/.test(permissionSetName)) return false;
  return partition === '' || (PARTITIONS as readonly string[]).includes(partition);
}

/**
 * Letters as encoding/json compares field names (GT-11): besides the two cases, the long s and the Kelvin sign are
 * an s and a k.
 */
export function foldCase(text: string): string {
  return text.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}

/** Fields in the order in which JSON presents them: bytewise, so that the lower-case spelling comes last (GT-11). */
function knownFields<F extends string>(
  value: GoObject,
  known: readonly F[],
): readonly (readonly [F, GoField, string])[] {
  const found: [F, GoField, string][] = [];
  let hasVariants = false;
  for (const from of value.fields) {
    if (from.key.type !== 'string') continue;
    const name = from.key.value;
    let field = known.find((candidate) => candidate === name);
    if (field === undefined) {
      const folded = foldCase(name);
      field = known.find((candidate) => candidate.toLowerCase() === folded);
      hasVariants ||= field !== undefined;
    }
    if (field !== undefined) found.push([field, from, name]);
  }
  // With one spelling each there is nothing to put in order.
  return hasVariants ? found.sort(([, , a], [, , b]) => (a < b ? -1 : 1)) : found;
}

/** Any value but null makes a matcher, an unusable one if it is not a map. */
function decodeSso(current: SsoMatcher | undefined, value: GoValue, report: Report): SsoMatcher | undefined {
  if (value.type === 'null') return undefined;
  const sso = { permissionSetName: '', accountID: '', partition: '', ...current };
  if (value.type !== 'object') {
    report(`is ${nameOf(value)}, not a map`);
    return sso;
  }
  for (const [field, found] of knownFields(value, ['permissionSetName', 'accountID', 'partition'])) {
    sso[field] = decodeText(sso[field], found.value, report);
  }
  return sso;
}
