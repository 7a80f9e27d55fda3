/** The network of the function, where the construct makes it: one security group, HTTPS out and nothing in. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';

export interface NetworkOptions {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** Nothing without a VPC. CDK's own group would let everything out; EKS, Kubernetes and the answer bucket speak HTTPS. */
export function network(scope: Construct, options: NetworkOptions): Partial<lambda.FunctionProps> {
  const { vpc, vpcSubnets } = options;
  if (!vpc) return {};
  const securityGroups = options.securityGroups ?? [httpsOnly(scope, vpc)];
  return { vpc, securityGroups, ...(vpcSubnets ? { vpcSubnets } : {}) };
}

function httpsOnly(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'cfn-eks-access: HTTPS out, nothing in',
    allowAllOutbound: false,
  });
  group.addEgressRule(
    ec2.Peer.anyIpv4(),
    ec2.Port.HTTPS,
    'EKS, the cluster and the answer to CloudFormation',
  );
  return group;
}
