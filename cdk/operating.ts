/** The props of a provider that say how it is operated, as its resources take them. */
import { Aws } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { letUseKey } from './operations/encryption-key';
import { type ForeignChangesOptions } from './operations/foreign-changes';
import { type SettingsOptions } from './operations/settings';
import { type EksAccessProviderProps } from './provider-props';
import { type EndpointOptions } from './vpc-endpoints';

export interface Operating extends SettingsOptions, ForeignChangesOptions {
  /** Undefined: none are made. */
  readonly endpoints?: (handler: lambda.Function) => EndpointOptions;
}

/** Adds what it needs to the policy of the key. */
export function operating(props: EksAccessProviderProps): Operating {
  const { encryptionKey, alarmTopic, foreignChangesTopic, vpc } = props;
  const { reservedConcurrentExecutions: reserved } = props;
  if (foreignChangesTopic) letPublish(foreignChangesTopic);
  if (encryptionKey) {
    letUseKey(encryptionKey, [
      [alarmTopic, 'cloudwatch.amazonaws.com'],
      [foreignChangesTopic, 'events.amazonaws.com'],
    ]);
  }
  return {
    encrypts: encryptionKey !== undefined,
    encryptionKeyArn: encryptionKey?.keyArn ?? '',
    limitsConcurrency: reserved !== undefined,
    reservedConcurrency: reserved ?? 0,
    traces: props.tracing ?? false,
    usesFips: props.fipsEndpoints ?? false,
    tellsForeignChanges: foreignChangesTopic !== undefined,
    foreignChangesTopicArn: foreignChangesTopic?.topicArn ?? '',
    ...(vpc && props.vpcEndpoints
      ? { endpoints: (handler: lambda.Function) => endpointsIn(vpc, props.vpcSubnets, handler) }
      : {}),
  };
}

/** Any rule of this account and Region: the topic may be in a stack that cannot refer to the rule. */
function letPublish(topic: sns.ITopic): void {
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'EksAccessForeignChanges',
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/*` },
      },
    }),
  );
}

function endpointsIn(
  vpc: ec2.IVpc,
  selection: ec2.SubnetSelection | undefined,
  handler: lambda.Function,
): EndpointOptions {
  const { subnets } = vpc.selectSubnets(selection);
  const tables = subnets.map(({ routeTable }) => routeTable.routeTableId as string | undefined);
  if (tables.includes(undefined)) {
    throw new Error(
      'vpcEndpoints needs the route tables of the subnets, for the gateway endpoint of S3: give them where the VPC is imported (privateSubnetRouteTableIds), or leave vpcEndpoints out',
    );
  }
  return {
    makesEndpoints: true,
    vpcId: vpc.vpcId,
    // An interface endpoint takes one subnet of each Availability Zone.
    subnetIds: vpc.selectSubnets({ ...selection, onePerAz: true }).subnetIds,
    routeTableIds: [...new Set(tables as string[])],
    sourceGroupIds: handler.connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
  };
}
