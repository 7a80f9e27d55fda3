/**
 * Builds the page: dist/site/index.html, one file with its style and script inside and a policy that lets nothing else
 * run (docs/decisions/0013). The same sources make the same bytes. Fails over its size.
 */
import { minify } from '@swc/core';
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { leftOut } from './site-left-out.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const limits = { bytes: 256_000, gzipped: 87_000 };

/** The page as text. */
export async function sitePage() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const style = await bundled('site/style.css', true);
  const { code: script } = await minify(await bundled('site/main.ts', false), SECOND_PASS);
  // A text of the page's own must not close the element that it is in.
  const code = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash(code)}'`,
    `style-src 'sha256-${hash(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const parts = {
    '<!-- LICENCES -->': `<!--\n${licences(version)}-->`,
    POLICY: policy,
    VERSION: version,
  };
  let html = readFileSync(join(root, 'site/index.html'), 'utf8');
  for (const [name, text] of Object.entries(parts)) html = html.replace(name, () => text);
  // Blanks between the elements of the page's own markup count once.
  html = html.replace(/\n\s*/g, '\n');
  html = html
    .replace('<!-- STYLE -->', () => `<style>${style}</style>`)
    .replace('<!-- SCRIPT -->', () => `<script>${code}</script>`);
  return html;
}

// 3 KB less than esbuild alone, gzipped.
const SECOND_PASS = {
  compress: { passes: 3, unsafe_arrows: true, pure_getters: true, toplevel: true },
  mangle: { toplevel: true },
  format: { asciiOnly: true, comments: false },
  ecma: 2022,
  module: false,
};

/** Of our own objects, which no JSON, attribute or text of a key ever meets: 3 KB less with short names. */
const OWN_NAMES =
  /^(?:isReplaced|givesAccess|inDocument|canonical|lookedUp|isShort|splices|notices|standing|reading|loaded|parsed|written|clause|effect|sentence|isFlow|identities|dropped|sections|scanner|queue|visible|counting|planned|pieces|marks|braces|spanOf|lineOf|isInstanceOnly|keyAllowed|flowLevel|emptyNode|groupsColumn|keyColumn|takeBreak|lineStart|positionAt|increment|isKnown|isIncluded|madeBy|holdsBack|headline|verdict|remarks|dropKey|newline|anchor|applied|canBeApplied|hasOwners|inForce|entriesProblem|awsAuth|excerpt|guessed|brackets|isQuestion|problem|right|why|lastEnd|pushIndicator|addExact|chomping|commentedOut|unseenOf|nodeOf|columnOf|isMeant|isPartial|isWhole|isAsked|isName)$/;

async function bundled(entry, minified) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    // Not as an entry point: below a package.json with type commonjs each of its modules would be wrapped, to be loaded late.
    stdin: {
      contents: readFileSync(join(root, entry), 'utf8'),
      resolveDir: join(root, dirname(entry)),
      sourcefile: basename(entry),
      loader: entry.endsWith('.ts') ? 'ts' : 'css',
    },
    bundle: true,
    minify: minified,
    minifySyntax: true,
    write: false,
    format: 'iife',
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    charset: 'ascii',
    legalComments: 'none',
    ...(entry.endsWith('.ts') ? { plugins: [leftOut(root)], mangleProps: OWN_NAMES } : {}),
  });
  return outputFiles[0].text.trim();
}

function hash(text) {
  return createHash('sha256').update(text).digest('base64');
}

function licences(version) {
  return `cfn-eks-access ${version}, Apache-2.0: https://www.apache.org/licenses/LICENSE-2.0\n`;
}

/** Writes it, and says how long it is. */
export async function buildSite() {
  const html = await sitePage();
  mkdirSync(join(root, 'dist/site'), { recursive: true });
  writeFileSync(join(root, 'dist/site/index.html'), html);
  const gzipped = gzipSync(html, { level: 9 }).length;
  const bytes = Buffer.byteLength(html);
  console.log(
    `dist/site/index.html: ${bytes} bytes, ${gzipped} gzipped, SHA-256 ${createHash('sha256').update(html).digest('hex')}`,
  );
  if (bytes <= limits.bytes && gzipped <= limits.gzipped) return;
  console.error(`the page may have ${limits.bytes} bytes, and ${limits.gzipped} gzipped`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite();
