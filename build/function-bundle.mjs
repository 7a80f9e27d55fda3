/**
 * The code of the function: `lambda/index.ts` and all that it imports, in one CommonJS file that answers events even where
 * something of it throws while it is loaded (`lambda/could-not-start.ts`).
 */
import { build } from 'esbuild';
import { bundledSdk } from './bundled-sdk.mjs';
import { secondPass } from './second-pass.mjs';

/** `plugins`: esbuild's, beside those that every build has. */
export async function functionBundle(plugins = []) {
  const result = await build({
    ...bundledSdk,
    plugins: [...bundledSdk.plugins, ...plugins],
    entryPoints: ['lambda/index.ts'],
    metafile: true,
    write: false,
  });
  const code = await secondPass(guarded(result.outputFiles[0].text));
  return { code, metafile: result.metafile };
}

function guarded(text) {
  const strict = '"use strict";';
  if (!text.startsWith(strict)) throw new Error('the bundle does not begin with "use strict"');
  return `${strict}try{${text.slice(strict.length)}}catch(e){module.exports={handler:module.exports.couldNotStart(e)}}`;
}
