/** aws-auth with lines of its copy put back: byte for byte where nothing else has changed, else as new entries. Pure. */
import { type AwsAuthData, type IdentityMapping } from '../../aws-auth/identity-mapping';
import { insertion } from '../../aws-auth/editing/insert';
import { edited } from '../../aws-auth/editing/proven-edit';
import { readAwsAuth } from '../../aws-auth/reading/login';
import { type LoadedPrincipal } from '../../aws-auth/reading/loaded';
import { SectionReader } from '../../aws-auth/reading/section-reader';
import { winnersOf } from '../../aws-auth/reading/winners';
import { unlessRefused } from '../../errors';
import { type EffectiveIdentity } from '../effective';
import { isSameData } from './base';
import { withoutKey } from './removal';

export function putBack(
  copy: AwsAuthData,
  now: AwsAuthData,
  lost: readonly EffectiveIdentity[],
): { readonly data: AwsAuthData } | { readonly why: string } {
  if (isCopyWithout(copy, now, lost)) return { data: copy };
  const keys = new Set(lost.map(({ principal }) => principal));
  const reader = new SectionReader();
  const withLost = (): { readonly data: AwsAuthData } => {
    const { data } = winnersOf(readAwsAuth(copy))
      .filter((loaded): loaded is LoadedPrincipal => loaded.section !== 'mapAccounts' && keys.has(loaded.arn))
      .reduce(
        (parsed, loaded) => edited(parsed, loaded.section, insertion(mappingOf(loaded)), reader),
        reader.readAll(now),
      );
    return { data };
  };
  return unlessRefused(withLost, (why) => ({ why }));
}

/** Whether aws-auth is the copy without these lines, taken out in the order in which a run takes them out. */
function isCopyWithout(copy: AwsAuthData, now: AwsAuthData, lost: readonly EffectiveIdentity[]): boolean {
  let data = copy;
  for (const { key } of lost) {
    const without = withoutKey(data, key);
    if ('why' in without) return false;
    ({ data } = without);
  }
  return isSameData(data, now);
}

function mappingOf({ section, arn, username, groups }: LoadedPrincipal): IdentityMapping {
  return { section, arn, username, groups };
}
