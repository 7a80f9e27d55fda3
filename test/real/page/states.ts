/** Every state of the page, for what is looked at in each. */
import { type Page } from 'playwright-core';
import { SAMPLE } from '../../pure/access/explain/sample';
import { configMap, paste } from './browser';

const QUESTION =
  'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jane@example.com';

async function onTab(page: Page, name: string): Promise<void> {
  await paste(page, SAMPLE);
  await page.getByRole('tab', { name }).click();
}

export const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  empty: async () => undefined,
  'other text': (page) =>
    paste(page, 'apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\n'),
  broken: (page) => paste(page, configMap(1).replace('kind:', '\tkind:')),
  problems: async (page) => {
    await paste(page, SAMPLE);
    await page.getByText('Why?').first().click();
  },
  who: (page) => onTab(page, 'Who gets in'),
  ask: async (page) => {
    await onTab(page, 'Ask');
    await page.getByLabel('Who is refused').fill(QUESTION);
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.locator('.answer').waitFor();
  },
  move: async (page) => {
    await onTab(page, 'Move');
    await page.locator('#include-14').click();
    await page.getByRole('button', { name: 'Leave it out' }).waitFor();
  },
  edit: async (page) => {
    await onTab(page, 'Edit');
    await page.getByLabel('Role, user or account').fill('arn:aws:iam::111122223333:role/dev');
    await page.getByLabel('Groups').fill('team-c');
    await page.getByLabel('Groups').press('Enter');
    await page.locator('.diff').waitFor();
  },
  good: (page) => paste(page, configMap(3)),
  long: (page) => paste(page, configMap(300)),
  'too big': (page) => paste(page, `${configMap(1)}  other: ${'x'.repeat(1_100_000)}\n`),
  'no text': async (page) => {
    const buffer = Buffer.from([0x89, 0x50, 0, 1, 0xff]);
    await page.locator('#file').setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer });
    await page.getByText('The file is not text').waitFor();
  },
  crash: async (page) => {
    const fault = '{ value: () => { throw new Error("planted"); } }';
    await page.evaluate(
      `Object.defineProperty(document.getElementById('listing'), 'replaceChildren', ${fault})`,
    );
    await paste(page, SAMPLE);
    await page.locator('#crash', { hasText: 'planted' }).waitFor();
  },
  'entries that do not fit': async (page) => {
    await paste(page, SAMPLE);
    await page.getByText('Access entries', { exact: true }).click();
    await page.locator('#entries').fill('{"principalArn": 7}');
    await page.getByText('principalArn has to be text').waitFor();
  },
};
