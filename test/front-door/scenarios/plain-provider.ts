/** The provider as people without CDK deploy it, from samples/provider.yaml, on a local AWS of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { LOCAL_FILES } from '../../../local/aws/cloudformation/resources/lambda-code';
import { startLocalAws, type LocalAws } from '../../../local/aws/local-aws';
import { failuresOf } from './whole-stacks';

const root = join(__dirname, '../../..');
const code = JSON.stringify({ S3Bucket: LOCAL_FILES, S3Key: join(root, 'dist/lambda/index.js') });
const template = readFileSync(join(root, 'samples/provider.yaml'), 'utf8').replace(
  'Code: ../dist/lambda',
  () => `Code: ${code}`,
);

export function startAws(): Promise<LocalAws> {
  return startLocalAws({
    clock: new SkippingClock(),
    retryDelays: [1, 1],
    functionEnvironment: ({ answerBucket }) => ({ EKS_ACCESS_RESPONSE_HOSTS: answerBucket }),
  });
}

/** Nodes and cluster admins are allowed. The answer is what the stack prints for the trust policy of a cluster's role. */
export async function deployPlainProvider(
  aws: LocalAws,
  parameters: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const stack = await aws.cloudformation.createStack({
    name: 'provider',
    template,
    templateLimit: 1_000_000,
    capabilities: ['CAPABILITY_IAM'],
    parameters: { AllowNodes: 'true', AllowClusterAdmin: 'true', ...parameters },
  });
  if (stack.status !== 'CREATE_COMPLETE') throw new Error(failuresOf(stack));
  // A denied call is tried again for a third of the time that there is.
  const fn = aws.lambda.function(stack.outputValues['ServiceToken'] ?? '');
  if (fn) aws.lambda.register({ ...fn, timeoutSeconds: 4 });
  return stack.outputValues['ClusterRoleTrust'];
}
