/** A Lambda function whose role may call the Kubernetes API: the case this product was made for. */
import { type CfnResource, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import {
  acknowledgeManagedPolicies,
  ignoreInCfnLint,
  LOG_GROUP,
  SAMPLE_FUNCTION,
  skipInCheckov,
} from '../findings';
import { EksMapRolesEntry, type IEksAccessProvider } from '../index';

const LOGGING = 'service-role/AWSLambdaBasicExecutionRole';

export interface LambdaRoleStackProps extends StackProps {
  readonly provider: IEksAccessProvider;
  readonly clusterName: string;
  readonly userName: string;
  /** `system:masters` is refused unless the provider was deployed with the guardrail allowClusterAdmin. */
  readonly groups: string[];
}

export class LambdaRoleStack extends Stack {
  constructor(scope: Construct, id: string, props: LambdaRoleStackProps) {
    super(scope, id, props);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(LOGGING)],
    });
    const mapping = new EksMapRolesEntry(this, 'Mapping', {
      provider: props.provider,
      clusterName: props.clusterName,
      role,
      userName: props.userName,
      groups: props.groups,
    });
    const caller = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => "calls the Kubernetes API";'),
      role,
      environment: { CLUSTER: props.clusterName },
    });
    // The function may log in from its first invocation on.
    caller.node.addDependency(mapping);

    const why = 'a sample: it lets the function write logs and nothing else, and AWS keeps it up to date';
    acknowledgeManagedPolicies(role, [LOGGING], why);
    skipInCheckov(caller.node.defaultChild as CfnResource, SAMPLE_FUNCTION);
    // W3005: CDK says twice that the function depends on its role, which does no harm.
    ignoreInCfnLint(caller.node.defaultChild as CfnResource, 'W3005');
    for (const node of caller.node.findAll())
      if (node instanceof logs.CfnLogGroup) skipInCheckov(node, LOG_GROUP);
  }
}
