/** Cluster roles as a prop and as parameters of the plain template: what the function reads, what IAM allows, what people paste. */
import './fast-synth';
import {
  App,
  aws_iam as iam,
  CfnParameter,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib';
import { Template as CdkTemplate } from 'aws-cdk-lib/assertions';
import { readClusterRoles } from '../../access/guardrails/cluster-roles';
import { plainTemplate } from '../../build/template';
import { readBundle } from '../../cdk/bundle';
import { type ClusterRole, EksAccessProvider, type EksAccessProviderProps } from '../../cdk/index';
import { type Template } from '../../local/aws/cloudformation/template/template';
import { readTemplate, resolved, templatePolicy } from './policies';
import { type Statement } from './iam';

const A = 'arn:aws:iam::111122223333:role/ci/creator';
const B = 'arn:aws:iam::444455556666:role/ops';
const plain = readTemplate(plainTemplate(readBundle()));

type Roles = Readonly<Record<string, { readonly arn: string; readonly externalId?: string }>>;

/** Template and parameters that say the same. */
function constructed(roles: Roles): Template {
  const stack = new Stack(new App(), 'stack', {
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
  });
  const clusterRoles: Record<string, ClusterRole> = {};
  Object.entries(roles).forEach(([cluster, { arn, externalId }], index) => {
    const role = iam.Role.fromRoleArn(stack, `R${index}`, arn);
    clusterRoles[cluster] = externalId === undefined ? { role } : { role, externalId };
  });
  new EksAccessProvider(stack, 'Provider', { clusterRoles });
  return readTemplate(JSON.stringify(CdkTemplate.fromStack(stack).toJSON()));
}

function parametersOf(roles: Roles): Record<string, string> {
  const all = Object.entries(roles);
  const hasIds = all.some(([, { externalId }]) => externalId !== undefined);
  return {
    ClusterRoleClusters: all.map(([cluster]) => cluster).join(','),
    ClusterRoleArns: all.map(([, { arn }]) => arn).join(','),
    ...(hasIds ? { ClusterRoleExternalIds: all.map(([, { externalId = '' }]) => externalId).join(',') } : {}),
  };
}

const forms: readonly (readonly [string, (roles: Roles) => readonly [Template, Record<string, string>]])[] = [
  ['construct', (roles) => [constructed(roles), {}]],
  ['plain template', (roles) => [plain, parametersOf(roles)]],
];

function variablesOf(template: Template, parameters: Record<string, string>): Record<string, string> {
  const handler = [...template.resources.values()].find(({ type }) => type === 'AWS::Lambda::Function');
  const { Environment } = resolved(handler?.properties, template, parameters) as {
    readonly Environment: { readonly Variables: Record<string, string> };
  };
  return Environment.Variables;
}

const assuming = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('sts:')));

function trustsOf(template: Template, parameters: Record<string, string>): unknown[] {
  return [...template.outputs]
    .filter(([name]) => name.includes('ClusterRoleTrust'))
    .map(([, { value }]) => JSON.parse(String(resolved(value, template, parameters))) as unknown);
}

const roles: Roles = {
  prod: { arn: A, externalId: 'id-1' },
  dev: { arn: B },
  test: { arn: B },
};

describe.each(forms)('the %s', (form, formOf) => {
  test('tells the function by which role it reaches which cluster', () => {
    const variables = variablesOf(...formOf(roles));
    const read = readClusterRoles(variables['EKS_ACCESS_CLUSTER_ROLES'], 'aws');
    expect(read.fault).toBeUndefined();
    expect([...read.roles]).toEqual([
      ['prod', { arn: A, key: 'arn:aws:iam::111122223333:role/creator', externalId: 'id-1' }],
      ['dev', { arn: B, key: B, externalId: undefined }],
      ['test', { arn: B, key: B, externalId: undefined }],
    ]);
  });

  test('lets the execution role assume exactly these roles', () => {
    const statements = assuming(templatePolicy(...formOf(roles)));
    expect(statements).toEqual([
      {
        Sid: 'ReachClusters',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: expect.anything() as unknown,
      },
    ]);
    expect(new Set(statements.flatMap(({ Resource }) => Resource))).toEqual(new Set([A, B]));
  });

  test('names none when none is given', () => {
    const [template, parameters] = formOf({});
    expect(variablesOf(template, parameters)).not.toHaveProperty('EKS_ACCESS_CLUSTER_ROLES');
    expect(assuming(templatePolicy(template, parameters))).toEqual([]);
    if (form === 'construct') expect(trustsOf(template, parameters)).toEqual([]);
    else expect(template.outputs.get('ClusterRoleTrust')?.condition).toBe('GivenClusterRoles');
  });

  test('prints the statement that trust policies need', () => {
    const [template, parameters] = formOf({ prod: { arn: A } });
    expect(trustsOf(template, parameters)).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: expect.stringMatching(/^Provider\w+\.Arn$/) as string },
        Action: 'sts:AssumeRole',
      },
    ]);
  });
});

