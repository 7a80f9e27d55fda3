/** What the documents show must be so: templates are valid and run, code compiles against the constructs, links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseTemplate } from '../../local/aws/cloudformation/template/parse-template';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { at, placed } from '../pure/access/desired';
import { parseProperties } from '../../lambda/cloudformation/properties';

const root = join(__dirname, '../..');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? markdownIn(`${folder}/${entry.name}`)
      : entry.name.endsWith('.md')
        ? [`${folder}/${entry.name}`]
        : [],
  );
}

test.each(documents)('every link of %s to a file of the project leads to one', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(
    ([, target]) => target ?? '',
  );
  const missing = targets.filter((target) => !existsSync(join(root, dirname(path), target)));
  expect(missing).toEqual([]);
});

test('the template of the README is valid, and the default guardrails allow it', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const block = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const role = 'FunctionRole:\n  Type: AWS::IAM::Role\n  Properties: { AssumeRolePolicyDocument: {} }\n';
  const template = parseTemplate(`Resources:\n${(block + role).replace(/^/gm, '  ')}`, {
    source: 'README.md',
  });
  const { properties } = template.resources.get('LambdaKubeUser') ?? {};
  const values = {
    ...(properties as object),
    ServiceToken: 'arn',
    RoleArn: 'arn:aws:iam::111122223333:role/x',
  };
  const desired = parseProperties('Custom::EksMapRolesEntry', values);
  expect(desired).toMatchObject({ userName: 'lambdafoo' });
  // With the guardrails that a provider has when its owner sets none.
  for (const authenticationMode of ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const) {
    const cluster = at(authenticationMode);
    checkGuardrails(desired, placed(desired, cluster), {}, cluster);
  }
});

test('every option of npm start that the README uses exists', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const commandLine = readFileSync(join(root, 'local/demo/command-line.ts'), 'utf8');
  const used = [...readme.matchAll(/npm start -- .*/g)].flatMap(([line]) => line.match(/--[a-z-]+/g) ?? []);
  expect(used.length).toBeGreaterThan(3);
  for (const option of used) expect(commandLine).toContain(`'${option}'`);
});
