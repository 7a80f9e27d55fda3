/** A Lambda function whose role may call the Kubernetes API: the case this product was made for. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { EksMapRolesEntry, type IEksAccessProvider } from '../index';

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
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
      ],
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
  }
}
