/**
 * Takes the place of the machine's timers in the bundle of the simulation (`bundle.ts`): `setTimeout` as a global and
 * as `node:timers/promises` has it.
 */
import { present } from './time';

type Cancel = () => void;

function startTimer(fire: () => void, ms = 0): Cancel {
  return present.time.after(ms, fire);
}

function stopTimer(cancel?: Cancel): void {
  cancel?.();
}

function sleep(ms = 0, _value?: undefined, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
  return present.time.sleep(ms, options.signal);
}

export { sleep as setTimeout };
export { startTimer, stopTimer };
