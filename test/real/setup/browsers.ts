/** Browsers for the tests of the page: Debian's, installed by apt where that may be. They need libraries that only apt brings. */
import { run, which } from './command';

export interface Browser {
  readonly title: string;
  /** Any of them will do. */
  readonly programs: readonly string[];
  /** With the first of the programs. */
  readonly packages: readonly string[];
}

export const CHROMIUM: Browser = {
  title: 'Chromium',
  programs: ['chromium-headless-shell', 'chromium'],
  packages: ['chromium-headless-shell', 'fonts-dejavu-core'],
};
export const FIREFOX: Browser = {
  title: 'Firefox',
  programs: ['firefox-esr', 'firefox'],
  packages: ['firefox-esr', 'fonts-dejavu-core'],
};
export const BROWSERS: readonly Browser[] = [CHROMIUM, FIREFOX];

/** Path of the program; undefined where there is none. */
export function findBrowser({ programs }: Browser): string | undefined {
  return programs.map((program) => which(program)).find((path) => path !== undefined);
}

/** Throws, naming what installs it, rather than let a test be skipped. */
export function browserPath(browser: Browser): string {
  const found = findBrowser(browser);
  if (found === undefined) throw new Error(`${missing(browser)}, or run npm run setup:real as root`);
  return found;
}

/** As root, with apt. Rejects with what to do where that is not so. */
export async function installBrowser(browser: Browser): Promise<void> {
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Error(missing(browser));
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...browser.packages], { env });
  } catch (error) {
    throw new Error(missing(browser), { cause: error });
  }
  browserPath(browser);
}

function missing({ title, packages }: Browser): string {
  const install = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  return `${title} is missing, in which the page is tested: install it (${install})`;
}
