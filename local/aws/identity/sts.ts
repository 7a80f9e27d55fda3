/**
 * A local STS: GetCallerIdentity (signed POST, or presigned GET as in a cluster token) and AssumeRole (trust policies,
 * external ids and the end of sessions are checked), in XML or, when asked with `Accept: application/json`, in JSON.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
import { identifyCaller } from './caller';
import { type CallerIdentity, type LocalIam } from './iam';
import {
  startLoopbackServer,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
} from '../server/loopback-server';
import { claimFromHeaders, claimFromQuery } from './sigv4';
import { parameter, queryAnswers } from './query-answer';

const { failure, success } = queryAnswers('https://sts.amazonaws.com/doc/2011-06-15/');

export interface StsOptions {
  readonly iam: LocalIam;
  /** Default: a free port. */
  readonly port?: number | undefined;
}

export async function startSts(options: StsOptions): Promise<LoopbackServer> {
  return startLoopbackServer({ port: options.port, handle: (request) => answer(request, options) });
}

function answer(request: LocalRequest, { iam }: StsOptions): LocalResponse {
  const parameters = new URLSearchParams([
    ...request.query,
    ...new URLSearchParams(request.body.toString('utf8')),
  ]);
  const action = parameter(parameters, 'Action');
  const identified = identifyCaller(
    iam,
    request,
    claimFromHeaders(request.headers) ?? claimFromQuery(request.query),
  );
  if (!('caller' in identified)) {
    const code = { UnrecognizedClient: 'InvalidClientTokenId', InvalidSignature: 'SignatureDoesNotMatch' };
    return failure(
      request,
      403,
      code[identified.code as keyof typeof code] ?? identified.code,
      identified.message,
    );
  }
  const { caller } = identified;
  if (action === 'GetCallerIdentity') {
    return success(request, action, { Arn: caller.arn, UserId: caller.userId, Account: caller.accountId });
  }
  if (action === 'AssumeRole') return assumeRole(request, parameters, caller, iam);
  return failure(request, 400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
}

function assumeRole(
  request: LocalRequest,
  parameters: URLSearchParams,
  caller: CallerIdentity,
  iam: LocalIam,
): LocalResponse {
  const roleArn = parameter(parameters, 'RoleArn');
  const sessionName = parameter(parameters, 'RoleSessionName');
  const externalId = parameter(parameters, 'ExternalId');
  const policy = parameter(parameters, 'Policy');
  const seconds = Number(parameter(parameters, 'DurationSeconds') || 3_600);
  const invalid = invalidMember({ sessionName, externalId, policy, seconds });
  if (invalid !== undefined) {
    const [member, value] = invalid;
    return failure(
      request,
      400,
      member === 'policy' ? 'MalformedPolicyDocument' : 'ValidationError',
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint`,
    );
  }
  const asked = { caller, sessionName, externalId: externalId === '' ? undefined : externalId };
  const limits = { endsAt: iam.now() + seconds * 1_000, policy: policy === '' ? undefined : policy };
  const assumed = iam.assumeRole(roleArn, asked, limits);
  if (!assumed) {
    // The same words for a role that is not there, one that does not trust the caller, and a wrong external id.
    const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    return failure(request, 403, 'AccessDenied', message);
  }
  return success(request, 'AssumeRole', {
    AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
    Credentials: {
      AccessKeyId: assumed.accessKeyId,
      SecretAccessKey: assumed.secretAccessKey,
      SessionToken: assumed.sessionToken ?? '',
      Expiration: new Date(limits.endsAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  });
}

/** Name and value of the first that STS would not take. */
function invalidMember(given: {
  readonly sessionName: string;
  readonly externalId: string;
  readonly policy: string;
  readonly seconds: number;
}): readonly [string, string] | undefined {
  const { sessionName, externalId, policy, seconds } = given;
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) return ['roleSessionName', sessionName];
  if (externalId !== '' && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) return ['externalId', externalId];
  // A role that was assumed may assume another one for an hour at most.
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 3_600)
    return ['durationSeconds', `${seconds}`];
  return policy === '' || isJson(policy) ? undefined : ['policy', policy];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
