/** `provider.grantAccess`, and the tags of access entries. */
import './fast-synth';
import { App, aws_eks as eks, aws_iam as iam, aws_lambda as lambda, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccessPolicy, EksAccessEntry, EksAccessProvider, EntryType } from '../../cdk/index';
import { importing } from './importing';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';

function given(): {
  app: App;
  platform: Stack;
  team: Stack;
  provider: EksAccessProvider;
  cluster: eks.IClusterRef;
} {
  const app = new App();
  const [home, platform, team] = ['home', 'platform', 'team'].map((id) => new Stack(app, id)) as [
    Stack,
    Stack,
    Stack,
  ];
  const cluster = new eks.CfnCluster(platform, 'Cluster', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: [] },
    accessConfig: { authenticationMode: 'API' },
  });
  return { app, platform, team, provider: new EksAccessProvider(home, 'Provider'), cluster };
}

describe('grantAccess', () => {
  test('maps the role of a function beside it, in its stack', () => {
    const { team, provider, cluster } = given();
    const handler = new lambda.Function(team, 'Fn', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('x'),
      environment: { CLUSTER: cluster.clusterRef.clusterName },
    });
    const mapping = provider.grantAccess(cluster, handler, {
      groups: ['team-a'],
      policies: [AccessPolicy.view()],
    });
    const template = Template.fromStack(team);
    template.hasResourceProperties('Custom::EksMapRolesEntry', {
      Cluster: { 'Fn::ImportValue': Match.stringLikeRegexp('^platform:') },
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FnServiceRole'), 'Arn'] },
      Groups: ['team-a'],
      AccessPolicies: [{ PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } }],
    });
    expect(mapping.node.path).toMatch(/^team\/Fn\/ServiceRole\/EksAccess/);
  });

  test('maps a user, and where it is told to', () => {
    const { platform, team, provider, cluster } = given();
    const user = new iam.User(team, 'User');
    provider.grantAccess(cluster, user, { groups: ['viewers'], userName: 'bob', scope: platform });
    Template.fromStack(platform).hasResourceProperties('Custom::EksMapUsersEntry', {
      UserArn: { 'Fn::ImportValue': Match.stringLikeRegexp('^team:') },
      UserName: 'bob',
    });
  });

  test('maps a role inside of the cluster outside of it, for the cluster waits for all that is below its roles', () => {
    const { app, platform, provider } = given();
    const cluster = new eks.Cluster(platform, 'Whole', {
      version: eks.KubernetesVersion.V1_33,
      kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(
        platform,
        'Kubectl',
        'arn:aws:lambda:us-east-1:111122223333:layer:kubectl:1',
      ),
      authenticationMode: eks.AuthenticationMode.API,
      defaultCapacity: 0,
    });
    const mapping = provider.grantAccess(cluster, cluster.adminRole, { groups: ['team-a'] });
    expect(mapping.node.scope).toBe(platform);
    expect(() => provider.grantAccess(cluster, cluster.adminRole)).toThrow('grantAccess has given it access');
    // Template refuses circles.
    expect(Template.fromStack(platform).findResources('Custom::EksMapRolesEntry')).not.toEqual({});
    expect(app.synth().stacks).toHaveLength(3);
  });

  test('refuses who cannot be mapped, what is no cluster, and a second call', () => {
    const { team, provider, cluster } = given();
    const role = new iam.Role(team, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const service = new iam.ServicePrincipal('lambda.amazonaws.com');
    expect(() => provider.grantAccess(cluster, service)).toThrow(
      'home/Provider: grantAccess: the grantee is a ServicePrincipal, and only an IAM role or user can be mapped',
    );
    const role2 = new iam.Role(team, 'Role2', { assumedBy: new iam.AccountRootPrincipal() });
    const others: readonly (readonly [unknown, string])[] = [
      [new iam.Group(team, 'Group'), 'a Group, .*: map a role that the members of the group may assume'],
      [new iam.InstanceProfile(team, 'Profile', { role: role2 }), 'an InstanceProfile, .*: give its role'],
      [new iam.PrincipalWithConditions(role, {}), 'a PrincipalWithConditions, .*: give the role itself'],
      [new iam.FederatedPrincipal('x', {}), 'a FederatedPrincipal, .*: give one, or what runs as one'],
      [new iam.ArnPrincipal(ROLE), 'an ArnPrincipal, .* name others by their ARN'],
      [new iam.UnknownPrincipal({ resource: team }), 'an UnknownPrincipal, .*: CDK does not know the role'],
      [lambda.Function.fromFunctionName(team, 'Imported', 'f'), '.*import it with its role'],
      [ROLE, `"${ROLE}", .*name others by their ARN`],
    ];
    for (const [grantee, words] of others)
      expect(() => provider.grantAccess(cluster, grantee as never)).toThrow(
        new RegExp(`^home/Provider: grantAccess: the grantee is ${words}`),
      );
    expect(() =>
      provider.grantAccess(cluster, role2, { policies: ['AmazonEKSViewPolicy' as never] }),
    ).toThrow(
      /^team\/Role2\/EksAccess\w+: policies\[0\] is "AmazonEKSViewPolicy", which is not an access policy/,
    );
    expect(() => provider.grantAccess('prod' as never, role)).toThrow('grantAccess: cluster is "prod"');
    provider.grantAccess(cluster, role, { groups: ['a'] });
    expect(() => provider.grantAccess(cluster, role, { groups: ['b'] })).toThrow(
      'team/Role: grantAccess has given it access to platform/Cluster before',
    );
  });
});

describe('tags', () => {
  const tagsOf = (props: object, act: (stack: Stack) => void): unknown => {
    const { stack, common } = importing();
    new EksAccessEntry(stack, 'Entry', { ...common, principalArn: ROLE, ...props });
    act(stack);
    const [entry] = Object.values(Template.fromStack(stack).findResources('Custom::EksAccessEntry'));
    return (entry as { Properties: { Tags?: unknown } }).Properties.Tags;
  };
  const tagAll = (stack: Stack): void => {
    Tags.of(stack).add('team', 'x');
    Tags.of(stack).add('own', 'of the stack');
  };

  test('of the stack come to the entry, whose own hold', () => {
    expect(tagsOf({ tags: { own: 'mine' } }, tagAll)).toEqual(
      expect.arrayContaining([
        { Key: 'team', Value: 'x' },
        { Key: 'own', Value: 'mine' },
      ]) as unknown,
    );
  });

  test('there are none where none are given, and a node’s entry has none', () => {
    expect(tagsOf({}, () => undefined)).toBeUndefined();
    expect(tagsOf({ entryType: EntryType.EC2_LINUX }, tagAll)).toBeUndefined();
  });

  test('41 with those of the stack, and a reserved one, are refused at synthesis', () => {
    const many = (stack: Stack): void => {
      for (let index = 0; index < 41; index += 1) Tags.of(stack).add(`t${index}`, 'x');
    };
    expect(() => tagsOf({}, many)).toThrow('stack/Entry has 41 tags, with those of its stack and App');
    expect(() => tagsOf({}, (stack) => Tags.of(stack).add('cfn-eks-access:owner', 'me'))).toThrow(
      'stack/Entry has the tag "cfn-eks-access:owner", whose prefix is reserved',
    );
  });
});
