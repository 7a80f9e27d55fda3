/**
 * A role for developers, mapped to a group of their own. What the group may do is Kubernetes' business: the Role and
 * RoleBinding are in samples/5-developer-rbac.yaml, to be applied with kubectl.
 */
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { EksMapRolesEntry, type IEksAccessProvider } from '../index';

export interface DeveloperRoleStackProps extends StackProps {
  readonly provider: IEksAccessProvider;
  readonly clusterName: string;
  /** The group that samples/5-developer-rbac.yaml binds. */
  readonly group: string;
}

export class DeveloperRoleStack extends Stack {
  constructor(scope: Construct, id: string, props: DeveloperRoleStackProps) {
    super(scope, id, props);
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    // To write a kubeconfig, developers describe the cluster; what they may do in it is decided by the group.
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['eks:DescribeCluster'],
        resources: [this.formatArn({ service: 'eks', resource: 'cluster', resourceName: props.clusterName })],
      }),
    );
    new EksMapRolesEntry(this, 'Mapping', {
      provider: props.provider,
      clusterName: props.clusterName,
      role,
      userName: 'developer:{{SessionName}}',
      groups: [props.group],
    });
  }
}
