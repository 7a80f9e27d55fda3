/** The path of a file as its repository names it, as GitHub wants it in annotations and SARIF. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/**
 * With forward slashes: from the folder that holds `.git`; outside of a repository from the working directory; of a file
 * that is in neither, its name.
 */
export function repositoryPath(file: string): string {
  const path = realpathSync(file);
  const from = rootOf(dirname(path)) ?? realpathSync(process.cwd());
  const found = relative(from, path).split(sep).join('/');
  return /^\.\.(?:\/|$)|^[A-Za-z]:/.test(found) ? basename(path) : found;
}

function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : rootOf(parent);
}
