/** The built page: one file, the same at every build, that can load nothing and lead nowhere but to documentation. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { eksAccess, root } from '../cli/program';

const html = readFileSync(join(root, 'dist/site/index.html'), 'utf8');
const [script = '', ...otherScripts] = inside('script');
const [style = '', ...otherStyles] = inside('style');

function inside(tag: string): readonly string[] {
  return [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, 'gs'))].map(([, text = '']) => text);
}

/** The markup, without what is inside of script and style. */
const markup = html.replace(script, '').replace(style, '');
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(markup)?.[1] ?? '';

test('it is as small as the build says it has to be', () => {
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(256_000);
  expect(gzipSync(html, { level: 9 }).length).toBeLessThanOrEqual(87_000);
});

test('the policy lets run the one script and the one style that are in it, by their hashes, and nothing else', () => {
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  expect([otherScripts, otherStyles]).toEqual([[], []]);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${hash(script)}'`,
    `style-src 'sha256-${hash(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  // Nothing is before it that it would not hold for.
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(
    html.search(/<(?:link|style|script|img|title)\b/),
  );
});

test('no markup runs, styles or loads by itself', () => {
  expect(markup).not.toMatch(
    /\son\w+=|\sstyle=|\ssrc=|javascript:|<(?:iframe|object|embed|form|base|img)\b/i,
  );
  const targets = [...markup.matchAll(/\shref="([^"]*)"/g)].map(([, target]) => target);
  expect(targets).toEqual([
    'data:,',
    '#result',
    'https://github.com/kubernetes-sigs/aws-iam-authenticator',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  ]);
  expect(markup.match(/<a [^>]*href="https/g)?.length).toBe(
    markup.match(/<a rel="noreferrer"\s+href="https/g)?.length,
  );
  expect(style).not.toMatch(/url\(|@import/);
});

test('the script has no way out: no network, storage, navigation, or text that becomes markup', () => {
  const words =
    /(?<![.\w])fetch\((?![^)]*\)\{)|\b(?:XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|sendBeacon|localStorage|sessionStorage|indexedDB|innerHTML|outerHTML|insertAdjacentHTML|serviceWorker|importScripts)\b|\bimport\(|\beval\(|new Function\b|document\.(?:write|cookie|location)|window\.|\blocation\s*[.=]/;
  expect(words.exec(script)?.[0]).toBeUndefined();
  expect(words.test('void fetch("x")')).toBe(true);
});

test('without scripts it says what to do instead', () => {
  expect(/<noscript>(.*?)<\/noscript>/s.exec(html)?.[1]).toContain('eks-access doctor');
});

test('it names its licence', () => {
  expect(html).toContain('Apache-2.0');
});

test('the same sources make the same bytes', () => {
  const code =
    "import('./build/site.mjs').then(({ sitePage }) => sitePage()).then((html) => process.stdout.write(html))";
  const again = execFileSync(process.execPath, ['-e', code], { cwd: root, encoding: 'utf8' });
  expect(createHash('sha256').update(again).digest('hex')).toBe(
    createHash('sha256').update(html).digest('hex'),
  );
});

test('eks-access page says where it is, beside the program', () => {
  const { stdout, code } = eksAccess(['page']);
  const path = stdout.trimEnd();
  expect([code, path]).toEqual([0, join(root, 'dist/cli/page.html')]);
  expect(readFileSync(path, 'utf8')).toBe(html);
  expect(JSON.parse(eksAccess(['page', '--json']).stdout)).toEqual({ version: 1, command: 'page', path });
  expect(eksAccess(['page', '--plain']).stdout).toBe(`${path}\n`);
});
