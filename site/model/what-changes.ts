/** The difference that an edit makes at login, in one sentence. Pure. */
import { type AwsAuthData } from '../../access/aws-auth/identity-mapping';
import { type LoadedMapping } from '../../access/aws-auth/reading/loaded';
import { readAwsAuth } from '../../access/aws-auth/reading/section-reader';
import { principalKeyOf, whoOf } from '../../access/explain/who';

/** `role/dev: team-a → team-b; nobody else changes.` */
export function whatChanges(before: AwsAuthData, after: AwsAuthData): string {
  const [old, now] = [givenIn(before), givenIn(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (key) => textOf(old.get(key)) !== textOf(now.get(key)),
  );
  if (changed.length === 0) return 'Nobody’s access changes.';
  const each = changed.map((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const who = whoOf(is === undefined ? principalOf(was) : principalOf(is));
    if (was === undefined) return `${who} gets in as ${textOf(is)}`;
    if (is === undefined) return `${who} no longer gets in`;
    return `${who}: ${textOf(was)} → ${textOf(is)}`;
  });
  return `${each.join('; ')}; nobody else changes.`;
}

/** By principal what counts at login: of the first section that has it, the last entry (GT-21, GT-25). */
function givenIn(data: AwsAuthData): ReadonlyMap<string, LoadedMapping> {
  const given = new Map<string, LoadedMapping>();
  const { mapRoles, mapUsers, mapAccounts } = readAwsAuth(data);
  for (const entry of [mapRoles, mapUsers, mapAccounts].flatMap(({ entries }) => entries)) {
    const key = principalKeyOf(principalOf(entry));
    const known = given.get(key);
    if (known === undefined || known.section === entry.section) given.set(key, entry);
  }
  return given;
}

function principalOf(entry: LoadedMapping | undefined): string {
  if (entry === undefined) return '';
  return entry.section === 'mapAccounts' ? entry.accountId : entry.arn;
}

function textOf(entry: LoadedMapping | undefined): string {
  if (entry === undefined) return '';
  if (entry.section === 'mapAccounts') return 'its own ARN without groups';
  const { username, groups } = entry;
  return `${JSON.stringify(username)} with ${groups.length === 0 ? 'no groups' : groups.join(', ')}`;
}
