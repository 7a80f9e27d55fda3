/** An operator who runs `eks-access replay` in the local AWS, with a queue beside it. */
import { devNull } from 'node:os';
import { type LocalAws } from '../../../../local/aws/local-aws';
import { runWith } from '../live/cluster';
import { type Ran } from '../program';
import { type Queue } from './queue';

export const ACCOUNT = 'arn:aws:iam::111122223333';
export const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:undelivered';

/** What Lambda says of the function's dead-letter queue, which the local Lambda has no call for. */
export function tellQueue(aws: LocalAws, functionArn: string, queueArn: string): void {
  aws.lambdaApi.injectFault({
    match: ({ path }) => path.endsWith('/configuration') && !path.includes('/nothing/'),
    times: 100,
    respond: {
      status: 200,
      body: JSON.stringify({ FunctionArn: functionArn, DeadLetterConfig: { TargetArn: queueArn } }),
    },
  });
}

export function runReplay(aws: LocalAws, queue: Queue, line = ''): Promise<Ran> {
  const keys = aws.iam.credentialsFor(`${ACCOUNT}:role/Operator`, 'jane@example.com');
  const env = {
    LANG: 'C.UTF-8',
    COLUMNS: '200',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_REGION: aws.region,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoints.cloudformation,
    AWS_ENDPOINT_URL_LAMBDA: aws.endpoints.lambda,
    AWS_ENDPOINT_URL_SQS: queue.server.url,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
  };
  return runWith(env, `replay ${line}`.trim());
}
