/**
 * VPC endpoints for what the function calls, for subnets without a way to the internet: EKS, CloudFormation and the bucket
 * that takes its answers; STS, Lambda and X-Ray where it calls them. The Kubernetes API of a cluster needs none: the
 * cluster has its own network interfaces in its subnets.
 * https://docs.aws.amazon.com/eks/latest/userguide/vpc-interface-endpoints.html
 */
import { Aws, CfnCondition, type CfnResource, Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type Construct } from 'constructs';
import { ignoreInCfnLint } from './findings';
import { type Toggle } from './policy/now-or-later';

export interface EndpointOptions {
  readonly makesEndpoints: Toggle;
  readonly vpcId: string;
  /** One in each Availability Zone at most. */
  readonly subnetIds: string[];
  readonly routeTableIds: string[];
  /** Security groups of the function. */
  readonly sourceGroupIds: readonly string[];
}

/** What a service is needed for: undefined where the function calls it always. */
export interface EndpointNeeds {
  readonly sts: Toggle;
  readonly lambda: Toggle;
  readonly xray: Toggle;
}

export function vpcEndpoints(scope: Construct, options: EndpointOptions, needs: EndpointNeeds): void {
  const { makesEndpoints, vpcId, subnetIds, routeTableIds, sourceGroupIds } = options;
  if (makesEndpoints === false) return;
  const group = new ec2.CfnSecurityGroup(scope, 'EndpointSecurityGroup', {
    vpcId,
    groupDescription: 'cfn-eks-access: HTTPS from the function to the VPC endpoints',
    securityGroupIngress: sourceGroupIds.map((sourceSecurityGroupId) => ({
      sourceSecurityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'the function of cfn-eks-access',
    })),
  });
  onlyIf(makesEndpoints, group);
  // W1035: the list is empty where the condition is false.
  if (makesEndpoints !== true) ignoreInCfnLint(group, 'W1035');
  const services = {
    Eks: true,
    CloudFormation: true,
    Sts: needs.sts,
    Lambda: needs.lambda,
    XRay: needs.xray,
  };
  for (const [name, needed] of Object.entries(services)) {
    const made = both(scope, `Makes${name}Endpoint`, makesEndpoints, needed);
    if (made === false) continue;
    const endpoint = new ec2.CfnVPCEndpoint(scope, `${name}Endpoint`, {
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${Aws.REGION}.${name.toLowerCase()}`,
      vpcId,
      subnetIds,
      securityGroupIds: [group.attrGroupId],
      privateDnsEnabled: true,
      policyDocument: policy([ofAccount('*')]),
    });
    onlyIf(made, endpoint);
  }
  const bucket = Fn.join('', [
    `arn:${Aws.PARTITION}:s3:::cloudformation-custom-resource-response-`,
    Fn.join('', Fn.split('-', Aws.REGION)),
    '/*',
  ]);
  const s3 = new ec2.CfnVPCEndpoint(scope, 'S3Endpoint', {
    vpcEndpointType: 'Gateway',
    serviceName: `com.amazonaws.${Aws.REGION}.s3`,
    vpcId,
    routeTableIds,
    // The answer is signed by CloudFormation, so that its caller is of another account (CR-36).
    policyDocument: policy([
      { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: bucket },
      ofAccount('s3:*'),
    ]),
  });
  onlyIf(makesEndpoints, s3);
}

function policy(statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

/** What the principals of this account may do by their own policies, and nobody else. */
function ofAccount(Action: string): object {
  const Condition = { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } };
  return { Effect: 'Allow', Principal: '*', Action, Resource: '*', Condition };
}

function both(scope: Construct, id: string, one: Toggle, other: Toggle): Toggle {
  if (one === false || other === false) return false;
  if (one === true) return other;
  if (other === true) return one;
  return new CfnCondition(scope, id, { expression: Fn.conditionAnd(one, other) });
}

function onlyIf(toggle: Toggle, resource: CfnResource): void {
  if (toggle instanceof CfnCondition) resource.cfnOptions.condition = toggle;
}
