/** Events as CloudFormation sends them: every primitive a string, a signed ResponseURL. */
export const STACK_ID =
  'arn:aws:cloudformation:us-east-1:111122223333:stack/app/5b0c9d2e-0000-11ef-8888-0a1b2c3d4e5f';
export const REQUEST_ID = '7c1e2f7a-3b1d-4c58-9d3f-2f1f0f0e0d0c';

const properties = {
  ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
  Cluster: 'my-cluster',
  RoleArn: 'arn:aws:iam::111122223333:role/foo',
  UserName: 'lambdafoo',
  Groups: ['team-a'],
};

export function answerUrl(
  overrides: Partial<{
    origin: string;
    stackId: string;
    logicalId: string;
    requestId: string;
    query: string;
  }> = {},
): string {
  const origin =
    overrides.origin ?? 'https://cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com';
  const path = [
    overrides.stackId ?? STACK_ID,
    overrides.logicalId ?? 'LambdaKubeUser',
    overrides.requestId ?? REQUEST_ID,
  ].join('|');
  const query = overrides.query ?? 'X-Amz-Date=20261122T120000Z&X-Amz-Expires=7200&X-Amz-Signature=5ecre7';
  return `${origin}/${encodeURIComponent(path)}?${query}`;
}

export function createEvent(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    RequestType: 'Create',
    ServiceToken: properties.ServiceToken,
    ResponseURL: answerUrl(),
    StackId: STACK_ID,
    RequestId: REQUEST_ID,
    LogicalResourceId: 'LambdaKubeUser',
    ResourceType: 'Custom::EksMapRolesEntry',
    ResourceProperties: properties,
    ...overrides,
  };
}
