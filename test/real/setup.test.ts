/** What the setup says where something is missing, and that two of them do not meet. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speak } from './rig/kubernetes-door';
import { withLock } from './setup/cache';
import { etcd, kubeApiserver, kubectl } from './setup/kubernetes';

let folder = '';
const before = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-setup-'));
});

afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true, force: true });
});

test('on a bare machine everything that is missing is named with what installs it, and nothing passes', async () => {
  const loader = join(__dirname, '..', '..', 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const said = await speak(process.execPath, ['--import', loader, join(__dirname, 'setup.ts')], {
    PATH: folder,
    XDG_CACHE_HOME: folder,
    HOME: folder,
  });
  expect(said.status).toBe(1);
  for (const what of [
    /go .*is missing, which builds kube-apiserver.*install/,
    /is missing, which builds kubectl/,
    /is missing, which builds role-aggregation/,
    /is missing, which builds aws-iam-authenticator/,
    /etcd is missing: install it \(apt-get/,
    /Python 3\.10 or newer .*is missing.*apt-get/,
    /npm is missing/,
    /Chromium is missing.*install it \(apt-get/,
    /Firefox is missing.*install it \(apt-get/,
  ]) {
    expect(said.stderr).toMatch(what);
  }
  expect(said.stdout).not.toContain('everything is there');
});

test('programs of KUBEBUILDER_ASSETS come first', () => {
  for (const name of ['kube-apiserver', 'etcd', 'kubectl']) {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  }
  process.env['KUBEBUILDER_ASSETS'] = folder;
  expect([kubeApiserver(), etcd(), kubectl()]).toEqual([
    join(folder, 'kube-apiserver'),
    join(folder, 'etcd'),
    join(folder, 'kubectl'),
  ]);
});

test('two setups take turns, and the lock of one that died is taken over', async () => {
  process.env['XDG_CACHE_HOME'] = folder;
  let inside = 0;
  const work = async (): Promise<number> => {
    inside += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
    const seen = inside;
    inside -= 1;
    return seen;
  };
  expect(await Promise.all([1, 2, 3].map(() => withLock(() => undefined, work)))).toEqual([1, 1, 1]);

  const dead = await speak('/bin/sh', ['-c', 'echo $$'], {});
  writeFileSync(join(folder, 'cfn-eks-access', 'setup.lock'), dead.stdout.trim());
  expect(await withLock(() => undefined, work)).toBe(1);
});
