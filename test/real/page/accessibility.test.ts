/** WCAG 2.2 AA: what axe finds, and what it does not look at (it found nothing on a page that failed Reflow). */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { SAMPLE } from '../../pure/access/explain/sample';
import { root, SCREENS, withPage } from './browser';
import { focused } from './keyboard';
import { STATES } from './states';

const AXE = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const states = Object.entries(STATES);

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** `rules`: of axe, or its tags. */
async function violations(page: Page, rules: readonly string[] = TAGS): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  // Of what it finds in order it works out one example alone.
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const found = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(document, ${options})`,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`),
  );
}

beforeAll(() => mkdirSync(SCREENS, { recursive: true }));

// Each state has a page of its own, and the browser cores enough for several: one after the other they take half as long again.
// axe is put in from outside of the page, which its policy would not let run: so the policy is off here, and on elsewhere.
test.concurrent.each(states)(
  '%s: axe, light and dark; what is pressed is 24 pixels high; whatever has the focus is seen',
  async (name, enter) => {
    await withPage(
      async (page) => {
        await enter(page);
        const screen = (what: string) =>
          page.screenshot({ path: join(SCREENS, `${name}-${what}.png`), fullPage: true });
        await screen('light');
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark' });
        await screen('dark');
        // Colours alone are others than in light.
        expect(await violations(page, ['color-contrast'])).toEqual([]);
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
        await screen('forced-colors');
        await page.evaluate('document.activeElement.blur()');
        for (let presses = 0; presses < 40; presses += 1) {
          await page.keyboard.press('Tab');
          const now = await focused(page);
          if (now.tag === 'BODY') break;
          expect(now).toEqual({ ...now, isSeen: true });
        }
      },
      { bypassCSP: true },
    );
  },
);

test.concurrent.each(states)(
  '%s: nothing is wider than 320 pixels, nor with the spacing and size of text that people need',
  async (name, enter) => {
    await withPage(
      async (page) => {
        await enter(page);
        expect(await widthOf(page)).toBeLessThanOrEqual(320);
        await page.screenshot({ path: join(SCREENS, `${name}-320.png`), fullPage: true });
        const spacing =
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }';
        await page.addStyleTag({ content: spacing });
        expect(await widthOf(page)).toBeLessThanOrEqual(320);
        expect(await clipped(page)).toEqual([]);
        await page.addStyleTag({ content: 'html { font-size: 200%; }' });
        expect(await widthOf(page)).toBeLessThanOrEqual(320);
        expect(await clipped(page)).toEqual([]);
      },
      { viewport: { width: 320, height: 700 }, bypassCSP: true },
    );
  },
);

const SMALL_TARGETS = `[...document.querySelectorAll('a, button, summary, input, textarea, label:has(input)')]
  .filter((target) => target.checkVisibility() && !target.classList.contains('skip') && target.closest('label') !== target.parentElement)
  .filter((target) => getComputedStyle(target).display !== 'inline')
  .map((target) => [target.getBoundingClientRect(), target.textContent.trim() || target.id])
  .filter(([{ width, height }]) => width < 24 || height < 23.9)
  .map(([{ width, height }, name]) => name + ' ' + width + 'x' + height)`;

async function widthOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth');
}

/** Text that is cut off: only what scrolls may be larger than what is seen of it. */
async function clipped(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && !['TEXTAREA', 'INPUT'].includes(element.tagName))
    .filter((element) => getComputedStyle(element).overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.tagName + ' ' + element.textContent.slice(0, 40))`);
}

test('one title, one first heading, headings in order, a language; the result is said once for one change', async () => {
  await withPage(async (page) => {
    await page.evaluate(
      `window.said = []; new MutationObserver(() => window.said.push(document.getElementById('headline').textContent)).observe(document.getElementById('headline'), { childList: true })`,
    );
    await page.locator('#document').focus();
    await page.keyboard.insertText(SAMPLE);
    await page.getByText('4 errors, 2 warnings').waitFor();
    await page.keyboard.type('\n\n# more');
    await page.locator('.listing .text', { hasText: '# more' }).waitFor();
    expect(await page.evaluate('window.said')).toEqual([
      '3 identities and 1 whole account can log in. 4 entries are not in force.4 errors, 2 warnings',
    ]);
    expect(await page.title()).toBe('aws-auth, read as EKS reads it');
    const levels = await page.evaluate<readonly number[]>(
      "[...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]))",
    );
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  });
});

test('what a screen reader gets of the answer', async () => {
  await withPage(async (page) => {
    await STATES['ask']?.(page);
    expect(await page.locator('.answer').ariaSnapshot()).toBe(ANSWER);
  });
});

const ANSWER = `- paragraph:
  - strong: "NO"
  - text: . No entry matches arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef.
- term: caller
- definition:
  - code: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jane@example.com
- term: looked up
- definition:
  - code: arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef
  - text: a session counts as its role
- term:
  - link "line 14":
    - /url: "#line-14"
- definition: "meant for it, never matches: the ARN has the path aws-reserved/sso.amazonaws.com/eu-west-1/"
- term: fix
- definition:
  - text: "rolearn: \\"arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef\\""
  - button "Copy"
  - button "Apply, which gives access"
- term: then
- definition: YES, as "sso-admin:jane-example.com" with system:masters (full control)`;
