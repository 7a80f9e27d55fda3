/**
 * Time inside a container whose host skips waits: where the function waits for nothing but its own timers, it says so,
 * and the host moves its clock on to the next of them. Plain CommonJS, because it must run without a build step.
 * Only pauses are skipped: work, and requests that are under way, take the time that they take.
 */
'use strict';
const { performance } = require('perf_hooks');
const promises = require('timers/promises');
const timers = require('timers');
const util = require('util');

const { setTimeout: realTimeout, clearTimeout: clearReal } = timers;
const RealDate = Date;
const realNow = performance.now.bind(performance);
/** Milliseconds from what happens to the first look, and at most between two looks at what is under way. */
const LOOK_MS = { first: 1, last: 16 };
/** What may be open while nothing is being done: idle sockets, the host's messages, timers. Everything else is work. */
const QUIET = new Set(['Timeout', 'MessagePort', 'TCPSocketWrap', 'TLSSocketWrap', 'PipeWrap']);

let skipped = 0;
/** How often the host has woken this container. */
let woken = 0;
/** Told of whatever happens while an invocation runs. */
let stir = () => undefined;
const pauses = new Set();
const requests = new Set();

/** A timer that falls due by the skipped time. */
class Pause {
  constructor(action, milliseconds, values) {
    Object.assign(this, { action, values, milliseconds: Math.max(1, Number(milliseconds) || 1) });
    this.isRef = true;
    this.refresh();
  }
  refresh() {
    clearReal(this.real);
    this.due = realNow() + skipped + this.milliseconds;
    pauses.add(this);
    stir();
    return this.arm();
  }
  arm() {
    clearReal(this.real);
    this.real = realTimeout(() => this.run(), this.due - realNow() - skipped);
    if (!this.isRef) this.real.unref();
    return this;
  }
  run() {
    stir();
    pauses.delete(this);
    this.action(...this.values);
  }
  close() {
    clearReal(this.real);
    pauses.delete(this);
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

/** In place of Node's, before the function is loaded. */
function install() {
  const after = (action, milliseconds, ...values) => new Pause(action, milliseconds, values);
  after[util.promisify.custom] = pauseFor;
  const clear = (pause) => void (pause instanceof Pause ? pause.close() : clearReal(pause));
  Object.assign(globalThis, { setTimeout: after, clearTimeout: clear });
  Object.assign(timers, { setTimeout: after, clearTimeout: clear });
  promises.setTimeout = pauseFor;
  performance.now = () => realNow() + skipped;
  const now = () => Math.floor(RealDate.now() + skipped);
  globalThis.Date = new Proxy(RealDate, {
    get: (date, name) => (name === 'now' ? now : date[name]),
    apply: () => new RealDate(now()).toString(),
    construct: (date, values, target) =>
      Reflect.construct(date, values.length === 0 ? [now()] : values, target),
  });
  for (const protocol of [require('http'), require('https')]) {
    const { request: send } = protocol;
    protocol.request = (...asked) => {
      const request = send(...asked);
      requests.add(request);
      stir();
      request.once('close', () => {
        requests.delete(request);
        stir();
      });
      return request;
    };
  }
}

/** What the host says: how far its clock is ahead of the machine's, and how often a timer here has fallen due by that. */
function moveTo({ skippedMs, wakes }) {
  skipped = skippedMs;
  for (const pause of [...pauses].sort((one, other) => one.due - other.due)) pause.arm();
  if (wakes !== woken) stir();
  woken = wakes;
}

/** `silentPorts`: 1 for each connection, by the port of this end, that the server will never answer. */
function isBusy(silentPorts) {
  for (const { socket } of requests) if (silentPorts?.[socket?.localPort ?? 0] !== 1) return true;
  return process.getActiveResourcesInfo().some((resource) => !QUIET.has(resource));
}

/**
 * From an invocation until what it gives is called, says when nothing but time is waited for, and until when: by the
 * host's clock, in milliseconds since 1970; null where there is no timer.
 */
function start(invocation, send, silentPorts) {
  if (invocation.skippedMs === undefined) return () => undefined;
  moveTo(invocation);
  let timer;
  const lookIn = (milliseconds) => {
    clearReal(timer);
    timer = realTimeout(look, milliseconds, milliseconds);
  };
  const look = (after) => {
    if (isBusy(silentPorts)) return lookIn(Math.min(LOOK_MS.last, after * 2));
    const next = Math.min(...Array.from(pauses, ({ due }) => due));
    send({
      type: 'waits',
      until: next === Infinity ? null : RealDate.now() + next - realNow(),
      wakes: woken,
    });
  };
  stir = () => lookIn(LOOK_MS.first);
  stir();
  return () => {
    stir = () => undefined;
    clearReal(timer);
  };
}

module.exports = { install, moveTo, start };
