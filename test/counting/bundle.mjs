/** The function and the command line with counters, in the places of the built ones. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeProgram } from '../../build/cli-program.mjs';
import { functionBundle } from '../../build/function-bundle.mjs';
import counting from './plugin.js';

const writer = `require(${JSON.stringify(join(dirname(fileURLToPath(import.meta.url)), 'instrument.js'))}).write`;

/**
 * A container writes before each PUT, because it may be killed once its answer has arrived, and after each invocation. In a
 * test's own process its file writes.
 */
const ofFunction = `
;if(!globalThis.expect){const{handler}=module.exports;const name='container-'+require('node:crypto').randomUUID();
const count=()=>${writer}(globalThis.__coverage__,name);
for(const api of[require('node:http'),require('node:https')]){const{request}=api;
api.request=(...of)=>{if(of.some((one)=>one?.method==='PUT'))count();return request(...of)}}
module.exports={handler:async(...of)=>{try{return await handler(...of)}finally{count()}}}}`;

const ofProgram = `
;process.on('exit',()=>${writer}(globalThis.__coverage__,'program-'+require('node:crypto').randomUUID()));`;

export async function writeCountingBundle(target) {
  const { code } = await functionBundle([counting]);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code + ofFunction);
}

export async function writeCountingProgram(out) {
  await writeProgram(out, [counting]);
  appendFileSync(join(out, 'eks-access.js'), ofProgram);
}
