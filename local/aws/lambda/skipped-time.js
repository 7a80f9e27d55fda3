/**
 * The clocks and timers of a container whose host skips waits: ahead of the machine's by as much as the host says. Plain
 * CommonJS, because it must run without a build step.
 */
'use strict';
const { performance } = require('perf_hooks');
const promises = require('timers/promises');
const timers = require('timers');
const util = require('util');

const { setTimeout: realTimeout, clearTimeout: clearReal } = timers;
const RealDate = Date;
const realNow = performance.now.bind(performance);

const time = {
  /** Milliseconds. */
  skipped: 0,
  pauses: new Set(),
  /** Told of whatever happens while an invocation runs. */
  stir: () => undefined,
};

/** A timer that falls due by the skipped time. */
class Pause {
  constructor(action, milliseconds, values) {
    Object.assign(this, { action, values, milliseconds: Math.max(1, Number(milliseconds) || 1) });
    this.isRef = true;
    this.refresh();
  }
  refresh() {
    clearReal(this.real);
    this.due = realNow() + time.skipped + this.milliseconds;
    time.pauses.add(this);
    time.stir();
    return this.arm();
  }
  arm() {
    clearReal(this.real);
    this.real = realTimeout(() => this.run(), this.due - realNow() - time.skipped);
    if (!this.isRef) this.real.unref();
    return this;
  }
  run() {
    time.stir();
    time.pauses.delete(this);
    this.action(...this.values);
  }
  close() {
    clearReal(this.real);
    time.pauses.delete(this);
    return this;
  }
  ref() {
    this.isRef = true;
    this.real.ref();
    return this;
  }
  unref() {
    this.isRef = false;
    this.real.unref();
    return this;
  }
  hasRef() {
    return this.isRef;
  }
}

function pauseFor(milliseconds, value, { signal } = {}) {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      pause?.close();
      const error = new Error('The operation was aborted', { cause: signal.reason });
      reject(Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' }));
    };
    let pause;
    if (signal?.aborted) return refuse();
    signal?.addEventListener('abort', refuse, { once: true });
    pause = new Pause(
      () => {
        signal?.removeEventListener('abort', refuse);
        resolve(value);
      },
      milliseconds,
      [],
    );
  });
}

/** In place of Node's clocks and timers. */
function installTime() {
  const after = (action, milliseconds, ...values) => new Pause(action, milliseconds, values);
  after[util.promisify.custom] = pauseFor;
  const clear = (pause) => void (pause instanceof Pause ? pause.close() : clearReal(pause));
  Object.assign(globalThis, { setTimeout: after, clearTimeout: clear });
  Object.assign(timers, { setTimeout: after, clearTimeout: clear });
  promises.setTimeout = pauseFor;
  performance.now = () => realNow() + time.skipped;
  const now = () => Math.floor(RealDate.now() + time.skipped);
  globalThis.Date = new Proxy(RealDate, {
    get: (date, name) => (name === 'now' ? now : date[name]),
    apply: () => new RealDate(now()).toString(),
    construct: (date, values, target) =>
      Reflect.construct(date, values.length === 0 ? [now()] : values, target),
  });
}

/** When the next timer falls due, by the host's clock, in milliseconds since 1970; null where there is none. */
function nextDue() {
  const next = Math.min(...Array.from(time.pauses, ({ due }) => due));
  return next === Infinity ? null : RealDate.now() + next - realNow();
}

module.exports = { time, installTime, nextDue, realTimeout, clearReal };
