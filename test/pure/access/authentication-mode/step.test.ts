import { isLater, stepTo } from '../../../../access/authentication-mode/step';
import { type AuthenticationMode } from '../../../../access/desired-access';

const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

test.each(modes.flatMap((current, at) => modes.map((wanted, to) => [current, wanted, to - at] as const)))(
  '%s to %s',
  (current, wanted, distance) => {
    expect(stepTo(current, wanted)).toBe(distance <= 0 ? 'none' : distance === 1 ? 'next' : 'too far');
    expect(isLater(wanted, current)).toBe(distance > 0);
  },
);
