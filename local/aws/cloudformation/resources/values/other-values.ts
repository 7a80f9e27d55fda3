/** What other services refuse of what many templates have: expressions of schedules, endpoints, address blocks. Pure. */
import { asText, isPrimitive } from '../../json';
import { valuesAt } from './limit';
import { isKnown, refusal, type ValueRule } from './value-fault';

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const schedule: ValueRule = ({ ScheduleExpression: value }) => {
  if (!isKnown(value)) return undefined;
  const text = asText(value);
  if (/^(rate\([1-9]\d* (minute|hour|day)s?\)|cron\(\S+( \S+){5}\)|at\([\d-]+T[\d:]+\))$/.test(text))
    return undefined;
  return refusal({
    service: 'Scheduler',
    path: 'ScheduleExpression',
    found: value,
    words: `Invalid Schedule Expression ${text}.`,
    remedy: 'write rate(5 minutes), cron() with six fields, or at(2026-01-31T12:00:00)',
  });
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
const rule: ValueRule = ({ ScheduleExpression: value }) => {
  if (!isKnown(value)) return undefined;
  const text = asText(value);
  if (/^(rate\((1 (minute|hour|day)|(?!1 |0)\d+ (minutes|hours|days))\)|cron\(\S+( \S+){5}\))$/.test(text))
    return undefined;
  return refusal({
    service: 'CloudWatchEvents',
    path: 'ScheduleExpression',
    found: value,
    words: 'Parameter ScheduleExpression is not valid.',
    remedy: 'write rate(1 minute), rate(5 minutes), or cron() with six fields',
  });
};

interface Endpoint {
  readonly takes: RegExp;
  readonly words: string;
  readonly remedy: string;
}

const arnOf = (service: string, words: string): Endpoint => ({
  takes: new RegExp(`^arn:[\\w-]+:${service}:`),
  words: `Invalid parameter: ${words}`,
  remedy: `the endpoint is an ARN, arn:aws:${service}:…`,
});
const url = (scheme: string): Endpoint => ({
  takes: new RegExp(`^${scheme}://`),
  words: 'Invalid parameter: Endpoint must match the specified protocol',
  remedy: `the endpoint begins with ${scheme}://`,
});
const email: Endpoint = {
  takes: /^[^@\s]+@[^@\s]+$/,
  words: 'Invalid parameter: Email address',
  remedy: 'the endpoint is an address, as team@example.com',
};
/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const endpoints: Readonly<Record<string, Endpoint>> = {
  email,
  'email-json': email,
  http: url('http'),
  https: url('https'),
  sqs: arnOf('sqs', 'SQS endpoint ARN'),
  lambda: arnOf('lambda', 'Lambda endpoint ARN'),
};

/** `place`: of the subscriptions. */
function subscriptions(...place: readonly string[]): ValueRule {
  return (properties) => {
    for (const { at, value } of valuesAt(properties, place)) {
      const { Protocol: protocol, Endpoint: given } = value as typeof properties;
      if (!isKnown(protocol) || !isKnown(given) || !isPrimitive(given)) continue;
      const wanted = endpoints[asText(protocol)];
      if (!wanted || wanted.takes.test(asText(given))) continue;
      const path = at === '' ? 'Endpoint' : `${at}.Endpoint`;
      return refusal({ service: 'Sns', path, found: given, words: wanted.words, remedy: wanted.remedy });
    }
    return undefined;
  };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const block: ValueRule = ({ CidrBlock: value }) => {
  if (!isKnown(value)) return undefined;
  const text = asText(value);
  const [, address = '', prefix = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? [];
  const isBlock = address !== '' && address.split('.').every((part) => Number(part) < 256);
  if (isBlock && Number(prefix) >= 16 && Number(prefix) <= 28) return undefined;
  return refusal({
    service: 'Ec2',
    path: 'CidrBlock',
    found: value,
    words: isBlock
      ? `The CIDR '${text}' is invalid.`
      : `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    remedy: 'write a block from /16 to /28, as 10.0.0.0/16',
  });
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const description: ValueRule = ({ GroupDescription: value }) => {
  if (!isKnown(value) || /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/.test(asText(value))) return undefined;
  return refusal({
    service: 'Ec2',
    path: 'GroupDescription',
    found: value,
    words:
      'Invalid security group description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    remedy: 'leave out what is no such character, as an apostrophe',
  });
};

export const OTHER_VALUES: Readonly<Record<string, readonly ValueRule[]>> = {
  'AWS::EC2::SecurityGroup': [description],
  'AWS::EC2::Subnet': [block],
  'AWS::EC2::VPC': [block],
  'AWS::Events::Rule': [rule],
  'AWS::SNS::Subscription': [subscriptions()],
  'AWS::SNS::Topic': [subscriptions('Subscription', '*')],
  'AWS::Scheduler::Schedule': [schedule],
};
