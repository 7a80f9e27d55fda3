/**
 * swc over a CommonJS file that esbuild has minified: it folds what esbuild never does (functions that are called once,
 * constants, branches), and V8 compiles the result faster.
 */
import { minify } from '@swc/core';

/** Of the function 4 % of the bytes and 6 % of the zip. */
export async function secondPass(text) {
  const { code } = await minify(text, {
    ecma: 2022,
    module: false,
    toplevel: true,
    // Functions become arrows, which `new` does not take: of these two programs it makes objects of classes alone.
    compress: { ecma: 2022, passes: 6, unsafe_arrows: true },
    mangle: true,
    format: { asciiOnly: true, comments: false },
  });
  return code;
}
