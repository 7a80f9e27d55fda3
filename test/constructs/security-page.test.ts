import './fast-synth';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { securityPage } from '../../build/security-page';

test('docs/security.md shows the policy that the construct makes: fix with npm run generate', () => {
  expect(readFileSync(join(__dirname, '../../docs/security.md'), 'utf8')).toBe(securityPage());
});