test('the construct prints one statement for each external id', () => {
  const trusts = trustsOf(constructed(roles), {});
  expect(trusts).toMatchObject([{ Condition: { StringEquals: { 'sts:ExternalId': 'id-1' } } }, {}]);
  expect(trusts[1]).not.toHaveProperty('Condition');
});

test('the plain template prints one with all of them', () => {
  expect(trustsOf(plain, parametersOf(roles))).toMatchObject([
    { Condition: { StringEquals: { 'sts:ExternalId': ['id-1', '', ''] } } },
  ]);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['two clusters and one role', { ClusterRoleClusters: 'a,b', ClusterRoleArns: A }, /2 clusters and 1 role:/],
  ['a cluster alone', { ClusterRoleClusters: 'a' }, /for cluster a, "" is not the ARN/],
  ['a role alone', { ClusterRoleArns: A }, /names cluster ""/],
  [
    'too few external ids',
    { ClusterRoleClusters: 'a,b', ClusterRoleArns: `${A},${B}`, ClusterRoleExternalIds: 'id' },
    /2 clusters and 1 external id:/,
  ],
  ['a cluster twice', { ClusterRoleClusters: 'a,a', ClusterRoleArns: `${A},${B}` }, /names cluster a twice/],
])('parameters with %s stop the function', (_, parameters, fault) => {
  const value = variablesOf(plain, parameters)['EKS_ACCESS_CLUSTER_ROLES'];
  expect(readClusterRoles(value, 'aws').fault).toMatch(fault);
});

test.each([
  ['ClusterRoleClusters', 'a b'],
  ['ClusterRoleClusters', '*'],
  ['ClusterRoleArns', 'arn:aws:iam::111122223333:role/*'],
  ['ClusterRoleArns', 'arn:aws:iam::111122223333:user/a'],
  ['ClusterRoleExternalIds', 'a"b'],
])('%s refuses %s', (name, value) => {
  expect(() => variablesOf(plain, { [name]: value })).toThrow(name);
});

describe('the prop refuses', () => {
  const provider = (clusterRoles: (stack: Stack) => EksAccessProviderProps['clusterRoles']) => () => {
    const stack = new Stack(new App(), 'stack');
    return new EksAccessProvider(stack, 'Provider', { clusterRoles: clusterRoles(stack) ?? {} });
  };
  const named = (arn: string) => ({ roleRef: { roleArn: arn, roleName: 'x' } }) as iam.IRoleRef;

  test.each<[string, EksAccessProviderProps['clusterRoles'], RegExp]>([
    ['no cluster’s name', { 'a b': { role: named(A) } }, /clusterRoles is invalid: it names cluster "a b"/],
    ['a wildcard', { '*': { role: named(A) } }, /it names cluster "\*"/],
    [
      'a user',
      { prod: { role: named('arn:aws:iam::111122223333:user/a') } },
      /for cluster prod, .* not the ARN of an IAM role/,
    ],
    [
      'a pattern of roles',
      { prod: { role: named('arn:aws:iam::111122223333:role/*') } },
      /without wildcards/,
    ],
    ['a short external id', { prod: { role: named(A), externalId: 'x' } }, /an externalId has 2 to 1,224/],
    [
      'a service-linked role',
      { prod: { role: named('arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/X') } },
      /service-linked/,
    ],
  ])('%s', (_, clusterRoles, message) => {
    expect(provider(() => clusterRoles)).toThrow(message);
  });

  test('nothing because of a token', () => {
    expect(
      provider((stack) => {
        const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
        const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
        return { [parameter]: { role, externalId: parameter } };
      }),
    ).not.toThrow();
  });

  test('the variable in environment', () => {
    const environment = { EKS_ACCESS_CLUSTER_ROLES: '{}' };
    expect(() => new EksAccessProvider(new Stack(new App(), 'stack'), 'Provider', { environment })).toThrow(
      'set clusterRoles instead',
    );
  });
});
