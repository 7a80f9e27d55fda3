/**
 * A local IAM: GetRole and ListRoles of the roles that were created here, by a template or by `addPrincipal`. The AWS
 * Query protocol, answers in XML.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
import { identifyCaller } from './caller';
import { type CallerIdentity, type LocalIam } from './iam';
import { requireIamArn } from './iam-arn';
import { type LocalRole } from './principals';
import { type Fields, parameter, queryAnswers } from './query-answer';
import {
  startLoopbackServer,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
} from '../server/loopback-server';

export interface IamServerOptions {
  readonly iam: LocalIam;
  /** Whether the caller may: default, everything. */
  readonly authorize?: (callerArn: string, action: string, resource: string) => boolean;
  /** Default: a free port. */
  readonly port?: number | undefined;
  /** Roles of one page of ListRoles at most: IAM may give fewer than it is asked for. Default 1,000. */
  readonly pageSize?: () => number;
}

const { failure, success } = queryAnswers('https://iam.amazonaws.com/doc/2010-05-08/');

export async function startIamServer(options: IamServerOptions): Promise<LoopbackServer> {
  return startLoopbackServer({ port: options.port, handle: (request) => answer(request, options) });
}

function answer(request: LocalRequest, options: IamServerOptions): LocalResponse {
  const parameters = new URLSearchParams([
    ...request.query,
    ...new URLSearchParams(request.body.toString('utf8')),
  ]);
  const identified = identifyCaller(options.iam, request);
  if (!('caller' in identified)) {
    const codes: Readonly<Record<string, string>> = {
      UnrecognizedClient: 'InvalidClientTokenId',
      InvalidSignature: 'SignatureDoesNotMatch',
    };
    return failure(request, 403, codes[identified.code] ?? identified.code, identified.message);
  }
  const action = parameter(parameters, 'Action');
  const operation = operations[action];
  if (!operation)
    return failure(
      request,
      400,
      'InvalidAction',
      `Could not find operation ${action} for version 2010-05-08`,
    );
  return operation({ request, parameters, caller: identified.caller, options });
}

interface Call {
  readonly request: LocalRequest;
  readonly parameters: URLSearchParams;
  readonly caller: CallerIdentity;
  readonly options: IamServerOptions;
}

const operations: Readonly<Record<string, (call: Call) => LocalResponse>> = {
  GetRole: (call) => {
    const name = parameter(call.parameters, 'RoleName');
    const role = rolesOf(call).find(
      ({ arn }) => requireIamArn(arn).name.toLowerCase() === name.toLowerCase(),
    );
    // Who may not is told so before anything of the role.
    const resource = role?.arn ?? call.options.iam.roleArn(name);
    return (
      denied(call, 'GetRole', `role ${name}`, resource) ??
      (role
        ? success(call.request, 'GetRole', { Role: fieldsOf(role) })
        : failure(call.request, 404, 'NoSuchEntity', `The role with name ${name} cannot be found.`))
    );
  },
  ListRoles: (call) => {
    const prefix = parameter(call.parameters, 'PathPrefix') || '/';
    const refused = denied(call, 'ListRoles', call.options.iam.roleArn(''), '*');
    if (refused) return refused;
    const most = Number(parameter(call.parameters, 'MaxItems') || 100);
    const marker = parameter(call.parameters, 'Marker');
    const start = marker === '' ? 0 : Number(Buffer.from(marker, 'base64url').toString('utf8'));
    if (!Number.isInteger(most) || most < 1 || most > 1_000 || !Number.isInteger(start))
      return failure(call.request, 400, 'ValidationError', 'MaxItems or Marker is not valid');
    const end = start + Math.min(most, call.options.pageSize?.() ?? most);
    const roles = rolesOf(call).filter(({ arn }) => requireIamArn(arn).path.startsWith(prefix));
    const isTruncated = end < roles.length;
    return success(call.request, 'ListRoles', {
      Roles: roles.slice(start, end).map(fieldsOf),
      IsTruncated: String(isTruncated),
      Marker: isTruncated ? Buffer.from(String(end)).toString('base64url') : undefined,
    });
  },
};

/** Those of the caller's account, in the order of their names, as IAM lists them. */
function rolesOf({ caller, options }: Call): readonly LocalRole[] {
  const nameOf = ({ arn }: LocalRole): string => requireIamArn(arn).name;
  return [...options.iam.rolesOf(caller.accountId)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function denied(
  { request, caller, options }: Call,
  action: string,
  named: string,
  resource: string,
): LocalResponse | undefined {
  const may = options.authorize?.(caller.arn, `iam:${action}`, resource) ?? true;
  if (may && !caller.mayNothing) return undefined;
  const message = `User: ${caller.arn} is not authorized to perform: iam:${action} on resource: ${named} because no identity-based policy allows the iam:${action} action`;
  return failure(request, 403, 'AccessDenied', message);
}

function fieldsOf({ arn, roleId, createdAt }: LocalRole): Fields {
  const { path, name } = requireIamArn(arn);
  return {
    Path: path,
    RoleName: name,
    RoleId: roleId,
    Arn: arn,
    CreateDate: new Date(createdAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    MaxSessionDuration: '3600',
  };
}
