/**
 * Where the function waits for nothing but its own timers, its container says so, and the host moves its clock on to the
 * next of them. Plain CommonJS, because it must run without a build step. Only pauses are skipped: work, and requests
 * that are under way, take the time that they take.
 */
'use strict';
const { time, installTime, nextDue, realTimeout, clearReal } = require('./skipped-time');

/** Milliseconds from what happens to the first look, and at most between two looks at what is under way. */
const LOOK_MS = { first: 1, last: 16 };
/** What may be open while nothing is being done: idle sockets, the host's messages, timers. Everything else is work. */
const QUIET = new Set(['Timeout', 'MessagePort', 'TCPSocketWrap', 'TLSSocketWrap', 'PipeWrap']);

/** How often the host has woken this container. */
let woken = 0;
const requests = new Set();

/** In place of Node's, before the function is loaded. */
function install() {
  installTime();
  for (const protocol of [require('http'), require('https')]) {
    const { request: send } = protocol;
    protocol.request = (...asked) => {
      const request = send(...asked);
      requests.add(request);
      time.stir();
      request.once('close', () => {
        requests.delete(request);
        time.stir();
      });
      return request;
    };
  }
}

/** What the host says: how far its clock is ahead of the machine's, and how often a timer here has fallen due by that. */
function moveTo({ skippedMs, wakes }) {
  time.skipped = skippedMs;
  for (const pause of [...time.pauses].sort((one, other) => one.due - other.due)) pause.arm();
  if (wakes !== woken) time.stir();
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
    send({ type: 'waits', until: nextDue(), wakes: woken });
  };
  time.stir = () => lookIn(LOOK_MS.first);
  time.stir();
  return () => {
    time.stir = () => undefined;
    clearReal(timer);
  };
}

module.exports = { install, moveTo, start };
