/** How the provider gets into the cluster of a session, in words. Pure. */
import { PROVIDER_GROUP } from '../../access/contract';
import { type AuthenticationMode } from '../../access/desired-access';

export function accessOf(mode: AuthenticationMode, isMapped: boolean): string {
  if (mode !== 'CONFIG_MAP')
    return `by an access entry with group ${PROVIDER_GROUP} and samples/provider-rbac.yaml`;
  return isMapped
    ? `by its own mapping in aws-auth and samples/provider-rbac.yaml`
    : 'as the creator of the cluster: your aws-auth does not map its role, which a real cluster needs (samples/provider-rbac.yaml)';
}
