/**
 * A rule of EventBridge that tells a topic what others than the provider do with access entries. What EventBridge hears of
 * API calls comes from CloudTrail: without a trail that records management events nothing is told.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
import { CfnCondition } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { type Construct } from 'constructs';
import { type Toggle } from '../policy/now-or-later';

/** Associations of these are told; of all others the access entry itself is. */
const ADMIN_POLICIES = ['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy'];

/**
 * Calls that have succeeded and were not made as `providerRoleArn`. A field that is missing matches no `anything-but`, and
 * users and AWS services have no session issuer.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function foreignChanges(providerRoleArn: string): object {
  return {
    source: ['aws.eks'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['eks.amazonaws.com'],
      errorCode: [{ exists: false }],
      userIdentity: {
        sessionContext: {
          sessionIssuer: { arn: [{ 'anything-but': [providerRoleArn] }, { exists: false }] },
        },
      },
      $or: [
        { eventName: ['CreateAccessEntry', 'UpdateAccessEntry', 'DeleteAccessEntry'] },
        {
          eventName: ['AssociateAccessPolicy'],
          requestParameters: { policyArn: ADMIN_POLICIES.map((name) => ({ suffix: `/${name}` })) },
        },
      ],
    },
  };
}

/** Of CloudTrail's record; ARNs that are part of a path come percent-encoded. */
const SENTENCE = {
  inputPathsMap: {
    call: '$.detail.eventName',
    cluster: '$.detail.requestParameters.name',
    principal: '$.detail.requestParameters.principalArn',
    policy: '$.detail.requestParameters.policyArn',
    who: '$.detail.userIdentity.arn',
    region: '$.region',
    at: '$.time',
    id: '$.detail.eventID',
  },
  inputTemplate:
    '"<call> on cluster <cluster> (<region>) for <principal> <policy> by <who> at <at>, not by the provider of cfn-eks-access: CloudTrail event <id>; docs/runbook.md, another principal changed access entries"',
};

export interface ForeignChangesOptions {
  readonly tellsForeignChanges: Toggle;
  /** ARN of the topic that is told. */
  readonly foreignChangesTopicArn: string;
}

export function foreignChangesRule(
  scope: Construct,
  providerRoleArn: string,
  { tellsForeignChanges, foreignChangesTopicArn }: ForeignChangesOptions,
): void {
  if (tellsForeignChanges === false) return;
  const rule = new CfnRule(scope, 'ForeignChanges', {
    description:
      'cfn-eks-access: access entries, and associations of admin policies, that others than the provider make (needs a trail of CloudTrail)',
    eventPattern: foreignChanges(providerRoleArn),
    targets: [{ id: 'Topic', arn: foreignChangesTopicArn, inputTransformer: SENTENCE }],
  });
  if (tellsForeignChanges instanceof CfnCondition) rule.cfnOptions.condition = tellsForeignChanges;
}
