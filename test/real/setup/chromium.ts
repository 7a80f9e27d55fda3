/** A browser for the tests of the page: Debian's chromium-headless-shell, or chromium; installed by apt where that may be. */
import { run, which } from './command';

const PACKAGES = ['chromium-headless-shell', 'fonts-dejavu-core'] as const;
const INSTALL = `apt-get update && apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`;
const MISSING = `Chromium is missing, in which the page is tested: install it (${INSTALL})`;

/** Path of the program; undefined where there is none. */
export function findChromium(): string | undefined {
  return which('chromium-headless-shell') ?? which('chromium');
}

/** Throws, naming what installs it, rather than let a test be skipped. */
export function chromium(): string {
  const found = findChromium();
  if (found === undefined) throw new Error(`${MISSING}, or run npm run setup:real as root`);
  return found;
}

/** As root, with apt. Rejects with what to do where that is not so. */
export async function installChromium(): Promise<void> {
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Error(MISSING);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], { env });
  } catch (error) {
    throw new Error(MISSING, { cause: error });
  }
  chromium();
}
