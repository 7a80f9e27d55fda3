/** A function whose code logs in to a cluster (samples/6-who-am-i.js), asked once for whom the cluster takes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Aws,
  type CfnResource,
  CustomResource,
  Duration,
  RemovalPolicy,
  type Stack,
  Validations,
} from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { packageRoot } from '../bundle';
import { ignoreInCfnLint, LOG_GROUP, SAMPLE_FUNCTION, skipInCheckov } from '../findings';

export interface Caller {
  readonly role: iam.Role;
  readonly function: lambda.Function;
}

export function callerOf(stack: Stack, cluster: eks.CfnCluster): Caller {
  const logGroup = new logs.LogGroup(stack, 'CallerLogs', {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  skipInCheckov(logGroup.node.defaultChild as CfnResource, LOG_GROUP);
  const role = new iam.Role(stack, 'CallerRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  // Not the right to make the log group: what Lambda writes late would make it again when the stack is gone.
  const grant = logGroup.grantWrite(role);
  const caller = new lambda.Function(stack, 'Caller', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(readFileSync(join(packageRoot(), 'samples', '6-who-am-i.js'), 'utf8')),
    role,
    timeout: Duration.seconds(60),
    logGroup,
    environment: {
      CLUSTER: cluster.ref,
      ENDPOINT: cluster.attrEndpoint,
      AUTHORITY: cluster.attrCertificateAuthorityData,
      STS_HOST: `sts.${Aws.REGION}.${Aws.URL_SUFFIX}`,
    },
  });
  grant.applyBefore(caller);
  const reason = 'cfn-response ends an invocation by context.done, which Node.js 22 is the last to have';
  Validations.of(caller).acknowledge({ id: 'AwsSolutions::AwsSolutions-L1', reason });
  const resource = caller.node.defaultChild as CfnResource;
  skipInCheckov(resource, SAMPLE_FUNCTION);
  // W3005: CDK says twice that the function depends on its role, which does no harm.
  ignoreInCfnLint(resource, 'W3005');
  return { role, function: caller };
}

/** `mappedTo`: asks again when it changes. Attributes of the answer: `UserName`, and `Groups` separated by commas. */
export function whoAmI(stack: Stack, caller: Caller, mappedTo: string): CustomResource {
  return new CustomResource(stack, 'WhoAmI', {
    resourceType: 'Custom::WhoAmI',
    serviceToken: caller.function.functionArn,
    serviceTimeout: Duration.seconds(120),
    properties: { MappedTo: mappedTo },
  });
}
