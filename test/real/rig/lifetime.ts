/** One rig for all tests of a file. */
import { grantProvider, type Rig, type RigOptions, startRig } from './rig';
import { FAILED } from './environment';

/** Starts it before the tests and stops it after them; prints the logs of its parts when a test failed. */
export function withRig(options: RigOptions & { readonly grant?: boolean } = {}): () => Rig {
  let rig: Rig | undefined;
  beforeAll(async () => {
    rig = await startRig(options);
    if (options.grant !== false) await grantProvider(rig);
  });
  afterAll(async () => {
    if ((globalThis as Record<string, unknown>)[FAILED] === true) rig?.report();
    await rig?.stop();
  });
  return () => {
    if (!rig) throw new Error('the rig did not start');
    return rig;
  };
}

/** Asks until the answer is right; then it is the answer, else the last one is, for `expect` to show. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isRight: (answer: T) => boolean,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
