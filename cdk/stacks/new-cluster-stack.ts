/**
 * A cluster from nothing: its network and nodes, an administrator, developers, and a function that logs in and reports
 * who the cluster says it is. The provider reaches aws-auth as the role that makes the cluster (`clusterRoles`).
 */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { EksMapRolesEntry, EntryType, type IEksAccessProvider } from '../index';
import { clusterOf, networkOf, nodeRoleOf, nodesOf } from './cluster-parts';
import { callerOf, whoAmI } from './who-am-i';

export interface NewClusterStackProps extends StackProps {
  readonly provider: IEksAccessProvider;
  /** A fixed name, because the provider was told it. */
  readonly clusterName: string;
  /** CONFIG_MAP, API_AND_CONFIG_MAP or API: may move on in this order, never back. */
  readonly authenticationMode: string;
  /**
   * Whether the role that makes the cluster is its administrator, as which the provider reaches aws-auth. Changing it
   * later would replace the cluster, so it is not derived from the mode.
   */
  readonly creatorIsAdmin: boolean;
  /** As in `nodeRoles` of the provider. */
  readonly nodeRoleName: string;
  /** The group that samples/5-developer-rbac.yaml binds. */
  readonly developerGroup: string;
}

export class NewClusterStack extends Stack {
  constructor(scope: Construct, id: string, props: NewClusterStackProps) {
    super(scope, id, props);
    const { provider, clusterName, developerGroup } = props;
    const vpc = networkOf(this);
    const subnetIds = vpc.publicSubnets.map(({ subnetId }) => subnetId);
    const cluster = clusterOf(this, { ...props, name: clusterName, subnetIds });
    const map = (name: string, role: iam.Role, userName: string, groups: string[]): EksMapRolesEntry =>
      new EksMapRolesEntry(this, name, { provider, cluster, role, userName, groups });
    const people = (name: string): iam.Role => {
      const role = new iam.Role(this, name, { assumedBy: new iam.AccountRootPrincipal() });
      role.addToPolicy(
        new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [cluster.attrArn] }),
      );
      return role;
    };

    const nodeRole = nodeRoleOf(this, props.nodeRoleName);
    const nodes = nodesOf(this, cluster, nodeRole, subnetIds);
    // Mapped before there are any, so that the first one can join; they also need their way to the internet.
    nodes.node.addDependency(
      new EksMapRolesEntry(this, 'NodeMapping', {
        provider,
        cluster,
        role: nodeRole,
        entryType: EntryType.EC2_LINUX,
      }),
      vpc,
    );

    const [admin, developer] = [people('AdminRole'), people('DeveloperRole')];
    map('AdminMapping', admin, 'admin:{{SessionName}}', ['system:masters']);
    map('DeveloperMapping', developer, 'developer:{{SessionName}}', [developerGroup]);

    const caller = callerOf(this, cluster);
    const callerMapping = map('CallerMapping', caller.role, 'caller', [developerGroup]);
    const answer = whoAmI(this, caller, `${callerMapping.attrUserName},${callerMapping.attrGroups}`);

    const output = (name: string, value: string, description: string): CfnOutput =>
      new CfnOutput(this, name, { value, description });
    output('CallerUserName', answer.getAttString('UserName'), 'What the cluster says the function is');
    output('CallerGroups', answer.getAttString('Groups'), 'The groups that the cluster gives the function');
    output('AdminRoleArn', admin.roleArn, 'To be assumed by administrators');
    output('DeveloperRoleArn', developer.roleArn, 'To be assumed by developers');
  }
}
