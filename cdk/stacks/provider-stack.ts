/** The provider in a stack of its own: it outlives every stack that uses it (CR-54). */
import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { EksAccessProvider } from '../provider';
import { type EksAccessProviderProps } from '../provider-props';

export const PROVIDER_STACK_DESCRIPTION = 'cfn-eks-access: gives IAM principals access to EKS clusters';

/** Subnets that exist already, by name: nothing is looked up, so that the stack is synthesised without an account. */
export interface Network {
  readonly vpcId: string;
  readonly availabilityZones: string[];
  /** One for each Availability Zone. */
  readonly subnetIds: string[];
}

export interface ProviderStackProps extends StackProps {
  /** A cluster to let the provider into. */
  readonly clusterName?: string;
  /** Whether that cluster reads aws-auth only. */
  readonly configMapOnly?: boolean;
  /** ARN of the role as which the provider reaches that cluster; without it, its own role is let in. */
  readonly clusterRoleArn?: string;
  readonly nodeRoleNames?: readonly string[];
  readonly network?: Network;
  readonly provider?: EksAccessProviderProps;
}

export class ProviderStack extends Stack {
  readonly provider: EksAccessProvider;

  constructor(scope: Construct, id: string, props: ProviderStackProps = {}) {
    super(scope, id, { description: PROVIDER_STACK_DESCRIPTION, ...props });
    const { network, clusterName, clusterRoleArn, nodeRoleNames } = props;
    const isReachedAsRole = clusterName !== undefined && clusterRoleArn !== undefined;
    this.provider = new EksAccessProvider(this, 'Provider', {
      ...(nodeRoleNames
        ? { nodeRoles: nodeRoleNames.map((name) => iam.Role.fromRoleName(this, name, name)) }
        : {}),
      ...(network ? subnetsOf(this, network) : {}),
      ...(isReachedAsRole
        ? {
            clusterRoles: {
              [clusterName]: { role: iam.Role.fromRoleArn(this, 'ClusterRole', clusterRoleArn) },
            },
          }
        : {}),
      ...props.provider,
    });
    nameOutputs(this.provider);
    if (clusterName !== undefined && !isReachedAsRole) {
      const cluster = eks.CfnCluster.fromClusterName(this, 'Cluster', clusterName);
      this.provider.allowCluster(cluster, { configMapOnly: props.configMapOnly ?? false });
    }
  }
}

function subnetsOf(scope: Construct, network: Network): Pick<EksAccessProviderProps, 'vpc' | 'vpcSubnets'> {
  const { vpcId, availabilityZones, subnetIds } = network;
  if (subnetIds.length === 0 || subnetIds.length !== availabilityZones.length) {
    throw new Error(
      `subnetIds has ${subnetIds.length} items and availabilityZones ${availabilityZones.length}: name the subnets, and the Availability Zone of each`,
    );
  }
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId,
    availabilityZones,
    privateSubnetIds: subnetIds,
  });
  Annotations.of(vpc).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId', 'no routes are made here');
  return { vpc, vpcSubnets: { subnets: vpc.privateSubnets } };
}

/** Outputs are read by people: without CDK's hash. */
export function nameOutputs(provider: Construct): void {
  for (const output of provider.node.children) {
    if (output instanceof CfnOutput) output.overrideLogicalId(output.node.id);
  }
}
