/** The built page in a real browser, as a person opens it: from a file, or over http. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium as playwright, type Page } from 'playwright-core';
import { browserPath, CHROMIUM } from '../setup/browsers';

export const root = join(__dirname, '../../..');
const FILE = join(root, 'dist/site/index.html');
export const FILE_URL = pathToFileURL(FILE).href;
/** What the tests draw, to look at. */
export const SCREENS = join(root, 'dist/screens');

let browser: Browser | undefined;

beforeAll(async () => {
  browser = await playwright.launch({ executablePath: browserPath(CHROMIUM) });
});

afterAll(async () => {
  await browser?.close();
});

export interface Opened {
  readonly page: Page;
  /** What went wrong in the page or was refused by its policy; empty in every ordinary journey. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

export async function open(options: BrowserContextOptions = {}, url = FILE_URL): Promise<Opened> {
  if (browser === undefined) throw new Error('there is no browser yet');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => troubles.push(message.text()));
  await page.goto(url);
  return { page, troubles, close: () => context.close() };
}

/** Runs `work` with the page open, which has no trouble in it. */
export async function withPage(
  work: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
  url = FILE_URL,
): Promise<void> {
  const { page, troubles, close } = await open(options, url);
  try {
    await work(page);
    expect(troubles).toEqual([]);
  } finally {
    await close();
  }
}

export interface Canary {
  readonly url: string;
  /** Of every request that came. */
  readonly heard: readonly string[];
  readonly close: () => Promise<void>;
}

/** A server on loopback that serves the page and hears whatever is asked of it. */
export async function canary(): Promise<Canary> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(request.url === '/page' ? readFileSync(FILE) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Many times the size that `fill` bears: as one paste. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `(() => { const area = document.getElementById('document'); area.value = ${JSON.stringify(text)}; area.dispatchEvent(new Event('input')); })()`,
  );
}

export function configMap(count: number): string {
  const entry = (index: number): string =>
    `    - rolearn: arn:aws:iam::111122223333:role/team-${index}\n      username: "team-${index}:{{SessionName}}"\n      groups: [team-${index}]\n`;
  const entries = Array.from({ length: count }, (_, index) => entry(index));
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n${entries.join('')}`;
}
