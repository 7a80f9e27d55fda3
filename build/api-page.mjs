/**
 * Writes API.md, the reference of the constructs, from their jsii assembly (`npm run build:constructs`).
 * `--check`: writes nothing, and fails where the committed page is another.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'api-page-'));
try {
  const file = join(folder, 'API.md');
  const docgen = join(root, 'node_modules/jsii-docgen/bin/jsii-docgen');
  const made = spawnSync(process.execPath, [docgen, '--output', file], { cwd: root, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${made.stdout}${made.stderr}`);
  const page = `${readFileSync(file, 'utf8').trimEnd()}\n`;
  const present = join(root, 'API.md');
  if (!process.argv.includes('--check')) writeFileSync(present, page);
  else if (readFileSync(present, 'utf8') !== page)
    throw new Error('API.md is not what the constructs say: run npm run generate:api and commit it');
  console.log(`API.md: ${page.split('\n').length} lines`);
} finally {
  rmSync(folder, { recursive: true });
}
