/** What a provider has for those who run it: the same in the construct and in the plain template, and as the page says (CR-48). */
import './fast-synth';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_METRICS, RUN_METRICS } from '../../access/contract';
import { EksAccessProvider } from '../../cdk/index';
import { readBundle } from '../../cdk/bundle';
import { ALARMS } from '../../cdk/operations/alarm-table';
import { QUERIES } from '../../cdk/operations/log-queries';
import { operationsPage } from '../../build/operations-page';
import { plainTemplate } from '../../build/template';
import { readTemplate } from './policies';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const stack = new Stack(new App(), 'Provider');
const provider = new EksAccessProvider(stack, 'EksAccess', {
  alarmTopic: new sns.Topic(stack, 'Topic'),
  dashboard: true,
});
const template = Template.fromStack(stack);
const functionName = { Ref: Match.stringLikeRegexp('^EksAccessFunction') };

test.each(ALARMS)('alarm $id tells the topic, and quiet is fine', (row) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: row.metric,
    Namespace: row.namespace,
    ...(row.statistic === 'p99' ? { ExtendedStatistic: 'p99' } : { Statistic: row.statistic }),
    Period: row.minutes * 60,
    Threshold: typeof row.from === 'number' ? row.from : 48_000,
    EvaluationPeriods: row.periods ?? 1,
    DatapointsToAlarm: row.of ?? row.periods ?? 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^Topic') }],
    AlarmDescription: Match.stringLikeRegexp(row.means.slice(0, 20)),
    Dimensions: [
      row.namespace === 'AWS/SQS'
        ? { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'QueueName'] } }
        : { Name: row.namespace === 'AWS/Lambda' ? 'FunctionName' : 'Service', Value: functionName },
    ],
  });
});

test('an alarm on a metric of our own names one that there is', () => {
  const own = ALARMS.filter(({ namespace }) => namespace === 'cfn-eks-access').map(({ metric }) => metric);
  const known = [...Object.keys(EVENT_METRICS), ...RUN_METRICS];
  expect(own.filter((metric) => !known.includes(metric))).toEqual([]);
});

test('a provider without a topic has no alarms, and none has a dashboard or queries unasked', () => {
  const quiet = new Stack(new App(), 'Provider');
  new EksAccessProvider(quiet, 'EksAccess');
  Template.fromStack(quiet).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  Template.fromStack(quiet).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  Template.fromStack(quiet).resourceCountIs('AWS::Logs::QueryDefinition', 0);
  template.resourceCountIs('AWS::Logs::QueryDefinition', Object.keys(QUERIES).length);
});

test('the dashboard has six widgets, which fit beside each other', () => {
  const [{ Properties }] = Object.values(template.findResources('AWS::CloudWatch::Dashboard')) as [
    { Properties: { DashboardBody: { 'Fn::Join': [string, unknown[]] } } },
  ];
  const body = Properties.DashboardBody['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : 'x'))
    .join('');
  const { widgets } = JSON.parse(body) as { widgets: { width: number }[] };
  expect(widgets.map(({ width }) => width)).toEqual(Array.from({ length: 6 }, () => 12));
});

test('the plain template has the same alarms and the dashboard, where their parameters are given', () => {
  const plain = readTemplate(plainTemplate(readBundle()));
  const conditions = [...plain.resources.values()]
    .filter(({ type }) => /^AWS::(CloudWatch::|Logs::QueryDefinition$)/.test(type))
    .map(({ type, condition }) => `${type} ${condition ?? ''}`);
  expect(conditions.filter((each) => each === 'AWS::CloudWatch::Alarm HasAlarms')).toHaveLength(
    ALARMS.length,
  );
  expect(conditions.filter((each) => each === 'AWS::CloudWatch::Dashboard HasDashboard')).toHaveLength(1);
  expect(conditions.filter((each) => each === 'AWS::Logs::QueryDefinition HasDashboard')).toHaveLength(
    Object.keys(QUERIES).length,
  );
  expect(conditions).toHaveLength(ALARMS.length + 1 + Object.keys(QUERIES).length);
});

test('metrics of our own have methods, which refuse what there is not', () => {
  expect(provider.metricDenied().metricName).toBe('EventsDenied');
  expect(provider.metricUndelivered()).toMatchObject({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
  });
  expect(provider.metricEvent('Conflicts')).toMatchObject({ namespace: 'cfn-eks-access', statistic: 'Sum' });
  expect(() => provider.metricEvent('Conflict')).toThrow('there is no metric "Conflict" of a stack event');
});

test('docs/operations.md has the alarms, the queries and the metrics that there are (npm run generate)', () => {
  const page = read('docs/operations.md');
  expect(operationsPage(page)).toBe(page);
  const rows = [...page.matchAll(/^\| `([A-Z]\w+)` \| (Count|Seconds) \|/gm)].map(([, name, unit]) => [
    name,
    unit,
  ]);
  expect(rows).toEqual(Object.entries(EVENT_METRICS));
});

test('the runbook says what to do about each alarm', () => {
  const runbook = read('docs/runbook.md');
  expect(ALARMS.map(({ id }) => id).filter((id) => !runbook.includes(`**${id}**`))).toEqual([]);
});

test('the saved queries look for lines that the function writes', () => {
  const messages = Object.values(QUERIES).flatMap(({ query }) =>
    [...query.join('\n').matchAll(/message (?:=|in) (\[[^\]]*\]|"[^"]*")/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/"([^"]*)"/g)].map(([, message = '']) => message),
    ),
  );
  const bundle = read('dist/lambda/index.js');
  expect(messages.length).toBeGreaterThan(8);
  expect(messages.filter((message) => !bundle.includes(message))).toEqual([]);
});
