/** What the policy of a key of the owner's own must allow, beside what IAM policies allow by themselves. */
import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';

/**
 * CloudWatch Logs uses the key for this account's log groups alone:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html. A topic that has the same key must
 * let in those who publish to it; SNS asks for the key in their name:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html. Of a key that was made elsewhere the policy is its
 * owner's: nothing is added.
 */
export function letUseKey(
  key: kms.IKey,
  publishers: readonly (readonly [topic: sns.ITopic | undefined, service: string])[],
): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'EksAccessLogs',
      principals: [new iam.ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: ['kms:Decrypt', 'kms:Describe*', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
        },
      },
    }),
  );
  const services = publishers.filter(([topic]) => topic?.masterKey === key).map(([, service]) => service);
  if (services.length === 0) return;
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'EksAccessTopic',
      principals: services.map((service) => new iam.ServicePrincipal(service)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
}
