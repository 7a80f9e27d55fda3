/** The resource that changes the mode of a cluster, and what the provider may do for it: nothing, unless its owner says so. */
import './fast-synth';
import { importing } from './importing';
import { App, aws_iam as iam, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  ClusterAuthenticationMode,
  EksAccessProvider,
  EksAuthenticationMode,
  type EksAuthenticationModeProps,
} from '../../cdk/index';
import { plainTemplate } from '../../build/template';
import { type Bundle } from '../../cdk/bundle';
import { type EksAccessGuardrails } from '../../cdk/guardrails';
import { isAllowed } from './iam';
import { ACCOUNT, asParameters, constructPolicy, readTemplate, REGION, templatePolicy } from './policies';

const { API_AND_CONFIG_MAP, API } = ClusterAuthenticationMode;
const TYPE = 'Custom::EksAuthenticationMode';

function made(props: Partial<EksAuthenticationModeProps> = {}): Template {
  const { stack, common } = importing();
  const mode = new EksAuthenticationMode(stack, 'Mode', { ...common, mode: API_AND_CONFIG_MAP, ...props });
  expect(stack.resolve([mode.physicalId, mode.attrAuthenticationMode])).toEqual([
    { Ref: 'ModeED6B99D5' },
    { 'Fn::GetAtt': ['ModeED6B99D5', 'AuthenticationMode'] },
  ]);
  return Template.fromStack(stack);
}

test('says what the schema wants, and leaves out what is not given', () => {
  expect(Object.values(made().findResources(TYPE))).toEqual([
    {
      Type: TYPE,
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
      Properties: {
        ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
        ServiceTimeout: '900',
        Cluster: 'prod',
        Mode: 'API_AND_CONFIG_MAP',
      },
    },
  ]);
  made({
    mode: API,
    planDigest: '0123456789abcdef',
    revision: '2',
    serviceTimeout: Duration.seconds(3600),
  }).hasResourceProperties(TYPE, {
    Mode: 'API',
    PlanDigest: '0123456789abcdef',
    Revision: '2',
    ServiceTimeout: '3600',
  });
});

test.each<readonly [string, Partial<EksAuthenticationModeProps>, string]>([
  [
    'no cluster',
    { clusterName: undefined as never },
    'stack/Mode: cluster or clusterName is missing: give one',
  ],
  ['a name that cannot be', { clusterName: 'a b' }, 'stack/Mode: clusterName is "a b"'],
  [
    'a mode that nothing goes to',
    { mode: 'CONFIG_MAP' as never },
    'stack/Mode: mode is "CONFIG_MAP": write one of',
  ],
  ['an empty digest', { planDigest: '' }, 'stack/Mode: planDigest is empty'],
  ['too short a wait', { serviceTimeout: Duration.seconds(60) }, 'stack/Mode: serviceTimeout is 60 s'],
])('refuses %s', (_, props, sentence) => {
  expect(() => made(props)).toThrow(sentence);
});

test('a mode that only the deployment knows passes', () => {
  const { stack, common } = importing();
  const parameter = new CfnParameter(stack, 'Wanted').valueAsString as ClusterAuthenticationMode;
  expect(() => new EksAuthenticationMode(stack, 'Mode', { ...common, mode: parameter })).not.toThrow();
});

test('two for one cluster in one App are refused, for two clusters they are not', () => {
  const { stack, common } = importing();
  const other = new Stack(stack.node.root, 'other');
  const mode = API_AND_CONFIG_MAP;
  new EksAuthenticationMode(stack, 'One', { ...common, mode });
  expect(() => new EksAuthenticationMode(other, 'Two', { ...common, mode })).toThrow(
    'other/Two: stack/One changes the authentication mode of the same cluster, which has one: keep one of the two',
  );
  expect(
    () => new EksAuthenticationMode(other, 'Three', { ...common, clusterName: 'dev', mode }),
  ).not.toThrow();
});

const bundle: Bundle = { directory: '', code: 'exports.handler = 1;', sha256: '00', version: '0' };
const template = readTemplate(plainTemplate(bundle));
const invoke = (action: string): object => ({ Action: action, Effect: 'Allow' });

