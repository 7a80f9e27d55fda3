/** What sample 6 is made of beside its mappings: a network, a cluster, and nodes. */
import { type Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledgeManagedPolicies, ignoreInCfnLint, SAMPLE_CLUSTER, skipInCheckov } from '../findings';

export interface ClusterOptions {
  readonly name: string;
  readonly authenticationMode: string;
  readonly creatorIsAdmin: boolean;
  readonly subnetIds: string[];
}

/** Two public subnets, which is the least that EKS takes. */
export function networkOf(stack: Stack): ec2.Vpc {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }],
    // It would take a function of CDK's own.
    restrictDefaultSecurityGroup: false,
  });
  const reason = 'a sample: what goes over its network is not recorded';
  Validations.of(vpc).acknowledge({ id: 'AwsSolutions::AwsSolutions-VPC7', reason });
  return vpc;
}

export function clusterOf(stack: Stack, options: ClusterOptions): eks.CfnCluster {
  const managed = ['AmazonEKSClusterPolicy'];
  const role = roleOf(stack, 'ClusterRole', 'eks.amazonaws.com', managed);
  acknowledgeManagedPolicies(role, managed, 'the policy that EKS asks for; AWS keeps it up to date');
  const cluster = new eks.CfnCluster(stack, 'Cluster', {
    name: options.name,
    roleArn: role.roleArn,
    resourcesVpcConfig: {
      subnetIds: options.subnetIds,
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
    },
    accessConfig: {
      authenticationMode: options.authenticationMode,
      bootstrapClusterCreatorAdminPermissions: options.creatorIsAdmin,
    },
  });
  const acknowledge = (rule: string, reason: string): void =>
    Validations.of(cluster).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  acknowledge('EKS1', 'a sample: the function that calls it is in no VPC');
  for (const log of ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'])
    acknowledge(
      `EKS2[LogExport::${log}]`,
      'a sample: its control plane writes no logs, which would stay after it',
    );
  skipInCheckov(cluster, SAMPLE_CLUSTER);
  return cluster;
}

/** `roleName`: fixed, because the provider was told it in `nodeRoles` and may pass no other role (GT-117). */
export function nodeRoleOf(stack: Stack, roleName: string): iam.Role {
  const managed = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonEKS_CNI_Policy'];
  const role = roleOf(stack, 'NodeRole', 'ec2.amazonaws.com', managed, roleName);
  acknowledgeManagedPolicies(role, managed, 'the policies that EKS asks for; AWS keeps them up to date');
  return role;
}

export function nodesOf(
  stack: Stack,
  cluster: eks.CfnCluster,
  role: iam.IRole,
  subnets: string[],
): eks.CfnNodegroup {
  const nodes = new eks.CfnNodegroup(stack, 'Nodes', {
    clusterName: cluster.ref,
    nodeRole: role.roleArn,
    subnets,
    scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 2 },
  });
  // W3005: the network as a whole is waited for, of which the subnets are a part.
  ignoreInCfnLint(nodes, 'W3005');
  return nodes;
}

function roleOf(
  stack: Stack,
  id: string,
  service: string,
  managed: readonly string[],
  roleName?: string,
): iam.Role {
  return new iam.Role(stack, id, {
    ...(roleName === undefined ? {} : { roleName }),
    assumedBy: new iam.ServicePrincipal(service),
    managedPolicies: managed.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
}
