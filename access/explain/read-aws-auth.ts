/** What was read of aws-auth; nothing where it was not. Pure. */
import { type AwsAuth } from '../aws-auth/intent';
import { type ReadAwsAuth, type SeenCluster } from './seen-cluster';

export function sectionsOf({ awsAuth }: SeenCluster): ReadAwsAuth['sections'] {
  return awsAuth?.state === 'read' ? awsAuth.sections : {};
}

/** As plans look at it. */
export function contentOf({ awsAuth }: SeenCluster): AwsAuth {
  const read: Partial<ReadAwsAuth> = awsAuth?.state === 'read' ? awsAuth : {};
  return { data: read.data ?? {}, annotations: read.annotations ?? {} };
}
