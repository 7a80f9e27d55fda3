/** The network of the function as parameters of the plain template. */
import { CfnCondition, CfnParameter, CfnRule, Fn, type Stack } from 'aws-cdk-lib';
import { type EndpointOptions } from '../vpc-endpoints';
import { isGiven, listParameter } from './plain-lists';

export const NETWORK_PARAMETERS: readonly string[] = [
  'SubnetIds',
  'SecurityGroupIds',
  'EndpointVpcId',
  'EndpointRouteTableIds',
  'UseFipsEndpoints',
];

export interface PlainNetwork {
  readonly inVpc: CfnCondition;
  readonly vpcConfig: unknown;
  readonly endpoints: () => EndpointOptions;
  readonly usesFips: CfnCondition;
}

export function plainNetwork(stack: Stack): PlainNetwork {
  const [subnetsId = '', groupsId = '', vpcName = '', tablesId = '', fipsName = ''] = NETWORK_PARAMETERS;
  const subnets = listParameter(stack, subnetsId, {
    allowedPattern: '(subnet-[0-9a-f]+)?',
    description:
      'Subnets of the function, for clusters without a public endpoint; give SecurityGroupIds as well. Empty: no VPC.',
  });
  const groups = listParameter(stack, groupsId, {
    allowedPattern: '(sg-[0-9a-f]+)?',
    description: 'Security groups of the function, which must let HTTPS out; only with SubnetIds.',
  });
  const vpc = new CfnParameter(stack, vpcName, {
    default: '',
    allowedPattern: '(vpc-[0-9a-f]+)?',
    description:
      'VPC of SubnetIds, to make VPC endpoints there for EKS, CloudFormation and the bucket that takes its answers, and for STS, Lambda and X-Ray where the function calls them. They get private DNS names, so that the whole VPC uses them, for principals of this account alone. SubnetIds then has one subnet of each Availability Zone, and the first of SecurityGroupIds is let in. Empty: none are made.',
  });
  const tables = listParameter(stack, tablesId, {
    allowedPattern: '(rtb-[0-9a-f]+)?',
    description: 'Route tables of SubnetIds, for the gateway endpoint of S3; only with EndpointVpcId.',
  });
  const fips = new CfnParameter(stack, fipsName, {
    default: 'false',
    allowedValues: ['false', 'true'],
    description:
      'Whether the function calls AWS by its FIPS endpoints; EKS has them in the Regions of the United States and in GovCloud. Not with EndpointVpcId.',
  });
  const hasVpc = Fn.conditionNot(Fn.conditionEquals(vpc.valueAsString, ''));
  const inVpc = new CfnCondition(stack, 'InVpc', { expression: isGiven(subnets) });
  const makesEndpoints = new CfnCondition(stack, 'MakesVpcEndpoints', { expression: hasVpc });
  new CfnRule(stack, 'EndpointVpcIdNeedsTheRest', {
    ruleCondition: hasVpc,
    assertions: [
      ...Object.entries({ [subnetsId]: subnets, [groupsId]: groups, [tablesId]: tables }).map(
        ([name, list]) => ({
          assert: Fn.conditionNot(Fn.conditionContains(list, '')),
          assertDescription: `EndpointVpcId is given, and ${name} is empty: give it as well`,
        }),
      ),
      {
        assert: Fn.conditionEquals(fips.valueAsString, 'false'),
        assertDescription:
          'EndpointVpcId and UseFipsEndpoints are both given, and not every service has a VPC endpoint for FIPS: make those that your Region has yourself',
      },
    ],
  });
  return {
    inVpc,
    vpcConfig: {
      'Fn::If': [inVpc.logicalId, { SubnetIds: subnets, SecurityGroupIds: groups }, { Ref: 'AWS::NoValue' }],
    },
    endpoints: () => ({
      makesEndpoints,
      vpcId: vpc.valueAsString,
      subnetIds: subnets,
      routeTableIds: tables,
      sourceGroupIds: [Fn.select(0, groups)],
    }),
    usesFips: new CfnCondition(stack, 'UsesFips', {
      expression: Fn.conditionEquals(fips.valueAsString, 'true'),
    }),
  };
}
