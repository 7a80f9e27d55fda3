/** Preloaded into a program whose pauses a test does not wait for: where it waits for nothing but time, time moves on. */
const { syncBuiltinESMExports } = require('node:module');
const skippedWaits = require('../../local/aws/lambda/skipped-waits');

let skippedMs = 0;
let wakes = 0;
skippedWaits.install();
syncBuiltinESMExports();
const { now } = Date;
skippedWaits.start({ skippedMs, wakes }, ({ until }) => {
  // Nothing to wait for: it ends by itself.
  if (until === null) return;
  skippedMs += Math.max(0, until - now());
  wakes += 1;
  skippedWaits.moveTo({ skippedMs, wakes });
});