describe.each([
  ['construct', (guardrails: EksAccessGuardrails) => constructPolicy(guardrails)],
  ['plain template', (guardrails: EksAccessGuardrails) => templatePolicy(template, asParameters(guardrails))],
] as const)('the policy of the %s', (_, policyOf) => {
  const own = { 'aws:RequestedRegion': REGION };
  const call = (action: string, keys: object = {}, cluster = 'prod') => ({
    action: `eks:${action}`,
    resource: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${cluster}`,
    keys: { ...own, ...keys },
  });
  const to = (mode: string): object => ({ 'eks:authenticationMode': mode });

  test('allows the two modes and reading updates with the guardrail, on the clusters of the guardrails', () => {
    const policy = policyOf({ allowModeChange: true, clusters: ['prod'] });
    for (const mode of ['API_AND_CONFIG_MAP', 'API'])
      expect(isAllowed(policy, call('UpdateClusterConfig', to(mode)))).toBe(true);
    for (const action of ['DescribeUpdate', 'ListUpdates'])
      expect(isAllowed(policy, call(action))).toBe(true);
    expect(isAllowed(policy, call('UpdateClusterConfig', to('CONFIG_MAP')))).toBe(false);
    // Its logging, its endpoints: nothing without the key.
    expect(isAllowed(policy, call('UpdateClusterConfig'))).toBe(false);
    expect(isAllowed(policy, call('UpdateClusterConfig', to('API'), 'dev'))).toBe(false);
    expect(isAllowed(policy, call('ListUpdates', {}, 'dev'))).toBe(false);
  });

  test('allows none of it without the guardrail', () => {
    const policy = policyOf({ allowNodes: true, allowClusterAdmin: true, allowTakeover: 'any' });
    for (const action of ['UpdateClusterConfig', 'DescribeUpdate', 'ListUpdates'])
      expect(isAllowed(policy, call(action, to('API')))).toBe(false);
  });
});

describe('the right to invoke itself', () => {
  const provider = (props: ConstructorParameters<typeof EksAccessProvider>[2] = {}): Template => {
    const stack = new Stack(new App(), 'stack');
    new EksAccessProvider(stack, 'Provider', props);
    return Template.fromStack(stack);
  };
  const statement = { Statement: Match.arrayWith([Match.objectLike(invoke('lambda:InvokeFunction'))]) };
  const withRight = (from: Template) =>
    Object.values(
      from.findResources('AWS::IAM::ManagedPolicy', { Properties: { PolicyDocument: statement } }),
    );

  test('is on the function alone, in a policy that the function does not wait for', () => {
    const from = provider({ guardrails: { allowModeChange: true } });
    const [policy, ...others] = withRight(from) as { Properties: Record<string, unknown> }[];
    expect(others).toEqual([]);
    const [id = ''] = Object.keys(
      from.findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } }),
    );
    expect(policy?.Properties).toMatchObject({
      Roles: [{ Ref: expect.stringMatching(/^ProviderRole/) as string }],
      PolicyDocument: {
        Statement: [
          {
            Sid: 'GoOn',
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource: { 'Fn::GetAtt': [id, 'Arn'] },
          },
        ],
      },
    });
  });

  test('is not there without the guardrail, nor on a role of the owner’s own', () => {
    expect(withRight(provider())).toEqual([]);
    const stack = new Stack(new App(), 'stack');
    const role = iam.Role.fromRoleArn(stack, 'Own', `arn:aws:iam::${ACCOUNT}:role/own`);
    new EksAccessProvider(stack, 'Provider', { role, guardrails: { allowModeChange: true } });
    expect(withRight(Template.fromStack(stack))).toEqual([]);
  });

  test('follows the parameter of the plain template', () => {
    const policies = [...template.resources.values()].filter(
      ({ type, properties }) =>
        type === 'AWS::IAM::ManagedPolicy' && JSON.stringify(properties).includes('lambda:InvokeFunction'),
    );
    expect(policies).toMatchObject([{ condition: 'ModeChangeAllowed' }]);
  });
});
