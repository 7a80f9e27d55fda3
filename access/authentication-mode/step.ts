/** The one way of authentication modes, a step at a time (GT-104). Pure. */
import { type AuthenticationMode } from '../desired-access';

const WAY: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

/** `none`: the cluster is there, or further. `next`: one step. `too far`: more than EKS takes at once. */
export type Step = 'none' | 'next' | 'too far';

export function stepTo(current: AuthenticationMode, wanted: AuthenticationMode): Step {
  const distance = WAY.indexOf(wanted) - WAY.indexOf(current);
  if (distance <= 0) return 'none';
  return distance === 1 ? 'next' : 'too far';
}

export function isLater(mode: AuthenticationMode, than: AuthenticationMode): boolean {
  return WAY.indexOf(mode) > WAY.indexOf(than);
}
