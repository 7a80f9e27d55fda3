/** How the provider is operated, as parameters of the plain template. */
import { CfnCondition, CfnParameter, Fn, type Stack, Token } from 'aws-cdk-lib';
import { type ForeignChangesOptions } from '../operations/foreign-changes';
import { type SettingsOptions } from '../operations/settings';

export const OPERATIONS_PARAMETERS: readonly string[] = [
  'AlarmTopicArn',
  'ForeignChangesTopicArn',
  'Dashboard',
  'Tracing',
  'EncryptionKeyArn',
  'ReservedConcurrency',
];

const TOPIC_ARN = '(arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[0-9A-Za-z_.-]+)?';

export interface PlainOperations extends Omit<SettingsOptions, 'usesFips'>, ForeignChangesOptions {
  readonly hasAlarms: CfnCondition;
  readonly alarmTopicArn: string;
  readonly hasDashboard: CfnCondition;
}

export function plainOperations(stack: Stack): PlainOperations {
  const [
    topicName = '',
    foreignName = '',
    dashboardName = '',
    tracingName = '',
    keyName = '',
    reservedName = '',
  ] = OPERATIONS_PARAMETERS;
  const flag = (id: string, description: string): CfnParameter =>
    new CfnParameter(stack, id, { default: 'false', allowedValues: ['false', 'true'], description });
  const text = (id: string, allowedPattern: string, description: string): CfnParameter =>
    new CfnParameter(stack, id, { default: '', allowedPattern, description });
  const isOn = (id: string, { valueAsString }: CfnParameter): CfnCondition =>
    new CfnCondition(stack, id, { expression: Fn.conditionEquals(valueAsString, 'true') });
  const isGiven = (id: string, { valueAsString }: CfnParameter): CfnCondition =>
    new CfnCondition(stack, id, { expression: Fn.conditionNot(Fn.conditionEquals(valueAsString, '')) });

  const alarmTopic = text(
    topicName,
    TOPIC_ARN,
    'ARN of the SNS topic that is told when an alarm of the provider is raised; one that is encrypted with a key of your own needs a key policy that lets cloudwatch.amazonaws.com use it. Empty: no alarms.',
  );
  const foreignTopic = text(
    foreignName,
    TOPIC_ARN,
    'ARN of the SNS topic that is told when others than the provider create, change or delete access entries, or associate an admin policy. Needs a trail of CloudTrail that records management events in this Region, and a topic policy that lets events.amazonaws.com publish (docs/operations.md). Empty: nobody is told.',
  );
  const dashboard = flag(
    dashboardName,
    'Whether the provider has a dashboard in CloudWatch, and saved queries for its log.',
  );
  const tracing = flag(
    tracingName,
    'Whether Lambda sends traces of the invocations to X-Ray. The function then may do xray:PutTraceSegments and xray:PutTelemetryRecords.',
  );
  const key = text(
    keyName,
    '(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]+)?',
    'ARN of a KMS key that encrypts the log, the queue of undelivered events and the environment of the function. Its key policy must let CloudWatch Logs use it (docs/operations.md has the statement). Empty: keys of AWS.',
  );
  const reserved = text(
    reservedName,
    '([0-9]{1,4})?',
    'Reserved concurrency of the function, 0 to stop all changes: throttled events wait, and so do their stacks. Empty: none is reserved.',
  );
  return {
    hasAlarms: isGiven('HasAlarms', alarmTopic),
    alarmTopicArn: alarmTopic.valueAsString,
    tellsForeignChanges: isGiven('TellsForeignChanges', foreignTopic),
    foreignChangesTopicArn: foreignTopic.valueAsString,
    hasDashboard: isOn('HasDashboard', dashboard),
    traces: isOn('Traces', tracing),
    encrypts: isGiven('GivenEncryptionKey', key),
    encryptionKeyArn: key.valueAsString,
    limitsConcurrency: isGiven('GivenReservedConcurrency', reserved),
    reservedConcurrency: Token.asNumber({ Ref: reservedName }),
  };
}
