/** A file of a function, with what V8 made of it in a container before this one, or for the containers after it. */
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');
const vm = require('vm');
const { isMainThread } = require('worker_threads');

let ran;

/** Its exports. `compiled`: of a container before this one. */
function loadFile(file, compiled) {
  // A process of another Node shares nothing with this one.
  if (isMainThread || !file.endsWith('.js')) return require(file);
  const { mtimeMs, size } = fs.statSync(file);
  const version = `${mtimeMs} ${size}`;
  const cachedData = compiled !== undefined && compiled.version === version ? compiled.data : undefined;
  const script = new vm.Script(Module.wrap(fs.readFileSync(file, 'utf8')), { filename: file, cachedData });
  const module = new Module(file);
  module.filename = file;
  const values = [module.exports, Module.createRequire(file), module, file, path.dirname(file)];
  script.runInThisContext().apply(module.exports, values);
  if (cachedData === undefined) ran = { script, file, version };
  return module.exports;
}

/** Once, after the code has run: functions are compiled when they are called. */
function giveCompiled(send) {
  if (ran === undefined) return;
  const { script, file, version } = ran;
  ran = undefined;
  send({ type: 'compiled', file, version, data: script.createCachedData() });
}

module.exports = { giveCompiled, loadFile };
