/** The image of the README: `npm run images` draws it anew. Fonts differ by machine, so that its bytes are not compared. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, SCREENS, withPage } from './browser';
import { STATES } from './states';

const IMAGE = join(root, 'docs/images/page.png');
const SIZE = { width: 1280, height: 920 };

/** Of a PNG: https://www.w3.org/TR/png-3/#11IHDR */
function sizeOf(path: string): typeof SIZE {
  const header = readFileSync(path);
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}

test('the README shows the page as it is drawn here: the answer to who is refused, and why', async () => {
  const isUpdate = process.env['UPDATE_IMAGES'] === '1';
  mkdirSync(isUpdate ? join(root, 'docs/images') : SCREENS, { recursive: true });
  const path = isUpdate ? IMAGE : join(SCREENS, 'readme.png');
  await withPage(
    async (page) => {
      await STATES['ask']?.(page);
      await page.evaluate('document.activeElement.blur()');
      await page.screenshot({ path });
    },
    { viewport: SIZE, reducedMotion: 'reduce' },
  );
  expect(sizeOf(path)).toEqual(SIZE);
  expect(sizeOf(IMAGE)).toEqual(SIZE);
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('(docs/images/page.png)');
});
