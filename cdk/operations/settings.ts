/** What the owner of the provider may ask for of its function, log and queue beyond what they come with. */
import { Aws, CfnCondition, Fn, type CfnResource } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Toggle } from '../policy/now-or-later';

/** Of the SDK. */
export const FIPS_ENVIRONMENT = 'AWS_USE_FIPS_ENDPOINT';

export interface SettingsOptions {
  /** Whether logs, queue and environment are encrypted with a key of the owner's own. */
  readonly encrypts: Toggle;
  /** Its ARN; of no account where `encrypts` is false. */
  readonly encryptionKeyArn: string;
  readonly limitsConcurrency: Toggle;
  readonly reservedConcurrency: number;
  readonly traces: Toggle;
  readonly usesFips: Toggle;
}

export interface SettingsParts {
  readonly handler: lambda.Function;
  readonly logGroup: logs.LogGroup;
  readonly queue: sqs.Queue;
}

export function applySettings({ handler, logGroup, queue }: SettingsParts, options: SettingsOptions): void {
  const { encrypts, encryptionKeyArn, limitsConcurrency, reservedConcurrency, traces } = options;
  set(logGroup, 'KmsKeyId', encrypts, encryptionKeyArn);
  set(queue, 'KmsMasterKeyId', encrypts, encryptionKeyArn);
  set(handler, 'KmsKeyArn', encrypts, encryptionKeyArn);
  set(handler, 'ReservedConcurrentExecutions', limitsConcurrency, reservedConcurrency);
  set(handler, 'TracingConfig', traces, { Mode: 'Active' });
}

/** For the environment of the function. */
export function fipsEnvironment(usesFips: Toggle): Readonly<Record<string, string>> {
  if (usesFips === false) return {};
  const isOn =
    usesFips === true ? 'true' : Fn.conditionIf(usesFips.logicalId, 'true', Aws.NO_VALUE).toString();
  return { [FIPS_ENVIRONMENT]: isOn };
}

/** L2 constructs cannot say "or nothing". */
function set(
  construct: lambda.Function | logs.LogGroup | sqs.Queue,
  property: string,
  toggle: Toggle,
  value: unknown,
) {
  if (toggle === false) return;
  const resource = construct.node.defaultChild as CfnResource;
  const given =
    toggle instanceof CfnCondition ? { 'Fn::If': [toggle.logicalId, value, { Ref: 'AWS::NoValue' }] } : value;
  resource.addPropertyOverride(property, given);
}
