/** The text of an entry, or of a part of one, in a given style. */
import { type EntryStyle, type Field } from './style';
import { type IdentityMapping, type PrincipalMapping } from '../identity-mapping';
import { quote } from './quote';

/** The entry after its dash, or between the commas of a flow list; without a final line break. */
export function renderEntry(mapping: IdentityMapping, style: EntryStyle): string {
  if (mapping.section === 'mapAccounts') return quote(mapping.accountId);
  const pairs = style.order.map((field) => renderPair(field, mapping, style));
  if (!style.isFlow) return pairs.join(style.newline + ' '.repeat(style.keyColumn));
  return `{${style.braces.open}${pairs.join(`,${style.braces.comma}`)}${style.braces.close}}`;
}

/** `key: value`; a list of groups may take several lines. */
export function renderPair(field: Field, mapping: PrincipalMapping, style: EntryStyle): string {
  const name = field === 'arn' ? (mapping.section === 'mapRoles' ? 'rolearn' : 'userarn') : field;
  const key = style.keyQuote + name + style.keyQuote;
  if (field !== 'groups') return key + style.colon + quote(field === 'arn' ? mapping.arn : mapping.username);
  const groups = renderGroups(mapping.groups, style);
  return groups.startsWith('-')
    ? `${key}:${style.newline}${' '.repeat(style.groupsColumn)}${groups}`
    : key + style.colon + groups;
}

/** The value of `groups`: from its first dash or bracket on. */
export function renderGroups(groups: readonly string[], style: EntryStyle): string {
  const items = groups.map(quote);
  if (items.length === 0) return '[]';
  if (style.brackets !== undefined) {
    const { open, comma, close } = style.brackets;
    return `[${open}${items.join(`,${comma}`)}${close}]`;
  }
  return items
    .map((item) => `-${style.groupsGap}${item}`)
    .join(style.newline + ' '.repeat(style.groupsColumn));
}
