/** A provider that was deployed elsewhere: only its ARN is known. */
import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type IEksAccessProvider, ProviderBase } from './provider-base';
import { leastServiceTimeout, serviceTimeoutFor } from './service-timeout';

/** The default timeout of the function; what the deployed one has is not known here. */
const USUAL_TIMEOUT = Duration.seconds(60);

export function importedProvider(scope: Construct, id: string, serviceToken: string): IEksAccessProvider {
  if (
    !Token.isUnresolved(serviceToken) &&
    !/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/.test(serviceToken)
  ) {
    throw new Error(
      `the service token is ${JSON.stringify(serviceToken)}: it must be the ARN of the provider's function, arn:aws:lambda:REGION:ACCOUNT:function:NAME, without a version or alias`,
    );
  }
  return new ImportedProvider(scope, id, serviceToken);
}

class ImportedProvider extends ProviderBase {
  readonly serviceToken: string;
  readonly function: lambda.IFunction;
  readonly serviceTimeout = serviceTimeoutFor(USUAL_TIMEOUT);
  readonly leastServiceTimeout = leastServiceTimeout(USUAL_TIMEOUT);

  constructor(scope: Construct, id: string, serviceToken: string) {
    super(scope, id, { environmentFromArn: serviceToken });
    this.serviceToken = serviceToken;
    this.function = lambda.Function.fromFunctionArn(this, 'Function', serviceToken);
  }
}
