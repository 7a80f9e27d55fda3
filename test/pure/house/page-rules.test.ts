/** The lint rules that keep what was pasted in the page: each is seen to refuse what it is for. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

const REFUSED: readonly (readonly [code: string, why: RegExp])[] = [
  ["location.href = 'https://example.com/';", /goes anywhere/],
  ["location.assign('https://example.com/');", /goes anywhere/],
  ["document.location = 'https://example.com/';", /goes anywhere/],
  ["open('https://example.com/');", /goes anywhere/],
  ["history.pushState('', '', '#x');", /goes anywhere/],
  ["void fetch('https://example.com/');", /asks no network/],
  ['new XMLHttpRequest();', /asks no network/],
  ["new WebSocket('wss://example.com/');", /asks no network/],
  ["new EventSource('https://example.com/');", /asks no network/],
  ['new RTCPeerConnection();', /asks no network/],
  ["navigator.sendBeacon('https://example.com/');", /asks no network/],
  ["new Image().src = 'https://example.com/';", /asks no network/],
  ["localStorage.setItem('a', 'b');", /not kept/],
  ["sessionStorage.setItem('a', 'b');", /not kept/],
  ["indexedDB.open('a');", /not kept/],
  ["document.cookie = 'a=b';", /not kept/],
  ["document.body.innerHTML = '<img>';", /never becomes markup/],
  ["document.body.insertAdjacentHTML('beforeend', '<img>');", /never becomes markup/],
  ["document.write('<img>');", /never becomes markup/],
  ["eval('1');", /never becomes markup/],
  ["window.open('https://example.com/');", /name what is used/],
  ["globalThis.fetch('https://example.com/');", /name what is used/],
];
const ALLOWED = "document.body.textContent = 'text';";

/** One line each, all in one run of the linter. */
const refusals = lint([...REFUSED.map(([code]) => code), ALLOWED].join('\n'));

test.each(REFUSED.map(([code, why], index) => [code, why, index + 1] as const))('%s', (_, why, line) => {
  expect(refusals.filter((each) => each.line === line)).toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(why) as string }),
  );
});

test('what the page does is allowed', () => {
  expect(refusals.filter(({ line }) => line > REFUSED.length)).toEqual([]);
});

function lint(code: string): readonly { readonly line: number; readonly message: string }[] {
  const words = ['--stdin', '--stdin-filename', 'site/main.ts', '--format', 'json'];
  const program = join(root, 'node_modules/eslint/bin/eslint.js');
  const { stdout } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    input: code,
    encoding: 'utf8',
  });
  const [result] = JSON.parse(stdout) as readonly { readonly messages: typeof refusals }[];
  return result?.messages ?? [];
}
