/** The function with counters, in the place of the built one: `dist/lambda/index.js`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionBundle } from '../../build/function-bundle.mjs';
import counting from './plugin.js';

const here = dirname(fileURLToPath(import.meta.url));

/** A container writes after each invocation, because it is killed in the end. In a test's own process its file writes. */
const footer = `
;{const{write}=require(${JSON.stringify(join(here, 'instrument.js'))});
const{handler}=module.exports;const name='container-'+require('node:crypto').randomUUID();
module.exports={handler:async(...of)=>{try{return await handler(...of)}finally{if(!globalThis.expect)write(globalThis.__coverage__,name)}}}}`;

export async function writeCountingBundle(target) {
  const { code } = await functionBundle([counting]);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code + footer);
}
