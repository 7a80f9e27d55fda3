/** `npm run setup:real`: finds or makes everything that the tier of real parts runs, in a cache outside the repository. */
import { type Artifact, cacheFolder, find, make, withLock } from './setup/cache';
import { findChromium, installChromium } from './setup/chromium';
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
  return (await Promise.all([oneByOne(building), oneByOne(loading), browser()])).flat();
}

/** Of the machine, not of the cache: it needs libraries that only apt brings. */
async function browser(): Promise<string[]> {
  try {
    if (findChromium() === undefined) {
      say('installing Chromium, which takes half a minute …');
      await installChromium();
    }
    say(`found ${findChromium() ?? ''}`);
    return [];
  } catch (error) {
    return [sentences(error)];
  }
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
