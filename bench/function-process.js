/**
 * A function process as Lambda makes one: a fresh Node that loads one file and is given events, one after the other.
 * Plain CommonJS, because any Node must run it as it is. Without a file: what a bare Node weighs.
 */
'use strict';

const { readFileSync } = require('fs');
const { performance } = require('perf_hooks');

process.once('message', (job) => {
  run(job).then(
    (result) => process.send(result, () => process.disconnect()),
    (error) => process.send({ error: String((error && error.stack) || error) }, () => process.disconnect()),
  );
});

async function run({ file, functionArn, events }) {
  const spans = [];
  let load = { wall: 0, cpu: 0 };
  if (file !== undefined) {
    let handler;
    load = await timed(() => (handler = require(file).handler));
    for (const event of events) spans.push(await timed(() => handler(event, context(functionArn))));
  }
  return {
    load,
    events: spans,
    rss: process.memoryUsage().rss / 1e6,
    peak: peak(),
  };
}

async function timed(work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

/** From Linux itself: `maxRSS` of a child begins with the size of the process that started it. */
function peak() {
  try {
    const found = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return found ? (Number(found[1]) * 1024) / 1e6 : null;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function context(invokedFunctionArn) {
  return {
    awsRequestId: '8f507cfc-0000-4000-8000-000000000000',
    invokedFunctionArn,
    functionName: 'bench',
    logGroupName: '/aws/lambda/bench',
    logStreamName: 'bench',
    getRemainingTimeInMillis: () => 60000,
  };
}
