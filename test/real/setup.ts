/** `npm run setup:real`: finds or makes everything that the tier of real parts runs, in a cache outside the repository. */
import { type Browser, BROWSERS, findBrowser, installBrowser } from './setup/browsers';
import { type Artifact, cacheFolder, find, make, withLock } from './setup/cache';
import { type Program } from './setup/kubernetes';
import { programs } from './setup/tools';

const started = Date.now();

async function main(): Promise<void> {
  say(`cache: ${cacheFolder()}`);
  const failures = await withLock((owner) => say(`waiting for another setup (process ${owner})`), prepare);
  for (const failure of failures) process.stderr.write(`\n${failure}\n`);
  if (failures.length > 0) process.exitCode = 1;
  else say('everything is there');
}

/** What Go builds goes one after the other, because each takes every core; the downloads go beside it. */
async function prepare(): Promise<readonly string[]> {
  const isGo = (program: Program): boolean =>
    typeof program !== 'string' && /^(kube|role|aws-iam)/.test(program.key);
  const all = programs();
  const [building, loading] = [all.filter(isGo), all.filter((program) => !isGo(program))];
  return (await Promise.all([oneByOne(building), oneByOne(loading), browsers()])).flat();
}

/** Of the machine, not of the cache. One after the other: apt lets nobody in beside it. */
async function browsers(): Promise<string[]> {
  const failures: string[] = [];
  for (const browser of BROWSERS)
    await oneBrowser(browser).catch((error: unknown) => failures.push(sentences(error)));
  return failures;
}

async function oneBrowser(browser: Browser): Promise<void> {
  if (findBrowser(browser) === undefined) {
    say(`installing ${browser.title}, which takes half a minute …`);
    await installBrowser(browser);
  }
  say(`found ${findBrowser(browser) ?? ''}`);
}

async function oneByOne(some: readonly Program[]): Promise<string[]> {
  const failures: string[] = [];
  for (const program of some) {
    if (typeof program === 'string') say(`found ${program}`);
    else if (find(program)) say(`found ${program.title}`);
    else await makeOne(program).catch((error: unknown) => failures.push(sentences(error)));
  }
  return failures;
}

async function makeOne(artifact: Artifact): Promise<void> {
  say(`making ${artifact.title}, which takes ${artifact.takes} …`);
  const ticker = setInterval(() => say(`still making ${artifact.title}`), 30_000);
  try {
    await make(artifact);
    say(`made ${artifact.title}`);
  } finally {
    clearInterval(ticker);
  }
}

function sentences(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${sentences(error.cause)}`;
}

function say(text: string): void {
  process.stdout.write(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${text}\n`);
}

void main();
