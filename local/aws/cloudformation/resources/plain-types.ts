/**
 * The AWS types of which the local AWS only needs the names: what `Ref` and `Fn::GetAtt` give is what CloudFormation
 * would give. Values are made up, and right in shape.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { asText, type Json, type JsonObject } from '../json';
import { physicalName } from './physical-name';
import { type ResourceContext } from './resource-type';

export interface PlainType {
  /** The property that names it, if the template does. */
  readonly name?: string;
  readonly maximum?: number;
  readonly physicalId: (name: string, context: ResourceContext, properties: JsonObject) => string;
  readonly attributes: Readonly<
    Record<string, (physicalId: string, context: ResourceContext, properties: JsonObject) => Json>
  >;
}

const asName = (name: string): string => name;
const lastPart = (text: string): string => /[^:/]*$/.exec(text)?.[0] ?? '';

/** `arn:P:service:REGION:ACCOUNT:` plus the rest. */
function regional(
  service: string,
  rest: (physicalId: string) => string,
): (physicalId: string, context: ResourceContext) => string {
  return (physicalId, { partition, region, accountId }) =>
    `arn:${partition}:${service}:${region}:${accountId}:${rest(physicalId)}`;
}

function ec2(prefix: string, attribute: string): PlainType {
  return {
    physicalId: () => `${prefix}-0${randomBytes(8).toString('hex')}`,
    attributes: { [attribute]: (id) => id },
  };
}

export const PLAIN_TYPES: Readonly<Record<string, PlainType>> = {
  'AWS::CDK::Metadata': { physicalId: (_name, { logicalId }) => logicalId, attributes: {} },
  'AWS::CloudFormation::WaitConditionHandle': {
    physicalId: (_name, { region, urlSuffix, stackId, logicalId }) =>
      `https://cloudformation-waitcondition-${region}.s3.${urlSuffix}/${encodeURIComponent(`${stackId}/${logicalId}`)}`,
    attributes: {},
  },
  'AWS::CloudWatch::Alarm': {
    name: 'AlarmName',
    physicalId: asName,
    attributes: { Arn: regional('cloudwatch', (id) => `alarm:${id}`) },
  },
  'AWS::CloudWatch::Dashboard': { name: 'DashboardName', physicalId: asName, attributes: {} },
  'AWS::EC2::InternetGateway': ec2('igw', 'InternetGatewayId'),
  'AWS::EC2::NatGateway': ec2('nat', 'NatGatewayId'),
  'AWS::EC2::RouteTable': ec2('rtb', 'RouteTableId'),
  'AWS::EC2::SecurityGroup': {
    physicalId: ec2('sg', '').physicalId,
    attributes: { GroupId: (id) => id, Id: (id) => id, VpcId: (_id, _context, { VpcId: vpc = '' }) => vpc },
  },
  'AWS::EC2::Subnet': {
    physicalId: ec2('subnet', '').physicalId,
    attributes: {
      SubnetId: (id) => id,
      AvailabilityZone: (_id, { region }, { AvailabilityZone: zone = `${region}a` }) => zone,
      CidrBlock: (_id, _context, { CidrBlock: block = '' }) => block,
      VpcId: (_id, _context, { VpcId: vpc = '' }) => vpc,
      NetworkAclAssociationId: () => 'aclassoc-00000000',
      Ipv6CidrBlocks: () => [],
    },
  },
  'AWS::EC2::VPC': {
    physicalId: ec2('vpc', '').physicalId,
    attributes: {
      VpcId: (id) => id,
      CidrBlock: (_id, _context, { CidrBlock: block = '' }) => block,
      DefaultSecurityGroup: () => 'sg-00000000000000000',
      DefaultNetworkAcl: () => 'acl-00000000000000000',
      CidrBlockAssociations: () => [],
      Ipv6CidrBlocks: () => [],
    },
  },
  'AWS::EC2::VPCEndpoint': {
    physicalId: ec2('vpce', '').physicalId,
    attributes: {
      Id: (id) => id,
      DnsEntries: () => [],
      NetworkInterfaceIds: () => [],
      CreationTimestamp: () => '',
    },
  },
  'AWS::EKS::Nodegroup': {
    name: 'NodegroupName',
    physicalId: (name, _context, { ClusterName: cluster }) => `${asText(cluster)}/${name}`,
    attributes: {
      Arn: (id, { partition, region, accountId }) =>
        `arn:${partition}:eks:${region}:${accountId}:nodegroup/${id}/${randomUUID()}`,
      ClusterName: (id) => id.split('/')[0] ?? '',
      Id: (id) => id,
      NodegroupName: (id) => id.split('/')[1] ?? '',
    },
  },
  'AWS::KMS::Alias': { name: 'AliasName', physicalId: asName, attributes: {} },
  'AWS::KMS::Key': {
    physicalId: () => randomUUID(),
    attributes: { Arn: regional('kms', (id) => `key/${id}`), KeyId: (id) => id },
  },
  'AWS::Lambda::Permission': {
    physicalId: (_name, { stackName, logicalId }) => physicalName(stackName, logicalId),
    attributes: { Id: (id) => id },
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    physicalId: asName,
    attributes: { Arn: regional('logs', (id) => `log-group:${id}:*`) },
  },
  'AWS::S3::Bucket': {
    name: 'BucketName',
    maximum: 63,
    physicalId: (name) => name.toLowerCase(),
    attributes: {
      Arn: (id, { partition }) => `arn:${partition}:s3:::${id}`,
      DomainName: (id, { urlSuffix }) => `${id}.s3.${urlSuffix}`,
      RegionalDomainName: (id, { region, urlSuffix }) => `${id}.s3.${region}.${urlSuffix}`,
    },
  },
  'AWS::SNS::Subscription': {
    physicalId: (_name, _context, { TopicArn: topic = '' }) => `${asText(topic)}:${randomUUID()}`,
    attributes: { Arn: (id) => id },
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    physicalId: (name, context) => regional('sns', asName)(name, context),
    attributes: { TopicArn: (id) => id, TopicName: lastPart },
  },
  'AWS::SNS::TopicPolicy': {
    physicalId: (_name, { stackName, logicalId }) => physicalName(stackName, logicalId),
    attributes: { Id: (id) => id },
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    maximum: 80,
    physicalId: (name, { region, urlSuffix, accountId }) =>
      `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`,
    attributes: { Arn: regional('sqs', lastPart), QueueName: lastPart, QueueUrl: (id) => id },
  },
  'AWS::SQS::QueuePolicy': {
    physicalId: (_name, { stackName, logicalId }) => physicalName(stackName, logicalId),
    attributes: { Id: (id) => id },
  },
};
