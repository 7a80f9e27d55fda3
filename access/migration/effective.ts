/**
 * Whom aws-auth names and who gets in, as whom, by aws-auth and the access entries together: what a move must not
 * change. From the authenticator's reading alone, so that the function can ask it as well. Pure.
 */
import { isNodeMapping } from '../aws-auth/reading/entries';
import { type AwsAuthReading, type LoadedMapping } from '../aws-auth/reading/loaded';
import { winnersOf } from '../aws-auth/reading/winners';
import { type EffectiveAccess } from '../effective-access';
import { identityOf } from '../login-identity';
import { principalKeyOf } from '../principal-key';

export type Gives = Pick<EffectiveAccess, 'userName' | 'groups' | 'policies' | 'type'>;

/** An access entry that works. */
export interface EntryInForce extends Gives {
  readonly principalArn: string;
}

export interface EffectiveIdentity {
  /** ARN or account id as aws-auth has it. */
  readonly principal: string;
  /** Equal for every spelling of the principal. */
  readonly key: string;
  /** Which of the two decides: an access entry overrides (GT-50). */
  readonly place: 'aws-auth' | 'access entry';
  /** Equal texts are equal at login; of a whole account, which no access entry can say, its id. */
  readonly identity: string;
  readonly isNode: boolean;
}

/**
 * One for each entry of aws-auth that decides, or would without its principal's access entry; two for users that differ
 * in letter case alone, of whom the authenticator takes either (GT-22). All of place `aws-auth` lose their access when
 * aws-auth is no longer read.
 */
export function effectiveIdentities(
  reading: AwsAuthReading,
  entries: readonly EntryInForce[],
): readonly EffectiveIdentity[] {
  const overriding = new Map(entries.map((entry) => [principalKeyOf(entry.principalArn), entry]));
  return winnersOf(reading).map((loaded) => {
    const principal = loaded.section === 'mapAccounts' ? loaded.accountId : loaded.arn;
    const key = principalKeyOf(principal);
    // An account's id is no ARN, so that no access entry has its key (GT-36).
    const entry = overriding.get(key);
    return {
      principal,
      key,
      place: entry === undefined ? 'aws-auth' : 'access entry',
      identity: loaded.section === 'mapAccounts' ? loaded.accountId : identityOf(entry ?? givesOf(loaded)),
      isNode: isNodeMapping(loaded),
    };
  });
}

export function givesOf(loaded: LoadedMapping): Gives {
  const [userName, groups] =
    loaded.section === 'mapAccounts' ? [undefined, []] : [loaded.username, loaded.groups];
  return { userName, groups, policies: [], type: undefined };
}
