/**
 * The role of self-managed Linux nodes. `EC2_LINUX` says it for every authentication mode: on a CONFIG_MAP cluster it
 * writes the node user name and groups. The provider must be deployed with the guardrail allowNodes.
 */
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { acknowledgeManagedPolicies } from '../findings';
import { EksMapRolesEntry, EntryType, type IEksAccessProvider } from '../index';

export interface NodeRoleStackProps extends StackProps {
  readonly provider: IEksAccessProvider;
  readonly clusterName: string;
  /** A fixed name, because the provider was told it in `nodeRoles` and may pass no other role (GT-117). */
  readonly nodeRoleName: string;
}

export class NodeRoleStack extends Stack {
  constructor(scope: Construct, id: string, props: NodeRoleStackProps) {
    super(scope, id, props);
    const managed = [
      'AmazonEKSWorkerNodePolicy',
      'AmazonEC2ContainerRegistryPullOnly',
      'AmazonEKS_CNI_Policy',
    ];
    const role = new iam.Role(this, 'Role', {
      roleName: props.nodeRoleName,
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: managed.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const why = 'the policies that EKS asks for on the role of its nodes; AWS keeps them up to date';
    acknowledgeManagedPolicies(role, managed, why);
    new EksMapRolesEntry(this, 'Mapping', {
      provider: props.provider,
      clusterName: props.clusterName,
      role,
      entryType: EntryType.EC2_LINUX,
    });
  }
}
