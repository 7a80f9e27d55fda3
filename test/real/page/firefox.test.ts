/** The page in Firefox: from a file and over http, a refused role is found, asked about, and let in. */
import { SAMPLE } from '../../pure/access/explain/sample';
import { canary, type Canary, FILE_URL } from './browser';
import { type FirefoxPage, startFirefox } from './firefox';

let server: Canary;
let page: FirefoxPage;

beforeAll(async () => {
  [server, page] = await Promise.all([canary(), startFirefox()]);
});

afterAll(async () => {
  await page.close();
  await server.close();
});

/** Once an element has the text in it. */
const seen = (selector: string, text: string): string => `new Promise((resolve) => {
  const look = () => {
    const found = [...document.querySelectorAll(${JSON.stringify(selector)})]
      .map((element) => element.innerText)
      .find((said) => said.includes(${JSON.stringify(text)}));
    if (found === undefined) requestAnimationFrame(look);
    else resolve(found);
  };
  look();
})`;

test.each(['file', 'http'])('from %s: paste, read, ask, apply the fix, plan the move', async (from) => {
  await page.open(from === 'file' ? FILE_URL : `${server.url}/page`);
  await page.evaluate("document.getElementById('document').focus()");
  await page.evaluate(`document.execCommand('insertText', false, ${JSON.stringify(SAMPLE)})`);
  expect(await page.evaluate(seen('#headline', '4 errors, 2 warnings'))).toContain('3 identities');
  await page.evaluate("document.getElementById('tab-ask').click()");
  await page.evaluate("document.getElementById('question').focus()");
  await page.press('role/AWSReservedSSO_*\ue007');
  expect(await page.evaluate(seen('.answer', 'NO'))).toContain('meant for it, never matches');
  await page.evaluate("document.querySelector('.answer .grants').click()");
  expect(await page.evaluate(seen('.answer', 'YES'))).toContain('system:masters (full control)');
  await page.evaluate("document.getElementById('tab-move').click()");
  expect(await page.evaluate(seen('#panel-move', 'Plan '))).toContain('4 entries move and work as today.');
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(await page.troubles()).toEqual([]);
});

test('its policy holds there too: what another script would try is refused, and nobody hears of it', async () => {
  await page.open(`${server.url}/page`);
  const before = server.heard.length;
  const tried = await page.evaluate(`Promise.allSettled([
    fetch('${server.url}/fetch'),
    new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: '${server.url}/image' })),
  ]).then((results) => results.map(({ status }) => status))`);
  expect(tried).toEqual(['rejected', 'rejected']);
  expect(await page.troubles()).toEqual(expect.arrayContaining(['connect-src', 'img-src']));
  expect(server.heard.slice(before)).toEqual([]);
});
