/** Runs seeded schedules one after another; each seed chooses its mode too. */
import { type AuthenticationMode } from '../../../access/desired-access';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { demonstrationAwsAuth, startSession } from '../../../local/demo/session';
import { randomFrom } from '../../random';
import { runSchedule } from './schedule';

const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

/** Throws on the first schedule that breaks an invariant, naming its seed. */
export async function soak(seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    const random = randomFrom(seed);
    const mode = random.pick(modes);
    const session = await startSession({ clock: new SkippingClock(), mode, awsAuth: demonstrationAwsAuth() });
    try {
      await runSchedule(session, mode, random);
    } catch (error) {
      throw new Error(`schedule with seed ${seed} (mode ${mode}): npm run soak -- --seed ${seed}`, {
        cause: error,
      });
    } finally {
      await session.aws.stop();
    }
  }
}
