/** Whether the provider may apply the setup of named rights: in the construct and in the plain template alike. */
import './fast-synth';
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { setupOfText } from '../../build/rights-manifest';
import { plainTemplate } from '../../build/template';
import { readBundle } from '../../cdk/bundle';
import { EksAccessProvider, type EksAccessProviderProps } from '../../cdk/index';
import { readTemplate, resolved } from './policies';

const ARN = 'arn:aws:iam::111122223333:role/ci/creator';
const plain = readTemplate(plainTemplate(readBundle()));

function byConstruct(props: EksAccessProviderProps, reachesClusters = true): unknown {
  const stack = new Stack(new App(), 'stack');
  const role = iam.Role.fromRoleArn(stack, 'Creator', ARN);
  const clusterRoles = reachesClusters ? { prod: { role } } : {};
  new EksAccessProvider(stack, 'Provider', { clusterRoles, ...props });
  const [handler] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return setupIn((handler as { readonly Properties: unknown }).Properties);
}

function byTemplate(parameters: Record<string, string>): unknown {
  const handler = [...plain.resources.values()].find(({ type }) => type === 'AWS::Lambda::Function');
  const roles = { ClusterRoleClusters: 'prod', ClusterRoleArns: ARN };
  return setupIn(resolved(handler?.properties, plain, { ...roles, ...parameters }));
}

/** What the function may apply, by the name of the right; undefined: nothing. */
function setupIn(properties: unknown): unknown {
  const { Environment } = properties as {
    readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  };
  const text = Environment.Variables['EKS_ACCESS_RIGHTS_SETUP'];
  return text === undefined ? undefined : JSON.parse(setupOfText(text));
}

test('without a word it applies nothing', () => {
  expect(byConstruct({})).toBeUndefined();
  expect(byConstruct({ setUpRights: false })).toBeUndefined();
  expect(byTemplate({})).toBeUndefined();
});

test('told so, it has the same objects in both forms', () => {
  const setup = byConstruct({ setUpRights: true });
  expect(setup).toMatchObject({
    view: [
      { kind: 'ClusterRole', metadata: { name: 'cfn-eks-access:view' } },
      { kind: 'ClusterRoleBinding', metadata: { name: 'cfn-eks-access:view' } },
    ],
  });
  expect(byTemplate({ SetUpRights: 'true' })).toEqual(setup);
});

test('a word is no yes', () => {
  // As JavaScript lets it through.
  expect(() => byConstruct({ setUpRights: 'false' as unknown as boolean })).toThrow(
    'setUpRights is "false": give true or false',
  );
});

test('it is refused where there is no cluster to do it in, and cannot come by the environment', () => {
  expect(() => byConstruct({ setUpRights: true }, false)).toThrow(
    'setUpRights has no meaning without clusterRoles',
  );
  expect(() => byConstruct({ environment: { EKS_ACCESS_RIGHTS_SETUP: 'x' } })).toThrow(
    'set setUpRights instead',
  );
});
