/** What the documents show must be so: templates are valid and run, code compiles against the constructs, links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseTemplate } from '../../local/aws/cloudformation/template/parse-template';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { at, placed } from '../pure/access/desired';
import { MODE_RESOURCE_TYPE, type ResourceType } from '../../access/contract';
import { parseModeProperties } from '../../lambda/cloudformation/mode-properties';
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

/** As GitHub makes them of headings, and those that a page sets itself. */
function anchorsOf(path: string): Set<string> {
  const text = readFileSync(join(root, path), 'utf8').replace(/^```.*?^```/gms, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
  const own = [...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...headings, ...own]);
}

test.each(documents)('every link of %s to a part of a page leads to one', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
  const missing = targets.filter(([, page = '', part = '']) => {
    const target = page === '' ? path : join(dirname(path), page);
    return target.endsWith('.md') && !anchorsOf(target).has(part);
  });
  expect(missing.map(([link]) => link)).toEqual([]);
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

describe('the custom resources that documents show', () => {
  const shown = documents.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/^ *```yaml\n(.*?)^ *```/gms)]
      .map(([, block = '']) => block)
      .filter((block) => block.includes('Type: Custom::Eks'))
      .map((block) => [path, block] as const),
  );

  test('are found', () => {
    expect(shown.map(([path]) => path)).toEqual([
      'README.md',
      'docs/day-two.md',
      'docs/moving-a-cluster.md',
      'docs/permission-sets.md',
    ]);
  });

  test.each(shown)('%s', (path, block) => {
    const indented = block.startsWith(' ') ? block : block.replace(/^/gm, '  ');
    const role = '  FunctionRole: {Type: AWS::IAM::Role}\n';
    const { resources } = parseTemplate(`Resources:\n${role}${indented}`, { source: path });
    const [, [, resource] = []] = [...resources];
    const type = resource?.type ?? '';
    const { properties = {} } = resource ?? {};
    const given = {
      ...properties,
      ServiceToken: 'arn',
      ...('RoleArn' in properties ? { RoleArn: 'arn:aws:iam::111122223333:role/x' } : {}),
    };
    const read =
      type === MODE_RESOURCE_TYPE
        ? parseModeProperties(given)
        : parseProperties(type as ResourceType, given, { accountId: '111122223333', partition: 'aws' });
    expect(read).toMatchObject({ cluster: properties['Cluster'] });
  });
});

test('every option of npm start that the README uses exists', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const commandLine = readFileSync(join(root, 'local/demo/command-line.ts'), 'utf8');
  const used = [...readme.matchAll(/npm start -- .*/g)].flatMap(([line]) => line.match(/--[a-z-]+/g) ?? []);
  expect(used.length).toBeGreaterThan(3);
  for (const option of used) expect(commandLine).toContain(`'${option}'`);
});
