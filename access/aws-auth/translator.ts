/** What mappings are in aws-auth, and what they give there. Pure. */
import { type Translator } from '../back-end';
import { type EffectiveAccess } from '../effective-access';
import { type IdentityMapping } from './identity-mapping';
import { toIdentityMapping } from './translate';

export const awsAuthTranslator: Translator<IdentityMapping> = {
  place: 'CONFIG_MAP',
  translate: (desired) => {
    const translation = toIdentityMapping(desired);
    if ('unsupported' in translation) return translation;
    return { target: translation.mapping, effective: effectiveOf(translation.mapping) };
  },
};

function effectiveOf(mapping: IdentityMapping): EffectiveAccess {
  const facts = { policies: [], type: undefined, accessEntryArn: '' };
  // Every identity of an account gets its own ARN as user name (GT-32).
  if (mapping.section === 'mapAccounts') return { ...facts, userName: undefined, groups: [] };
  return { ...facts, userName: mapping.username, groups: mapping.groups };
}
