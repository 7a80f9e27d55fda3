import { EKSServiceException } from '@aws-sdk/client-eks';
import { type EksOperation } from '../../../../access/aws/eks-api';
import { translateEksError } from '../../../../access/aws/eks-refusal';
import { ConnectionError } from '../../../../access/aws/sdk-failure';

const refused = (name: string, message: string, httpStatusCode: number, requestId?: string) =>
  new EKSServiceException({
    name,
    message,
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode, ...(requestId === undefined ? {} : { requestId }) },
  });

const ROLE = 'arn:aws:iam::111122223333:role/team/Dev';
const NO_ENTRY =
  "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.";
const NO_POLICY =
  "The specified policyArn could not be found. You can view your available access policies with 'list-access-policies'";
const MODE =
  "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";

it.each<[EksOperation, string, number, string, string, string, string]>([
  // operation, name, status, text → code, fault, what the author reads
  [
    'DescribeAccessEntry',
    'ResourceNotFoundException',
    404,
    NO_ENTRY,
    'NotFound',
    'no entry',
    'has no such access entry or policy on cluster prod',
  ],
  [
    'AssociateAccessPolicy',
    'ResourceNotFoundException',
    404,
    NO_ENTRY,
    'NotStabilized',
    'no entry yet',
    'was just made',
  ],
  [
    'AssociateAccessPolicy',
    'ResourceNotFoundException',
    404,
    NO_POLICY,
    'InvalidRequest',
    'failed',
    'AccessPolicies has P, which EKS does not know',
  ],
  [
    'DisassociateAccessPolicy',
    'ResourceNotFoundException',
    404,
    NO_POLICY,
    'NotFound',
    'no entry',
    'has no such',
  ],
  [
    'DescribeAccessEntry',
    'ResourceNotFoundException',
    404,
    'No cluster found for name: prod.',
    'NotFound',
    'failed',
    'cluster prod does not exist: see that',
  ],
  ['TagResource', 'NotFoundException', 404, 'not found', 'NotFound', 'no entry', 'has no such access entry'],
  [
    'CreateAccessEntry',
    'InvalidParameterException',
    400,
    'The specified principalArn is invalid: invalid principal.',
    'NotStabilized',
    'failed',
    'does not find',
  ],
  [
    'CreateAccessEntry',
    'InvalidRequestException',
    400,
    MODE,
    'InvalidRequest',
    'no access entries',
    'authentication mode CONFIG_MAP',
  ],
  [
    'CreateAccessEntry',
    'ResourceInUseException',
    409,
    'in use',
    'AlreadyExists',
    'failed',
    'already has an access entry',
  ],
  [
    'UpdateAccessEntry',
    'ResourceInUseException',
    409,
    'in use',
    'ResourceConflict',
    'failed',
    'being changed',
  ],
  [
    'CreateAccessEntry',
    'ResourceLimitExceededException',
    400,
    'limit',
    'InvalidRequest',
    'failed',
    'takes no more access entries',
  ],
  [
    'AssociateAccessPolicy',
    'ResourceLimitExceededException',
    400,
    'limit',
    'InvalidRequest',
    'failed',
    'the access entry of arn:aws:iam::111122223333:role/team/Dev on cluster prod takes no more access policies, of which EKS allows 20',
  ],
  [
    'CreateAccessEntry',
    'ResourceInUseException',
    409,
    'Cannot CreateAccessEntry because cluster prod currently has update 1 (VersionRollback) in progress',
    'ResourceConflict',
    'failed',
    'cluster prod is being updated',
  ],
  [
    'CreateAccessEntry',
    'InvalidRequestException',
    400,
    'Cannot CreateAccessEntry because cluster prod currently has update 1 (VersionRollback) in progress',
    'ResourceConflict',
    'failed',
    'cluster prod is being updated',
  ],
  [
    'CreateAccessEntry',
    'ResourceInUseException',
    409,
    'Cluster prod is currently UPDATING',
    'ResourceConflict',
    'failed',
    'cluster prod is being updated',
  ],
  ['CreateAccessEntry', 'ThrottlingException', 429, 'Rate exceeded', 'Throttling', 'failed', 'throttles'],
  ['CreateAccessEntry', 'TooManyRequestsException', 400, 'Too many', 'Throttling', 'failed', 'throttles'],
  [
    'CreateAccessEntry',
    'AccessDeniedException',
    403,
    'User: x is not authorized\nto perform',
    'AccessDenied',
    'failed',
    "may not do eks:CreateAccessEntry on cluster prod: ask the provider's owner to allow it (IAM: User: x is not authorized to perform)",
  ],
  ['CreateAccessEntry', 'ExpiredTokenException', 403, 'expired', 'AccessDenied', 'failed', 'expired'],
  [
    'CreateAccessEntry',
    'AccessDeniedException',
    403,
    'no',
    'AccessDenied',
    'failed',
    "may not do eks:CreateAccessEntry on cluster prod: ask the provider's owner to allow it in the role's policy",
  ],
  ['CreateAccessEntry', 'SomethingNewException', 400, 'no', 'InvalidRequest', 'failed', 'which EKS refuses'],
  [
    'CreateAccessEntry',
    'ServerException',
    500,
    'oops',
    'ServiceUnavailable',
    'failed',
    'could not be reached: oops',
  ],
  [
    'CreateAccessEntry',
    'ServiceUnavailableException',
    503,
    'oops',
    'ServiceUnavailable',
    'failed',
    'could not be reached',
  ],
  ['CreateAccessEntry', 'RequestTimeoutException', 408, 'slow', 'ServiceUnavailable', 'failed', 'slow'],
])('%s: %s %s', (operation, name, status, text, code, fault, says) => {
  const policy = { policyArn: 'P', scope: 'cluster', namespaces: [] };
  const about = { operation, cluster: 'prod', principalArn: ROLE, asked: { policy } };
  const translated = translateEksError(refused(name, text, status, 'req-7'), about);
  expect(translated).toMatchObject({ fault, error: { name: 'ProviderError', code } });
  // A read changes nothing, whatever became of its answer.
  const isWrite = !/^(Describe|List)/.test(operation);
  expect(translated.error.mayHaveActed).toBe(code === 'ServiceUnavailable' && isWrite);
  expect(translated.error.message).toContain(says);
  expect(translated.error.message).toMatch(new RegExp(`\\(${operation}, request id req-7\\)$`));
});

