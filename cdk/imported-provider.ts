/** A provider that was deployed elsewhere: only what was told of it is known. */
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { ProviderBase } from './provider-base';
import { type IEksAccessProvider } from './provider-interface';
import { isLater, isNotLookedUp } from './checks/later';
import { leastServiceTimeout, serviceTimeoutFor } from './checks/service-timeout';

/** What else is known of a provider that was deployed elsewhere. */
export interface ImportedProviderOptions {
  /**
   * ARN of the provider's execution role, with its path: the output RoleArn of its stack. Needed by `role`, `roleArn`
   * and `allowCluster` only.
   *
   * @default - not known
   */
  readonly roleArn?: string;
}

/** The default timeout of the function; what the deployed one has is not known here. */
const USUAL_TIMEOUT = Duration.seconds(60);

export function importedProvider(
  scope: Construct,
  id: string,
  serviceToken: string,
  { roleArn }: ImportedProviderOptions,
): IEksAccessProvider {
  if (!isLater(serviceToken) && !/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/.test(serviceToken)) {
    throw new Error(
      `the service token is ${JSON.stringify(serviceToken)}: it must be the ARN of the provider's function, arn:aws:lambda:REGION:ACCOUNT:function:NAME, without a version or alias`,
    );
  }
  if (roleArn !== undefined && !isLater(roleArn) && !/^arn:[\w-]+:iam::\d{12}:role\/\S+$/.test(roleArn)) {
    throw new Error(
      `roleArn is ${JSON.stringify(roleArn)}: it must be the ARN of the provider's execution role, arn:aws:iam::ACCOUNT:role/NAME`,
    );
  }
  // Something of the right form, until the App is synthesised again.
  const arn = isNotLookedUp(serviceToken)
    ? Stack.of(scope).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: 'not-looked-up',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })
    : serviceToken;
  const role = isNotLookedUp(roleArn ?? '')
    ? Stack.of(scope).formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: 'not-looked-up',
      })
    : roleArn;
  return new ImportedProvider(scope, id, arn, role);
}

class ImportedProvider extends ProviderBase {
  readonly serviceToken: string;
  readonly function: lambda.IFunction;
  readonly serviceTimeout = serviceTimeoutFor(USUAL_TIMEOUT);
  readonly leastServiceTimeout = leastServiceTimeout(USUAL_TIMEOUT);
  private readonly knownRole: iam.IRole | undefined;

  constructor(scope: Construct, id: string, serviceToken: string, roleArn: string | undefined) {
    super(scope, id, { environmentFromArn: serviceToken });
    this.serviceToken = serviceToken;
    this.function = lambda.Function.fromFunctionArn(this, 'Function', serviceToken);
    this.knownRole =
      roleArn === undefined ? undefined : iam.Role.fromRoleArn(this, 'Role', roleArn, { mutable: false });
  }

  get role(): iam.IRole {
    if (this.knownRole) return this.knownRole;
    throw new Error(
      `${this.node.path}: the role of this provider is not known here: give roleArn to EksAccessProvider.fromServiceToken, or use EksAccessProvider.fromExport`,
    );
  }
}
