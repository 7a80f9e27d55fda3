/** Whether IAM may be asked for roles that were made again: in the construct and in the plain template. */
import './fast-synth';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type EksAccessProviderProps, EksAccessProvider, HealRecreatedRoles } from '../../cdk/index';
import { readBundle } from '../../cdk/bundle';
import { plainTemplate } from '../../build/template';
import { readTemplate, templatePolicy } from './policies';

interface Statement {
  readonly Action?: string | readonly string[];
}

function providerWith(props: EksAccessProviderProps): Template {
  const stack = new Stack(new App(), 'stack');
  new EksAccessProvider(stack, 'Provider', props);
  return Template.fromStack(stack);
}

function iamStatements(template: Template): readonly Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as {
    readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };
  }[];
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('iam:GetRole'));
}

test.each([
  [undefined, 'false', false],
  [HealRecreatedRoles.OFF, 'false', false],
  [HealRecreatedRoles.REPORT, 'report', true],
  [HealRecreatedRoles.HEAL, 'true', true],
])('healRecreatedRoles %s', (healRecreatedRoles, value, mayAsk) => {
  const template = providerWith(healRecreatedRoles === undefined ? {} : { healRecreatedRoles });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { EKS_ACCESS_HEAL_RECREATED_ROLES: value } },
  });
  const arn = ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/*'];
  const statement = {
    Sid: 'RecreatedRoles',
    Effect: 'Allow',
    Action: 'iam:GetRole',
    Resource: { 'Fn::Join': ['', arn] },
  };
  expect(iamStatements(template)).toEqual(mayAsk ? [statement] : []);
});

test('the environment cannot say otherwise', () => {
  const environment = { EKS_ACCESS_HEAL_RECREATED_ROLES: 'true' };
  expect(() => providerWith({ environment })).toThrow('set healRecreatedRoles instead');
});

describe('the plain template', () => {
  const plain = readTemplate(plainTemplate(readBundle()));

  test.each([
    ['false', false],
    ['report', true],
    ['true', true],
  ])('HealRecreatedRoles=%s', (value, mayAsk) => {
    const policy = JSON.stringify(templatePolicy(plain, { HealRecreatedRoles: value }));
    expect(policy.includes('iam:GetRole')).toBe(mayAsk);
  });

  test('is off by default', () => {
    expect(JSON.stringify(templatePolicy(plain, {}))).not.toContain('iam:GetRole');
  });
});
