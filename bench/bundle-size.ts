/** Bytes of the function's one file. */
import { type Bundles } from './bundles';
import { atMost, unit, type Report } from './figure';

export function bundleReport({ product, variantA }: Bundles): Report {
  return {
    title: 'Bundle',
    note: 'bytes; zipped is deflate, level 9',
    head: ['', 'minified', 'zipped'],
    rows: [
      ['dist/lambda/index.js', String(product.minified), String(product.zipped)],
      ['variant A', String(variantA.minified), String(variantA.zipped)],
      [
        'ratio',
        (product.minified / variantA.minified).toFixed(3),
        (product.zipped / variantA.zipped).toFixed(3),
      ],
    ],
    figures: [
      atMost('bundle, minified', product.minified, 450_000, unit.kilobytes),
      atMost('bundle, zipped', product.zipped, 140_000, unit.kilobytes),
    ],
  };
}
