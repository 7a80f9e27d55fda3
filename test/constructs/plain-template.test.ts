/** The template for people without CDK: the same stack, self-contained, the same bytes every time. */
import './fast-synth';
import { App } from 'aws-cdk-lib';
import { Template as CdkTemplate } from 'aws-cdk-lib/assertions';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, checkBundle, MAX_BUNDLE_BYTES, readBundle } from '../../cdk/bundle';
import { ProviderStack } from '../../cdk/stacks/provider-stack';
import { packageTemplate, plainTemplate } from '../../build/template';
import { DEFAULT_ACCESS_POLICIES } from '../../access/guardrails/access-policies';
import { DEFAULT_RIGHTS } from '../../access/guardrails/rights';
import { parseGuardrails } from '../../access/guardrails/guardrails';
import { isObject, type Json, primitivesAsStrings } from '../../local/aws/cloudformation/json';
import { type Template } from '../../local/aws/cloudformation/template/template';
import { asParameters, readTemplate, resolved } from './policies';

const root = join(__dirname, '../..');
const builtCode = readFileSync(join(root, 'dist/lambda/index.js'), 'utf8');
const bundle: Bundle = readBundle();
const text = plainTemplate(bundle);
const template = readTemplate(text);

function propertiesOf(
  type: string,
  parameters: Record<string, string> = {},
  from: Template = template,
): Record<string, unknown> {
  const resource = [...from.resources.values()].find((candidate) => candidate.type === type);
  return resolved(resource?.properties, from, parameters) as Record<string, unknown>;
}

test('the code inside is the built bundle, byte for byte', () => {
  const code = propertiesOf('AWS::Lambda::Function')['Code'] as { readonly ZipFile: string };
  expect(code.ZipFile === builtCode).toBe(true);
});

test('it is ASCII, fits with room to spare, and needs nothing of the CDK', () => {
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  expect(/[^\x00-\x7f]/.exec(text)?.[0]).toBeUndefined();
  expect(Buffer.byteLength(text)).toBeLessThan(800_000);
  const around = text.replace(/ZipFile: [\s\S]*?\n {6}DeadLetterConfig/, '');
  expect(around.length).toBeLessThan(90_000);
  expect(/cdk|bootstrap|S3Bucket|AssetParameters|hnb659fds/i.exec(around)?.[0]).toBeUndefined();
});

test('two builds give the same bytes, and the description says which code it is', () => {
  expect(plainTemplate(bundle) === text).toBe(true);
  const sha256 = createHash('sha256').update(builtCode).digest('hex');
  expect(template.description).toContain(sha256);
  expect(template.description).toContain(bundle.version);
  expect(propertiesOf('AWS::Lambda::Function')['Description']).toContain(sha256);
});

test('it has the resources and outputs of the construct, under the same logical ids', () => {
  const ofConstruct = CdkTemplate.fromStack(
    new ProviderStack(new App(), 'EksAccessProvider', {
      provider: { guardrails: { allowModeChange: true } },
    }),
  ).toJSON() as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    Outputs: Record<string, unknown>;
  };
  // What depends on a parameter is there in the construct where its prop is given.
  const resources = [...template.resources].filter(
    ([, { type }]) => !/^AWS::(CloudWatch::|EC2::|Events::|Logs::QueryDefinition$)/.test(type),
  );
  expect(resources.map(([id]) => id)).toEqual(Object.keys(ofConstruct.Resources));
  const outputs = [...template.outputs].filter(([, { condition }]) => condition === undefined);
  expect(outputs.map(([id]) => id)).toEqual(Object.keys(ofConstruct.Outputs));
  for (const [id, { Properties }] of Object.entries(ofConstruct.Resources)) {
    // The policy is compared by what it allows (execution-policy.test.ts); code and guardrails by the tests around.
    const plain = template.resources.get(id)?.properties;
    expect([id, comparable(plain, template)]).toEqual([id, comparable(Properties)]);
  }
});

/** The policy is compared by what it allows (execution-policy.test.ts); code and guardrails by the tests around. */
function comparable(properties: unknown, from?: Template): unknown {
  const all = Object.entries(resolved(properties, from) as Record<string, Json>);
  const rest = all.filter(([name]) => !['PolicyDocument', 'Code', 'Environment'].includes(name));
  return primitivesAsStrings(Object.fromEntries(rest));
}

