/**
 * What runs inside a container of the local Lambda: a worker thread, or a child process of another Node. Plain
 * CommonJS, because it must run without a build step. One invocation at a time; between invocations the container
 * is frozen, as Lambda freezes it, so that nothing goes on after an answer.
 */
'use strict';
const Module = require('module');
const path = require('path');
const { performance } = require('perf_hooks');
const util = require('util');
const { isMainThread, parentPort, workerData } = require('worker_threads');
const { giveCompiled, loadFile } = require('./load-file');
const skippedWaits = require('./skipped-waits');

const inThread = !isMainThread && parentPort !== null && workerData?.container === true;

const send = (message) => (inThread ? parentPort.postMessage(message) : process.send(message));
let requestId = '';
const write = (stream) => (chunk, encoding, done) => {
  send({
    type: 'log',
    requestId,
    stream,
    text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'),
  });
  const callback = typeof encoding === 'function' ? encoding : done;
  if (callback) callback();
  return true;
};
for (const name of ['stdout', 'stderr']) process[name].write = write(name);
const printers = {
  debug: 'stdout',
  error: 'stderr',
  info: 'stdout',
  log: 'stdout',
  trace: 'stderr',
  warn: 'stderr',
};
for (const [method, stream] of Object.entries(printers)) {
  console[method] = (...values) => write(stream)(util.format(...values) + '\n');
}

function loadInline(code, root) {
  const file = '/var/task/index.js';
  const module = new Module(file);
  module.filename = file;
  module.paths = Module._nodeModulePaths(root);
  const original = Module._load;
  Module._load = function (request, ...others) {
    return request === 'cfn-response' ? require('./cfn-response') : original.call(this, request, ...others);
  };
  module._compile(code, file);
  return module.exports;
}

function describeError(error) {
  if (error instanceof Error || (error && typeof error.message === 'string')) {
    return {
      errorType: error.name || 'Error',
      errorMessage: error.message,
      trace: String(error.stack || '').split('\n'),
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

let handler;
function load({ code, handlerName, callbacks, skipsWaits, compiled }) {
  if (skipsWaits) skippedWaits.install();
  const dot = handlerName.lastIndexOf('.');
  const exported =
    code.file === undefined
      ? loadInline(code.inline, path.resolve(__dirname, '..', '..', '..'))
      : loadFile(path.resolve(code.file), compiled);
  handler = exported[handlerName.slice(dot + 1)];
  if (typeof handler !== 'function') {
    const error = new Error(`${handlerName} is undefined or not exported`);
    error.name = 'Runtime.HandlerNotFound';
    throw error;
  }
  if (!callbacks && handler.length >= 3) {
    const error = new Error(
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.',
    );
    error.name = 'Runtime.CallbackHandlerDeprecated';
    throw error;
  }
}

function runHandler(event, context, callbacks) {
  return new Promise((resolve, reject) => {
    const done = (error, value) => (error === undefined || error === null ? resolve(value) : reject(error));
    if (callbacks) {
      context.done = done;
      context.succeed = (value) => done(undefined, value);
      context.fail = (error) => done(error || new Error('failed'));
      context.callbackWaitsForEmptyEventLoop = true;
    }
    const result = handler(event, context, done);
    if (result && typeof result.then === 'function') result.then(resolve, reject);
    else if (!callbacks) resolve(result);
  });
}

async function invoke(message) {
  requestId = message.requestId;
  const stopSkipping = skippedWaits.start(message, send, inThread ? workerData.silentPorts : undefined);
  const started = performance.now();
  const context = {
    ...message.context,
    getRemainingTimeInMillis: () => Math.max(0, Math.ceil(message.remaining - (performance.now() - started))),
  };
  try {
    const value = await runHandler(JSON.parse(message.event), context, message.callbacks);
    const text = JSON.stringify(value === undefined ? null : value);
    send({ type: 'done', requestId: message.requestId, payload: text });
  } catch (error) {
    send({ type: 'done', requestId: message.requestId, error: describeError(error) });
  }
  stopSkipping();
  giveCompiled(send);
}

function receive(message) {
  if (message.type === 'load') {
    try {
      load(message);
      send({ type: 'loaded' });
    } catch (error) {
      send({ type: 'load-failed', error: describeError(error) });
    }
  } else if (message.type === 'invoke') {
    void invoke(message).then(() => freeze(message.epoch));
  } else if (message.type === 'skip') {
    skippedWaits.moveTo(message);
  }
}

/**
 * A thread stops here until the host moves the epoch on; a child process is stopped by a signal instead. The epoch
 * makes it harmless that the host may thaw before we freeze.
 */
function freeze(epoch) {
  if (inThread) Atomics.wait(workerData.ice, 0, epoch);
}

process.on('uncaughtException', (error) => send({ type: 'crashed', error: describeError(error) }));
process.on('unhandledRejection', (error) => send({ type: 'crashed', error: describeError(error) }));
if (inThread) parentPort.on('message', receive);
else process.on('message', receive);
