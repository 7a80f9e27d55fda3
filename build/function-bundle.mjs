/**
 * The code of the function: `lambda/index.ts` and all that it imports, in one CommonJS file that answers events even where
 * something of it throws while it is loaded (`lambda/could-not-start.ts`).
 *
 * swc minifies what esbuild has minified: it folds what esbuild never does (functions that are called once, constants,
 * branches), 4 % of the bytes and 6 % of the zip.
 */
import { minify } from '@swc/core';
import { build } from 'esbuild';
import { bundledSdk } from './bundled-sdk.mjs';

/** `plugins`: esbuild's, beside those that every build has. */
export async function functionBundle(plugins = []) {
  const result = await build({
    ...bundledSdk,
    plugins: [...bundledSdk.plugins, ...plugins],
    entryPoints: ['lambda/index.ts'],
    metafile: true,
    write: false,
  });
  const { code } = await minify(guarded(result.outputFiles[0].text), {
    ecma: 2022,
    module: false,
    toplevel: true,
    compress: { ecma: 2022, passes: 3 },
    mangle: true,
    format: { asciiOnly: true, comments: false },
  });
  return { code, metafile: result.metafile };
}

function guarded(text) {
  const strict = '"use strict";';
  if (!text.startsWith(strict)) throw new Error('the bundle does not begin with "use strict"');
  return `${strict}try{${text.slice(strict.length)}}catch(e){module.exports={handler:module.exports.couldNotStart(e)}}`;
}
