/** An entry with other values, written as it is written. Pure. */
import { plainStyle, styleOf } from '../../aws-auth/editing/style';
import { valueSplices } from '../../aws-auth/editing/replace-values';
import { columnOf, layoutOf } from '../../aws-auth/editing/layout';
import { isMatchable } from '../../aws-auth/reading/matchable';
import { defaultUserName, parsePrincipalArn } from '../../principal';
import { type Fix } from '../finding';
import { type LoadedEntry } from './values';

/** What is not given stays as it is written. */
export function withValues(
  { place, text, entry, loaded }: LoadedEntry,
  values: { readonly username?: string; readonly groups?: readonly string[] },
): Fix | undefined {
  const { item } = entry;
  const hasRemarks = place.parsed.reading.notices.some(({ index }) => index === entry.index);
  if (item?.kind !== 'mapping' || hasRemarks) return undefined;
  const { newline } = layoutOf(place.parsed);
  const plain = plainStyle(newline, item.isFlow, columnOf(text, item.start) - 2);
  const { section, arn } = loaded;
  const { username = loaded.username, groups = loaded.groups } = values;
  const splices = valueSplices(text, item, { section, arn, username, groups }, styleOf(text, item, plain));
  const lines = values.groups?.map((group) => `- ${group}`) ?? [`username: ${JSON.stringify(username)}`];
  return { text: lines.join('\n'), splices, givesAccess: true };
}

/** The user name that EKS would give; undefined where nobody has such an ARN. */
export function defaultNameOf(arn: string): string | undefined {
  if (!isMatchable(arn) || !/:(?:user|role)\//i.test(arn)) return undefined;
  const lower = arn.replace(/^[^/]*/, (head) => head.toLowerCase());
  return defaultUserName(parsePrincipalArn(lower, 'arn'));
}
