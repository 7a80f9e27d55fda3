/** Logs, alarms, events, queues and topics. */
import { randomUUID } from 'node:crypto';
import { asText } from '../../json';
import { byArn, hex, itself, lastPart, named, type PlainTypes, regional, unnamed } from './form';

export const OPERATIONS: PlainTypes = {
  'AWS::APS::Workspace': {
    physicalId: regional('aps', () => `workspace/ws-${randomUUID()}`),
    attributes: {
      Arn: itself,
      WorkspaceId: lastPart,
      PrometheusEndpoint: (id, { region, urlSuffix }) =>
        `https://aps-workspaces.${region}.${urlSuffix}/workspaces/${lastPart(id)}/`,
    },
  },
  'AWS::CDK::Metadata': { physicalId: (_name, { logicalId }) => logicalId, attributes: {} },
  'AWS::CloudFormation::WaitConditionHandle': {
    physicalId: (_name, { region, urlSuffix, stackId, logicalId }) =>
      `https://cloudformation-waitcondition-${region}.s3.${urlSuffix}/${encodeURIComponent(`${stackId}/${logicalId}`)}`,
    attributes: {},
  },
  // Nothing here signals, and nothing waits.
  'AWS::CloudFormation::WaitCondition': {
    physicalId: (_name, { stackId, logicalId }) => `${stackId}/${logicalId}`,
    attributes: {},
  },
  'AWS::CloudWatch::Alarm': named('AlarmName', { Arn: regional('cloudwatch', (id) => `alarm:${id}`) }),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', {
    Arn: regional('cloudwatch', (id) => `alarm:${id}`),
  }),
  'AWS::CloudWatch::Dashboard': named('DashboardName'),
  'AWS::CloudTrail::Trail': named('TrailName', { Arn: regional('cloudtrail', (name) => `trail/${name}`) }),
  'AWS::CodeCommit::Repository': {
    name: 'RepositoryName',
    physicalId: () => randomUUID(),
    attributes: {
      Arn: (_id, context, { RepositoryName: name }) =>
        regional('codecommit', () => asText(name))('', context, {}),
      CloneUrlHttp: (_id, { region, urlSuffix }, { RepositoryName: name }) =>
        `https://git-codecommit.${region}.${urlSuffix}/v1/repos/${asText(name)}`,
    },
    mirrors: { Name: 'RepositoryName' },
  },
  'AWS::Events::EventBus': named('Name', {
    Arn: regional('events', (name) => `event-bus/${name}`),
    Name: itself,
  }),
  'AWS::Events::Rule': named('Name', { Arn: regional('events', (name) => `rule/${name}`) }, 64),
  'AWS::Grafana::Workspace': {
    physicalId: () => `g-${hex(10)}`,
    attributes: {
      Id: itself,
      Status: () => 'ACTIVE',
      Endpoint: (id, { region, urlSuffix }) => `${id}.grafana-workspace.${region}.${urlSuffix}`,
    },
  },
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
