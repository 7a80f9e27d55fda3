/** Telling what others do with access entries: the rule, its topic, and nothing unasked. That the pattern matches: test/real. */
import './fast-synth';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { readBundle } from '../../cdk/bundle';
import { EksAccessProvider } from '../../cdk/index';
import { foreignChanges } from '../../cdk/operations/foreign-changes';
import { plainTemplate } from '../../build/template';
import { readTemplate, resolved } from './policies';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:watch';

test('the rule tells the topic, which lets rules of this account publish', () => {
  const app = new App();
  const stack = new Stack(app, 'stack');
  // In a stack of its own, as topics often are.
  const watch = new Stack(app, 'watch');
  const foreignChangesTopic = new sns.Topic(watch, 'Topic');
  new EksAccessProvider(stack, 'Provider', { foreignChangesTopic });
  const role = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProviderRole'), 'Arn'] };
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: foreignChanges(role as unknown as string) as Record<string, unknown>,
    Targets: [Match.objectLike({ Arn: Match.anyValue(), InputTransformer: Match.anyValue() })],
  });
  Template.fromStack(watch).hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Condition: { ArnLike: { 'aws:SourceArn': Match.anyValue() } },
        }),
      ],
    },
  });
});

test('a topic with the provider’s key lets the rule use it', () => {
  const stack = new Stack(new App(), 'stack');
  const encryptionKey = new kms.Key(stack, 'Key');
  const foreignChangesTopic = new sns.Topic(stack, 'Topic', { masterKey: encryptionKey });
  new EksAccessProvider(stack, 'Provider', { foreignChangesTopic, encryptionKey });
  const keys = JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  expect(keys).toContain('events.amazonaws.com');
  expect(keys).not.toContain('cloudwatch.amazonaws.com');
});

test('nobody is told unasked', () => {
  const stack = new Stack(new App(), 'stack');
  new EksAccessProvider(stack, 'Provider');
  Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 0);
});

test('the plain template has the same rule, where its parameter is given', () => {
  const plain = readTemplate(plainTemplate(readBundle()));
  const [rule, ...others] = [...plain.resources.values()].filter(({ type }) => type === 'AWS::Events::Rule');
  expect([rule?.condition, others]).toEqual(['TellsForeignChanges', []]);
  expect(resolved(rule?.properties, plain, { ForeignChangesTopicArn: TOPIC })).toMatchObject({
    EventPattern: foreignChanges('ProviderRole1DE8EC3B.Arn'),
    Targets: [{ Arn: TOPIC }],
  });
});

test('every name in its sentence is one of the event', () => {
  const stack = new Stack(new App(), 'stack');
  new EksAccessProvider(stack, 'Provider', {
    foreignChangesTopic: sns.Topic.fromTopicArn(stack, 'T', TOPIC),
  });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')) as [
    { readonly Properties: { readonly Targets: [{ readonly InputTransformer: Record<string, unknown> }] } },
  ];
  const { InputPathsMap: paths, InputTemplate: text } = Properties.Targets[0].InputTransformer;
  const used = [...String(text).matchAll(/<(\w+)>/g)].map(([, name]) => name);
  expect(used.sort()).toEqual(Object.keys(paths as object).sort());
  // EventBridge wants JSON: a sentence is a string.
  expect(typeof JSON.parse(String(text))).toBe('string');
});
