/** Whole journeys, by keyboard alone: from a refused role to the fix, wide and narrow, from a file and over http. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { EXAMPLES } from '../../../site/model/examples';
import { SAMPLE } from '../../pure/access/explain/sample';
import { canary, configMap, FILE_URL, open, paste, SCREENS, withPage } from './browser';
import { focused, tabTo } from './keyboard';

const SSO = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jane@example.com';

beforeAll(() => mkdirSync(SCREENS, { recursive: true }));

async function journey(page: Page): Promise<void> {
  await tabTo(page, /^Clear$/);
  await tabTo(page, /^aws-auth ConfigMap$/);
  await page.keyboard.insertText(SAMPLE);
  await page.getByText('4 errors, 2 warnings').waitFor();

  // To the first problem, its line, and back.
  await tabTo(page, /^Problems/);
  await tabTo(page, /^line 31$/);
  await page.keyboard.press('Enter');
  expect((await focused(page)).name).toMatch(/^31\s*username: @bob/);
  await tabTo(page, /^mapUsers does not parse/);
  await page.keyboard.press('Enter');
  expect((await focused(page)).name).toContain('section-unparsable');
  await tabTo(page, /^Why\?$/);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing of the section is loaded').first().waitFor();

  // Who is refused, and why; by the arrows of the tabs.
  await tabTo(page, /^Problems/, 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect((await focused(page)).name).toBe('Ask');
  await tabTo(page, /^Who is refused/);
  await page.keyboard.insertText(SSO);
  await page.keyboard.press('Enter');
  await page.locator('.answer .verdict', { hasText: /^NO$/ }).waitFor();
  expect(await page.locator('.answer').innerText()).toContain(
    'meant for it, never matches: the ARN has the path aws-reserved/sso.amazonaws.com/eu-west-1/',
  );

  // The fix gives access, by its own button; then the answer is another one.
  await tabTo(page, /^Apply, which gives access$/);
  await page.keyboard.press('Enter');
  await page.locator('.answer .verdict', { hasText: /^YES$/ }).waitFor();
  expect(await page.locator('.answer .sentence').innerText()).toBe(
    'YES. They log in as "sso-admin:jane-example.com" with system:masters (full control).',
  );
  expect(await page.locator('#document').inputValue()).toBe(
    SAMPLE.replace(
      'rolearn: arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
      'rolearn: "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef"',
    ),
  );

  // The way to access entries, with what the line asks for besides, to copy.
  await tabTo(page, /^Who is refused/, 'Shift+Tab');
  await tabTo(page, /^Ask$/, 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  expect((await focused(page)).name).toBe('Move');
  await page.getByText('4 entries move and work as today.').waitFor();
  await tabTo(page, /^Include it$/);
  await page.keyboard.press('Enter');
  await page.locator('#said', { hasText: '1 more is included.' }).waitFor();
  expect((await focused(page)).name).toBe('Leave it out');
  await tabTo(page, /^CloudFormation$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^Copy what to run$/);
  await page.keyboard.press('Enter');
  await page.locator('#said', { hasText: 'AWS CLI is in the clipboard.' }).waitFor();
}

test.each([1280, 320])('a refused role by keyboard alone, %d pixels wide', async (width) => {
  await withPage(journey, { viewport: { width, height: 800 } });
});

test('why a role of IAM Identity Center is refused is seen without a click: paste, read', async () => {
  await withPage(async (page) => {
    await page.screenshot({ path: join(SCREENS, 'first-look.png') });
    await paste(page, EXAMPLES[1]?.document ?? '');
    const why = page.getByText('A role ARN with a path matches nobody');
    const fix = page
      .getByText('"arn:aws:iam::111122223333:role/AWSReservedSSO_Developers_0123456789abcdef"')
      .first();
    for (const seen of [why, fix]) {
      const box = await seen.boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(800);
    }
    await page.screenshot({ path: join(SCREENS, 'first-answer.png') });
  });
});

test('the same over http, with the report and the redacted document in the clipboard', async () => {
  const server = await canary();
  try {
    await withPage(
      async (page) => {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await journey(page);
        expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
          /^#!\/bin\/sh[^]*--principal-arn arn:aws:iam::111122223333:role\/aws-reserved\/sso\.amazonaws\.com\/REGION\/AWSReservedSSO_Admin_0123456789abcdef[^]*AmazonEKSClusterAdminPolicy/,
        );
        const copied = async (name: string): Promise<string> => {
          await page.getByRole('button', { name }).press('Enter');
          await page.locator('#said', { hasText: 'is in the clipboard' }).waitFor();
          return page.evaluate<string>('navigator.clipboard.readText()');
        };
        expect(await copied('Copy report as Markdown')).toContain(
          '- **Error**, line 31 (`section-unparsable`)',
        );
        const redacted = await copied('Copy document without names');
        expect(redacted).not.toMatch(/111122223333|alice|prod/);
        expect(redacted).toHaveLength((await page.locator('#document').inputValue()).length);
      },
      {},
      `${server.url}/page`,
    );
    expect(server.heard).toEqual(['GET /page']);
  } finally {
    await server.close();
  }
});

test('where there is no clipboard of the browser, a selection is copied', async () => {
  await withPage(async (page) => {
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await paste(page, SAMPLE);
    await page.getByRole('button', { name: 'Copy report as Markdown' }).click();
    await page.locator('#said', { hasText: 'The report is in the clipboard.' }).waitFor();
  });
});

test('a safe fix, all safe fixes, and back by Undo', async () => {
  await withPage(async (page) => {
    await paste(page, SAMPLE);
    await page.getByRole('button', { name: 'Apply 2 fixes that let nobody in' }).click();
    await page.getByText('4 errors, 2 warnings').waitFor({ state: 'detached' });
    const fixed = await page.locator('#document').inputValue();
    expect(fixed).toContain('- "444455556666"');
    expect(fixed).not.toContain('dev-a');
    expect(fixed).toContain('username: @bob');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.locator('#document').inputValue()).toBe(SAMPLE);
    await page.getByText('4 errors, 2 warnings').waitFor();
  });
});

test('one mapping is edited as the provider would, and the text taken over', async () => {
  await withPage(async (page) => {
    await paste(page, SAMPLE);
    await page.getByRole('tab', { name: 'Edit' }).click();
    await page.getByLabel('Role, user or account').fill('arn:aws:iam::111122223333:role/dev');
    await page.getByLabel('Kubernetes user name').fill('dev:{{SessionName}}');
    await page.getByLabel('Groups').fill('team-c');
    await page.getByLabel('Groups').press('Enter');
    await page.getByText('nobody else changes').waitFor();
    expect(await page.locator('.diff .added').allInnerTexts()).toHaveLength(3);
    await page.getByRole('button', { name: 'Use this text' }).click();
    expect(await page.locator('#document').inputValue()).toContain('username: "dev:{{SessionName}}"');
    await page.getByText('Nothing to write: aws-auth says so already.').waitFor();
  });
});

test('a file is opened, in UTF-16 too; one that is no text is refused; one is dropped', async () => {
  await withPage(async (page) => {
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/plain', buffer });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SAMPLE, 'utf16le')]);
    await page.locator('#file').setInputFiles(file('aws-auth.yaml', utf16));
    await page.getByText('4 errors, 2 warnings').waitFor();
    await page.locator('#said', { hasText: 'The file is UTF-16LE' }).waitFor();
    await page.locator('#file').setInputFiles(file('picture.png', Buffer.from([0x89, 0x50, 0, 1, 0xff])));
    await page.getByText('The file is not text').waitFor();
    expect(await page.locator('#document').inputValue()).toBe(SAMPLE);
    const dropped = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(configMap(2))}], 'a.yaml')); return data; })()`,
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
    await page.getByText('2 identities can log in.').waitFor();
  });
});

test('access entries count beside aws-auth, as the mode says', async () => {
  await withPage(async (page) => {
    await paste(page, SAMPLE);
    await page.getByText('Access entries', { exact: true }).click();
    const entry = {
      principalArn: 'arn:aws:iam::111122223333:role/ci-deploy',
      type: 'STANDARD',
      username: 'ci',
    };
    await page.locator('#entries').fill(JSON.stringify({ accessEntry: entry }));
    await page.getByLabel('API_AND_CONFIG_MAP').check();
    await page.getByRole('tab', { name: 'Who gets in' }).click();
    await page.getByRole('cell', { name: 'overridden by the access entry' }).waitFor();
    await page.locator('#entries').fill('[7]');
    await page.getByText('The text holds something that is no access entry.').waitFor();
  });
});

test('a fault of the page is shown, and the text stays', async () => {
  const { page, close } = await open({}, FILE_URL);
  await page.evaluate(
    'Object.defineProperty(document.getElementById("listing"), "replaceChildren", { value: () => { throw new Error("planted"); } })',
  );
  await page.locator('#document').fill(SAMPLE);
  await page.locator('#crash', { hasText: 'planted' }).waitFor();
  expect(await page.locator('#crash').innerText()).toContain('your text, which is still here');
  expect(await page.locator('#document').inputValue()).toBe(SAMPLE);
  await close();
});

test('without scripts it says so, with the command that does the same', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  // Nothing but the accessibility tree can be asked then.
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const names = nodes.map(({ name }) => String(name?.value));
  expect(names).toContainEqual(expect.stringContaining('scripts are off'));
  expect(names).toContainEqual(expect.stringContaining('eks-access doctor'));
  await close();
});
