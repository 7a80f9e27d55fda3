/**
 * A local STS: GetCallerIdentity (signed POST, or presigned GET as in a cluster token) and AssumeRole, in XML or,
 * when asked with `Accept: application/json`, in JSON.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
import { randomUUID } from 'node:crypto';
import { identifyCaller } from './caller';
import { type CallerIdentity, type LocalIam } from './iam';
import {
  startLoopbackServer,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
} from '../server/loopback-server';
import { claimFromHeaders, claimFromQuery } from './sigv4';

export interface StsOptions {
  readonly iam: LocalIam;
  /** Default: a free port. */
  readonly port?: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Nested result members; lists do not occur here. */
interface Fields {
  readonly [name: string]: string | Fields;
}

export async function startSts(options: StsOptions): Promise<LoopbackServer> {
  return startLoopbackServer({
    handle: (request) => answer(request, options),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
}

function answer(request: LocalRequest, { iam, clock }: StsOptions): LocalResponse {
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
  if (action === 'AssumeRole') return assumeRole(request, parameters, caller, iam, clock);
  return failure(request, 400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
}

function assumeRole(
  request: LocalRequest,
  parameters: URLSearchParams,
  caller: CallerIdentity,
  iam: LocalIam,
  clock: () => number,
): LocalResponse {
  const roleArn = parameter(parameters, 'RoleArn');
  const sessionName = parameter(parameters, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    return failure(
      request,
      400,
      'ValidationError',
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint`,
    );
  }
  if (!/^arn:[^:]+:iam::\d{12}:role\//.test(roleArn) || !iam.principalExists(roleArn)) {
    const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    return failure(request, 403, 'AccessDenied', message);
  }
  const assumed = iam.callerFor(roleArn, sessionName);
  return success(request, 'AssumeRole', {
    AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
    Credentials: {
      AccessKeyId: assumed.accessKeyId,
      SecretAccessKey: assumed.secretAccessKey,
      SessionToken: assumed.sessionToken ?? '',
      Expiration: new Date(clock() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  });
}

/** Presigned queries spell their names in any case (GT-42). */
function parameter(parameters: URLSearchParams, name: string): string {
  return [...parameters].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

function success(request: LocalRequest, action: string, result: Fields): LocalResponse {
  return render(request, 200, `${action}Response`, {
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: randomUUID() },
  });
}

function failure(request: LocalRequest, status: number, code: string, message: string): LocalResponse {
  return render(request, status, 'ErrorResponse', {
    Error: { Type: 'Sender', Code: code, Message: message },
    RequestId: randomUUID(),
  });
}

function render(request: LocalRequest, status: number, root: string, fields: Fields): LocalResponse {
  if (/^application\/json/.test(request.headers['accept'] ?? '')) {
    const body = JSON.stringify(status === 200 ? { [root]: fields } : fields);
    return { status, headers: { 'content-type': 'application/json' }, body };
  }
  const body = `<${root} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${xml(fields)}</${root}>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function xml(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${typeof value === 'string' ? escapeXml(value) : xml(value)}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}
