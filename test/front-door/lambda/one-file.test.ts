/** The function is one file that fetches nothing and runs nothing but what it holds (CR-44). */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

const bundle = join(__dirname, '../../../dist/lambda/index.js');
const code = readFileSync(bundle, 'utf8');

test('it asks for modules of Node alone, and for none that runs programs or code', () => {
  const asked = new Set(
    [...code.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name = '']) => name),
  );
  expect(asked.size).toBeGreaterThan(3);
  expect([...asked].filter((name) => !isBuiltin(name))).toEqual([]);
  const dangerous = /^(?:node:)?(?:child_process|worker_threads|cluster|vm|inspector|repl|wasi)$/;
  expect([...asked].filter((name) => dangerous.test(name))).toEqual([]);
  expect(code).not.toMatch(/\beval\(|new Function\(|\bimport\(\s*["'`](?!node:)/);
});

test('it loads in an empty environment and exports the handler, with two parameters', () => {
  const program = `const { handler } = require(${JSON.stringify(bundle)}); process.stdout.write(typeof handler + handler.length);`;
  const said = execFileSync(process.execPath, ['-e', program], { env: {}, encoding: 'utf8' });
  expect(said).toBe('function2');
});
