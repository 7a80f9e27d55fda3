/** The samples: every one is a template that CloudFormation takes, and its properties pass the function's door. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { parseModeProperties } from '../../lambda/cloudformation/mode-properties';
import { parseProperties, parseResourceType } from '../../lambda/cloudformation/properties';
import { AWS_AUTH, MODE_RESOURCE_TYPE, PROVIDER_GROUP, RBAC_MANIFEST } from '../../access/contract';
import { type Json, primitivesAsStrings } from '../../local/aws/cloudformation/json';
import { parameterTexts } from '../../local/aws/cloudformation/template/parameters';
import { parseTemplate } from '../../local/aws/cloudformation/template/parse-template';
import { resolve } from '../../local/aws/cloudformation/template/resolve';
import { stackScope } from '../../local/aws/cloudformation/stack/scope';

const root = join(__dirname, '../..');
const folder = join(root, 'samples');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const NEW_CLUSTER = '6-new-cluster.yaml';
const NAMED_RIGHTS = '12-named-rights.yaml';
/** One, where a sample is not named. */
const MAPPINGS: Readonly<Record<string, number>> = { [NEW_CLUSTER]: 4, [NAMED_RIGHTS]: 2 };
const templates = readdirSync(folder).filter((file) => /^\d+-.*\.yaml$/.test(file) && !file.includes('rbac'));

/** The properties of the custom resources with the parameters' defaults, as the function would get them. */
function customResources(file: string): { readonly type: string; readonly properties: unknown }[] {
  const template = parseTemplate(read(file), { source: file });
  const scope = stackScope({
    stack: { id: 'stack', name: 'stack', resources: new Map() },
    template,
    parameters: parameterTexts(template, {}, () => undefined),
    accountId: '111122223333',
    region: 'us-east-1',
    exported: (name) =>
      name === 'EksAccessServiceToken' ? 'arn:aws:lambda:us-east-1:111122223333:function:eks' : undefined,
    outputsOf: () => undefined,
    ssm: () => undefined,
  });
  const attribute = (id: string): string =>
    `arn:aws:iam::111122223333:${/user/i.test(id) ? 'user' : 'role'}/${id}`;
  const ref = (name: string): Json | undefined => scope.ref(name) ?? name;
  return [...template.resources.values()]
    .filter(({ type }) => type.startsWith('Custom::'))
    .map(({ type, properties }) => ({
      type,
      properties: primitivesAsStrings(resolve(properties, { ...scope, ref, attribute }, file) as Json),
    }));
}

test('there are twelve', () => {
  const numbers = templates.map((file) => Number(file.replace(/-.*/, '')));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test('the sixth maps nodes, administrators, developers and a function', () => {
  expect(customResources(NEW_CLUSTER).map(({ type }) => type)).toEqual([
    ...Array.from({ length: 4 }, () => 'Custom::EksMapRolesEntry'),
    'Custom::WhoAmI',
  ]);
});

describe.each(templates)('%s', (file) => {
  test('has resources that the function accepts: one, but for the samples that map several roles', () => {
    const mappings = customResources(file).filter(({ type }) => type !== 'Custom::WhoAmI');
    expect(mappings).toHaveLength(MAPPINGS[file] ?? 1);
    for (const { type, properties } of mappings) {
      const cluster = file === NEW_CLUSTER ? 'Cluster' : 'my-cluster';
      const isMode = type === MODE_RESOURCE_TYPE;
      const parsed = isMode
        ? parseModeProperties(properties)
        : parseProperties(parseResourceType(type), properties);
      expect(parsed).toMatchObject({ cluster });
      expect(properties).toMatchObject({ ServiceTimeout: isMode ? '900' : '600' });
    }
  });

  test('says how it is run, with files that exist', () => {
    const text = read(file);
    expect(text).toContain(`npm start -- samples/${file} --mode `);
    expect(text).toContain(`aws cloudformation deploy --template-file samples/${file} `);
    expect(text).toMatch(/^# Modes: /m);
    const named = [...text.matchAll(/samples\/[\w.-]+\.yaml/g)].map(([name]) => name);
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  test('names parameters that it has where it shows how to give them', () => {
    const text = read(file);
    const parameters = parseTemplate(text).parameters;
    const named = [...text.matchAll(/(?:--parameters|--parameter-overrides) (.+)$/gm)].flatMap(
      ([, list = '']) => list.split(' ').map((pair) => pair.split('=')[0] ?? ''),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !parameters.has(name))).toEqual([]);
  });
});

test('the mapping of sample 1 is the one that was asked for', () => {
  expect(customResources('1-lambda-role.yaml')).toMatchObject([
    { type: 'Custom::EksMapRolesEntry', properties: { UserName: 'lambdafoo', Groups: ['system:masters'] } },
  ]);
});

describe('manifests', () => {
  interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly rules?: readonly unknown[];
    readonly roleRef?: { readonly kind: string; readonly name: string };
    readonly subjects?: readonly unknown[];
  }
  const manifests = (file: string): Manifest[] => loadAll(read(file)) as Manifest[];

  test('the provider may read and write aws-auth, and nothing else', () => {
    expect(RBAC_MANIFEST).toBe('samples/provider-rbac.yaml');
    const [role, binding, ...others] = manifests('provider-rbac.yaml');
    expect(others).toEqual([]);
    expect(role).toMatchObject({ kind: 'Role', metadata: { namespace: AWS_AUTH.namespace } });
    expect(role?.rules).toEqual([
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: [AWS_AUTH.name],
        verbs: ['get', 'update', 'create', 'patch'],
      },
    ]);
    expect(binding).toMatchObject({
      kind: 'RoleBinding',
      metadata: { namespace: AWS_AUTH.namespace },
      roleRef: { kind: 'Role', name: role?.metadata.name },
      subjects: [{ kind: 'Group', name: PROVIDER_GROUP }],
    });
  });

  test('the commands beside them use the group that is bound', () => {
    const text = read('provider-rbac.yaml');
    expect(text).toContain(`--username ${PROVIDER_GROUP} --group ${PROVIDER_GROUP}`);
    expect(text).toContain(`--kubernetes-groups ${PROVIDER_GROUP}`);
  });

  test('the developers’ group is the one that sample 5 maps', () => {
    const [namespace, role, binding] = manifests('5-developer-rbac.yaml');
    const [mapping] = customResources('5-developer-role.yaml');
    expect(mapping?.properties).toMatchObject({ Groups: ['developers'] });
    expect(binding).toMatchObject({
      roleRef: { name: role?.metadata.name },
      subjects: [{ kind: 'Group', name: 'developers' }],
    });
    expect([role?.metadata.namespace, binding?.metadata.namespace]).toEqual([
      namespace?.metadata.name,
      namespace?.metadata.name,
    ]);
  });
});
