/** Permission sets: what the provider is deployed with, in the construct and in the plain template, and the mappings. */
import './fast-synth';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  EksAccessEntry,
  EksAccessProvider,
  type EksAccessProviderProps,
  EksMapRolesEntry,
} from '../../cdk/index';
import { readBundle } from '../../cdk/bundle';
import { plainTemplate } from '../../build/template';
import { importing } from './importing';
import { readTemplate, resolved, templatePolicy } from './policies';

const LIST = { Sid: 'PermissionSets', Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' };

function providerWith(props: EksAccessProviderProps): Template {
  const stack = new Stack(new App(), 'stack');
  new EksAccessProvider(stack, 'Provider', props);
  return Template.fromStack(stack);
}

interface Policy {
  readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly { Action: unknown }[] } };
}

test.each([
  ['by default', {}, 'false', []],
  ['when it is asked for', { permissionSets: true }, 'true', [LIST]],
])('the provider %s', (_, props, value, statements) => {
  const template = providerWith(props);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { EKS_ACCESS_PERMISSION_SETS: value } },
  });
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as Policy[];
  const all = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  // It is the only right in IAM.
  expect(all.filter(({ Action }) => JSON.stringify(Action).includes('"iam:'))).toEqual(statements);
});

test('the environment cannot say otherwise', () => {
  expect(() => providerWith({ environment: { EKS_ACCESS_PERMISSION_SETS: 'true' } })).toThrow(
    'set permissionSets instead',
  );
});

test('the plain template has it as a parameter', () => {
  const plain = readTemplate(plainTemplate(readBundle()));
  const sids = (PermissionSets: string): readonly unknown[] =>
    templatePolicy(plain, { PermissionSets }).filter(({ Sid }) => Sid === 'PermissionSets');
  expect(sids('false')).toEqual([]);
  expect(sids('true')).toEqual([LIST]);
  const [handler] = [...plain.resources.values()].filter(({ type }) => type === 'AWS::Lambda::Function');
  expect(resolved(handler?.properties, plain, { PermissionSets: 'true' })).toMatchObject({
    Environment: { Variables: { EKS_ACCESS_PERMISSION_SETS: 'true' } },
  });
});

test('mappings name a set, by a token as well', () => {
  const { stack, common } = importing();
  new EksMapRolesEntry(stack, 'One', { ...common, permissionSet: 'Admin', accountId: '111122223333' });
  new EksAccessEntry(stack, 'Two', { ...common, permissionSet: 'ReadOnly' });
  const name = new CfnParameter(stack, 'Set').valueAsString;
  new EksMapRolesEntry(stack, 'Three', { ...common, permissionSet: name });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::EksMapRolesEntry', {
    PermissionSet: 'Admin',
    AccountId: '111122223333',
  });
  template.hasResourceProperties('Custom::EksAccessEntry', { PermissionSet: 'ReadOnly' });
  template.hasResourceProperties('Custom::EksMapRolesEntry', { PermissionSet: { Ref: 'Set' } });
});

test.each([
  [
    'a role as well',
    { permissionSet: 'Admin', roleArn: 'arn:aws:iam::111122223333:role/x' },
    'roleArn and permissionSet are both given: give one of role, roleArn or permissionSet',
  ],
  ['the name of the role', { permissionSet: 'AWSReservedSSO_Admin_0123456789abcdef' }, 'permissionSet is'],
  ['an account without a set', { roleArn: 'arn:aws:iam::1:role/x', accountId: '1' }, 'accountId is "1"'],
])('a mapping with %s is refused when it is synthesised', (_, props, message) => {
  const { stack, common } = importing();
  expect(() => new EksMapRolesEntry(stack, 'Mapping', { ...common, ...props })).toThrow(message);
});

test('one set is mapped on one cluster once', () => {
  const { stack, common } = importing();
  new EksMapRolesEntry(stack, 'One', { ...common, permissionSet: 'Admin' });
  new EksMapRolesEntry(stack, 'Other', { ...common, permissionSet: 'Other' });
  expect(() => new EksAccessEntry(stack, 'Two', { ...common, permissionSet: 'Admin' })).toThrow(
    'stack/Two: stack/One maps the same principal',
  );
});
