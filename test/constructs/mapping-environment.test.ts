/** Where mappings and their provider may be, and what goes first. */
import './fast-synth';
import { App, aws_eks as eks, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EksAccessProvider, EksMapRolesEntry, type EksMapRolesEntryProps } from '../../cdk/index';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';

test('in one stack a mapping depends on everything of the provider, and says nothing twice (W3005)', () => {
  const stack = new Stack(new App(), 'stack');
  const provider = new EksAccessProvider(stack, 'Provider');
  provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'Cluster', 'prod'));
  new EksMapRolesEntry(stack, 'Mapping', { provider, clusterName: 'prod', roleArn: ROLE });
  const { Resources } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; DependsOn?: string[]; Properties: { ServiceToken?: unknown } }>;
  };
  const mapping = Object.values(Resources).find(({ Type }) => Type === 'Custom::EksMapRolesEntry');
  const others = Object.keys(Resources).filter((id) => Resources[id] !== mapping);
  const handler = others.filter((id) => Resources[id]?.Type === 'AWS::Lambda::Function');
  expect(mapping?.Properties.ServiceToken).toEqual({ 'Fn::GetAtt': [handler[0], 'Arn'] });
  expect([...(mapping?.DependsOn ?? []), ...handler].sort()).toEqual(others.sort());
  expect(others).toHaveLength(11);
});

test('in two stacks of an App the provider is deployed first and cannot be deleted before', () => {
  const app = new App();
  const [home, user] = [new Stack(app, 'home'), new Stack(app, 'user')];
  const provider = new EksAccessProvider(home, 'Provider');
  new EksMapRolesEntry(user, 'Mapping', { provider, clusterName: 'prod', roleArn: ROLE });
  Template.fromStack(user).hasResourceProperties('Custom::EksMapRolesEntry', {
    ServiceToken: { 'Fn::ImportValue': Match.stringLikeRegexp('^home:ExportsOutput') },
  });
  expect(user.dependencies).toContain(home);
});

test('getOrCreate gives one provider for each environment', () => {
  const app = new App();
  const one = { account: '111122223333', region: 'eu-west-1' };
  const stackIn = (id: string, env = {}): Stack => new Stack(app, id, { env });
  const inOne = ['a', 'b'].map((id) => EksAccessProvider.getOrCreate(stackIn(id, one)));
  const elsewhere = EksAccessProvider.getOrCreate(stackIn('c', { ...one, region: 'us-east-1' }));
  const anywhere = ['d', 'e'].map((id) => EksAccessProvider.getOrCreate(stackIn(id)));
  expect(new Set([...inOne, elsewhere, ...anywhere]).size).toBe(3);
  expect(inOne[0]?.env.region).toBe('eu-west-1');
  expect([
    EksAccessProvider.isEksAccessProvider(elsewhere),
    EksAccessProvider.isEksAccessProvider({}),
  ]).toEqual([true, false]);
});

describe('environments', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const token = (region: string, account: string): string =>
    `arn:aws:lambda:${region}:${account}:function:eks-access`;

  function map(
    own: { account?: string; region?: string },
    providerOf: (app: App, stack: Stack) => EksMapRolesEntryProps['provider'],
  ): Stack {
    const app = new App();
    const stack = new Stack(app, 'stack', { env: own });
    new EksMapRolesEntry(stack, 'Mapping', {
      provider: providerOf(app, stack),
      clusterName: 'prod',
      roleArn: ROLE,
    });
    return stack;
  }
  const owned = (app: App): EksAccessProvider =>
    new EksAccessProvider(new Stack(app, 'home', { env }), 'Provider', { functionName: 'eks-access' });

  test('fails in another Region, naming both', () => {
    expect(() => map({ ...env, region: 'us-east-1' }, (app) => owned(app))).toThrow(
      'the provider is in eu-west-1 and this stack in us-east-1',
    );
    expect(() =>
      map(env, (_, stack) => EksAccessProvider.fromServiceToken(stack, 'P', token('us-east-1', env.account))),
    ).toThrow('the provider is in us-east-1 and this stack in eu-west-1');
  });

  test('fails in another account, naming both, also where the provider is only known by its ARN', () => {
    const account = '444455556666';
    expect(() => map({ ...env, account }, (app) => owned(app))).toThrow(
      'the provider is in account 111122223333 and this stack in 444455556666',
    );
    expect(() =>
      map(env, (_, scope) => EksAccessProvider.fromServiceToken(scope, 'P', token(env.region, account))),
    ).toThrow('deploy a provider in 111122223333');
  });

  test('passes where one of them is not known', () => {
    expect(() =>
      map({}, (_, stack) =>
        EksAccessProvider.fromServiceToken(stack, 'P', token('us-east-1', '444455556666')),
      ),
    ).not.toThrow();
    expect(() => map(env, (_, stack) => EksAccessProvider.fromExport(stack, 'P'))).not.toThrow();
  });

  test.each([
    'arn:aws:lambda:eu-west-1:111122223333:function:f:1',
    'arn:aws:sns:eu-west-1:111122223333:topic',
    'eks-access',
  ])('fails for the service token %s', (serviceToken) => {
    expect(() => EksAccessProvider.fromServiceToken(new Stack(), 'P', serviceToken)).toThrow(
      'without a version or alias',
    );
  });
});
