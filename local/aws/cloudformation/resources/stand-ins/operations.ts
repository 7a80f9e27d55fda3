/** Logs, alarms, events, queues and topics. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { byArn, itself, lastPart, named, type PlainTypes, regional, unnamed } from './form';

export const OPERATIONS: PlainTypes = {
  'AWS::CDK::Metadata': { physicalId: (_name, { logicalId }) => logicalId, attributes: {} },
  'AWS::CloudFormation::WaitConditionHandle': {
    physicalId: (_name, { region, urlSuffix, stackId, logicalId }) =>
      `https://cloudformation-waitcondition-${region}.s3.${urlSuffix}/${encodeURIComponent(`${stackId}/${logicalId}`)}`,
    attributes: {},
  },
  'AWS::CloudWatch::Alarm': named('AlarmName', { Arn: regional('cloudwatch', (id) => `alarm:${id}`) }),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', {
    Arn: regional('cloudwatch', (id) => `alarm:${id}`),
  }),
  'AWS::CloudWatch::Dashboard': named('DashboardName'),
  'AWS::Events::EventBus': named('Name', {
    Arn: regional('events', (name) => `event-bus/${name}`),
    Name: itself,
  }),
  'AWS::Events::Rule': named('Name', { Arn: regional('events', (name) => `rule/${name}`) }, 64),
  'AWS::Logs::LogGroup': named('LogGroupName', { Arn: regional('logs', (id) => `log-group:${id}:*`) }),
  'AWS::Logs::LogStream': named('LogStreamName'),
  'AWS::Logs::MetricFilter': named('FilterName'),
  'AWS::Logs::QueryDefinition': {
    physicalId: () => randomUUID(),
    attributes: { QueryDefinitionId: itself },
  },
  'AWS::Logs::SubscriptionFilter': named('FilterName'),
  'AWS::SNS::Subscription': {
    physicalId: (_name, _context, { TopicArn: topic = '' }) => `${asText(topic)}:${randomUUID()}`,
    attributes: { Arn: itself },
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    physicalId: regional('sns', itself),
    attributes: { TopicArn: itself, TopicName: lastPart },
  },
  'AWS::SNS::TopicPolicy': unnamed('Id'),
  'AWS::SQS::Queue': {
    name: 'QueueName',
    maximum: 80,
    physicalId: (name, { region, urlSuffix, accountId }) =>
      `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`,
    attributes: {
      Arn: (id, context) => regional('sqs', lastPart)(id, context, {}),
      QueueName: lastPart,
      QueueUrl: itself,
    },
  },
  'AWS::SQS::QueuePolicy': unnamed('Id'),
  'AWS::SSM::Association': { physicalId: () => randomUUID(), attributes: { AssociationId: itself } },
  'AWS::SSM::Document': named('Name'),
  'AWS::Scheduler::ScheduleGroup': byArn('scheduler', 'Name', (name) => `schedule-group/${name}`, 'Arn'),
};
