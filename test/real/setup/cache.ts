/**
 * The cache of what the tier of real parts needs, outside the repository. One folder for each version of each part,
 * complete or not there at all, so that a second run finds everything and an interrupted one leaves nothing half made.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** `$XDG_CACHE_HOME/cfn-eks-access`, by default `~/.cache/cfn-eks-access`. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? '';
  return join(base === '' ? join(homedir(), '.cache') : base, 'cfn-eks-access');
}

/** Something that is made once and then found. */
export interface Artifact {
  /** For people: `kube-apiserver 1.34.4`. */
  readonly title: string;
  /** Name of its folder in the cache: changes with everything that it is made of. */
  readonly key: string;
  /** The file that is wanted, inside the folder. */
  readonly file: string;
  /** How long it takes the first time, for people. */
  readonly takes: string;
  /** Makes it in `folder`, which is empty; rejects with what to do about it. */
  readonly build: (folder: string) => Promise<void>;
}

/** A key that changes when one of the files does. */
export function keyOf(name: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return `${name}-${hash.digest('hex').slice(0, 12)}`;
}

const complete = '.complete';

export function folderOf({ key }: Artifact): string {
  return join(cacheFolder(), key);
}

/** Path of the wanted file; undefined when it has not been made. */
export function find(artifact: Artifact): string | undefined {
  const folder = folderOf(artifact);
  return existsSync(join(folder, complete)) ? join(folder, artifact.file) : undefined;
}

/** Makes the artifact unless it is there. Call with the lock held. */
export async function make(artifact: Artifact): Promise<void> {
  if (find(artifact)) return;
  const folder = folderOf(artifact);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await artifact.build(folder);
  if (!existsSync(join(folder, artifact.file)))
    throw new Error(`${artifact.title}: the build left no ${artifact.file}`);
  writeFileSync(join(folder, complete), '');
}

/** Runs `work` while no other setup works on the same cache; a lock whose owner died is taken over. */
export async function withLock<T>(onWait: (owner: number) => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(cacheFolder(), { recursive: true });
  const lock = join(cacheFolder(), 'setup.lock');
  for (let told = false; !take(lock); told = true) {
    const owner = ownerOf(lock);
    if (owner !== undefined && !isAlive(owner)) rmSync(lock, { force: true });
    else if (!told && owner !== undefined) onWait(owner);
    await pause(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined while the owner is just writing its name, or has just gone. */
function ownerOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