describe('parameters', () => {
  const guardrailsFor = (parameters: Record<string, string>): unknown => {
    const environment = propertiesOf('AWS::Lambda::Function', parameters)['Environment'];
    const variables = isObject(environment) ? environment['Variables'] : undefined;
    return parseGuardrails((variables as Record<string, string>)['EKS_ACCESS_GUARDRAILS']);
  };

  test('the defaults are the guardrails’ defaults', () => {
    expect(guardrailsFor({})).toEqual({
      clusters: ['*'],
      accessPolicies: DEFAULT_ACCESS_POLICIES,
      rights: DEFAULT_RIGHTS,
      allowNodes: false,
      allowClusterAdmin: false,
      allowTakeover: 'none',
      allowModeChange: false,
    });
  });

  test('become the guardrails', () => {
    const guardrails = {
      clusters: ['prod', 'dev-*'],
      principalAccounts: ['111122223333', '444455556666'],
      groups: ['team-*', 'system:authenticated'],
      userNames: ['team-*', 'arn:*'],
      accessPolicies: ['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy@dev', 'AmazonEKSEditPolicy@dev-*'],
      rights: ['view*', 'edit-plus-custom-resources@team-*'],
      allowNodes: true,
      allowClusterAdmin: true,
      allowTakeover: 'unrecorded' as const,
      allowModeChange: true,
    };
    expect(guardrailsFor(asParameters(guardrails))).toEqual(guardrails);
  });

  test.each([
    [{ AccessPolicies: '', EditNamespaces: '', AdminNamespaces: '' }, []],
    [{ AccessPolicies: 'a,b', EditNamespaces: '', AdminNamespaces: '' }, ['a', 'b']],
    [
      { AccessPolicies: '', EditNamespaces: 'x,y', AdminNamespaces: '' },
      ['AmazonEKSEditPolicy@x', 'AmazonEKSEditPolicy@y'],
    ],
    [{ AccessPolicies: '', EditNamespaces: '', AdminNamespaces: 'x' }, ['AmazonEKSAdminPolicy@x']],
    [{ AccessPolicies: 'a', EditNamespaces: '', AdminNamespaces: 'x' }, ['a', 'AmazonEKSAdminPolicy@x']],
    [
      { AccessPolicies: '', EditNamespaces: 'x', AdminNamespaces: 'y' },
      ['AmazonEKSEditPolicy@x', 'AmazonEKSAdminPolicy@y'],
    ],
  ])('%j list %j', (parameters, accessPolicies) => {
    expect(guardrailsFor(parameters)).toMatchObject({ accessPolicies });
  });

  test('the function knows its own role', () => {
    expect(propertiesOf('AWS::Lambda::Function')['Environment']).toMatchObject({
      Variables: { EKS_ACCESS_ROLE_ARN: expect.stringMatching(/^ProviderRole\w+\.Arn$/) as string },
    });
  });

  test.each([
    ['Clusters', 'prod"],"allowClusterAdmin":true,"x":["'],
    ['Groups', 'a"b'],
    ['Groups', 'a\\'],
    ['PrincipalAccounts', '1234'],
    ['AccessPolicies', 'a"'],
    ['UserNames', 'a"b'],
    ['EditNamespaces', 'a"'],
    ['AdminNamespaces', 'A@b'],
    ['AllowTakeover', 'yes'],
    ['AllowNodes', 'yes'],
    ['ExportName', 'a b'],
    ['FollowMode', 'yes'],
    ['FollowEveryMinutes', '4'],
  ])('%s refuses %s', (name, value) => {
    expect(() => guardrailsFor({ [name]: value })).toThrow(name);
  });

  test('network, boundary, retention and export name', () => {
    expect(propertiesOf('AWS::Lambda::Function')).not.toHaveProperty('VpcConfig');
    expect(propertiesOf('AWS::IAM::Role')).not.toHaveProperty('PermissionsBoundary');
    const parameters = { SubnetIds: 'subnet-1a,subnet-2b', SecurityGroupIds: 'sg-1a' };
    expect(propertiesOf('AWS::Lambda::Function', parameters)['VpcConfig']).toEqual({
      SubnetIds: ['subnet-1a', 'subnet-2b'],
      SecurityGroupIds: ['sg-1a'],
    });
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    expect(propertiesOf('AWS::IAM::Role', { PermissionsBoundary: boundary })['PermissionsBoundary']).toBe(
      boundary,
    );
    expect(Number(propertiesOf('AWS::Logs::LogGroup', { LogRetentionDays: '30' })['RetentionInDays'])).toBe(
      30,
    );
    expect(resolved(template.outputs.get('ServiceToken')?.exportName, template, { ExportName: 'Mine' })).toBe(
      'Mine',
    );
    expect(resolved(template.outputs.get('RoleArn')?.exportName, template, { ExportName: 'Mine' })).toBe(
      'Mine-RoleArn',
    );
  });
});

test('samples/provider.yaml is the same with the code beside it; `npx tsx build/template.ts --samples` writes it anew', () => {
  const committed = readTemplate(readFileSync(join(root, 'samples/provider.yaml'), 'utf8'));
  const generated = readTemplate(packageTemplate(bundle));
  expect(Object.fromEntries(committed.resources)).toEqual(Object.fromEntries(generated.resources));
  expect([...committed.parameters]).toEqual([...generated.parameters]);
  expect([...committed.conditions]).toEqual([...generated.conditions]);
  expect([...committed.outputs]).toEqual([...generated.outputs]);
  expect(propertiesOf('AWS::Lambda::Function', {}, committed)['Code']).toBe('../dist/lambda');
});

describe('a bundle', () => {
  test('that is too large is refused', () => {
    expect(() => checkBundle('x'.repeat(MAX_BUNDLE_BYTES))).not.toThrow();
    expect(() => checkBundle('x'.repeat(MAX_BUNDLE_BYTES + 1))).toThrow(
      'the function bundle has 700001 bytes',
    );
  });

  test('that is not ASCII is refused', () => {
    expect(() => checkBundle('const a = "é"')).toThrow('the non-ASCII character "é" at 11');
  });

  test('that was not built is asked for', () => {
    expect(() => readBundle(join(root, 'nowhere'))).toThrow('run `npm run build:lambda` first');
  });
});