it('cuts off what is too long for a stack event', () => {
  const { error } = translateEksError(refused('X', 'x'.repeat(5_000), 400), {
    operation: 'TagResource',
    cluster: 'prod',
  });
  expect(error.message.length).toBeLessThan(700);
});

it('a connection that failed says to where, and may be tried again', () => {
  const failure = new ConnectionError('eks.us-east-1.amazonaws.com', 'ECONNRESET', undefined);
  const { error } = translateEksError(failure, { operation: 'CreateAccessEntry', cluster: 'prod' });
  expect(error).toMatchObject({
    code: 'ServiceUnavailable',
    mayHaveActed: true,
    message: expect.stringContaining('no answer from eks.us-east-1.amazonaws.com (ECONNRESET)') as string,
  });
});

it.each([
  ['InvalidSignatureException', 403],
  ['SignatureDoesNotMatch', 403],
  ['UnrecognizedClientException', 403],
  ['ExpiredTokenException', 400],
  ['IncompleteSignatureException', 400],
  ['MissingAuthenticationTokenException', 403],
  ['AccessDeniedException', 403],
  ['Whatever it may be: x-amz-security-token:5ecre7', 401],
])('what is said of credentials is never passed on: %s', (name, status) => {
  const text =
    "The request signature we calculated does not match. The Canonical String should have been 'GET\n/clusters/..\n\nx-amz-security-token:5ecre7'";
  const { error } = translateEksError(refused(name, text, status, 'req-7'), {
    operation: 'DescribeCluster',
    cluster: 'prod',
  });
  expect(error).toMatchObject({ code: 'AccessDenied', mayHaveActed: false });
  expect(error.message).not.toMatch(/5ecre7|Canonical/);
  expect(error.message).toMatch(
    /eks:DescribeCluster on cluster prod.*\(DescribeCluster, request id req-7\)$/,
  );
});
