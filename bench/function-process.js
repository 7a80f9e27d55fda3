/**
 * A function process as Lambda makes one: a fresh Node that loads one file and is given events, one after the other.
 * Plain CommonJS, because any Node must run it as it stands. Without a file: what a bare Node weighs.
 */
'use strict';

const { performance } = require('perf_hooks');

process.once('message', (job) => {
  run(job).then(
    (result) => process.send(result, () => process.disconnect()),
    (error) => process.send({ error: String((error && error.stack) || error) }, () => process.disconnect()),
  );
});

async function run({ file, functionArn, events }) {
  const times = [];
  let load = 0;
  if (file !== undefined) {
    const started = performance.now();
    const { handler } = require(file);
    load = performance.now() - started;
    for (const event of events) {
      const before = performance.now();
      await handler(event, context(functionArn));
      times.push(performance.now() - before);
    }
  }
  return {
    load,
    times,
    rss: process.memoryUsage().rss / 1e6,
    peak: process.resourceUsage().maxRSS / 1e3,
  };
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
