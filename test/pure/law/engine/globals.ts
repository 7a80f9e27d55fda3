/** Injected into the bundle of the simulation: every free `setTimeout` in it is this one (`bundle.ts`). */
export { startTimer as setTimeout, stopTimer as clearTimeout } from './timers';
