/** CloudFormation's API over HTTP: the AWS Query protocol, answers in XML. */
import { randomUUID } from 'node:crypto';
import { identifyCaller } from '../../identity/caller';
import { type LocalIam } from '../../identity/iam';
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from '../../server/loopback-server';
import { actions } from './actions';
import { CloudFormationError } from '../api-error';
import { ChangeSets } from './change-sets';
import { type LocalCloudFormation } from '../stack/engine';
import { TemplateError } from '../template-error';
import { missingAction, refuseMissingParameters } from './missing-actions';
import { type Xml, xml } from './xml';

export interface CloudFormationApiOptions {
  readonly engine: LocalCloudFormation;
  /** With it, signatures are checked; without, every caller may. */
  readonly iam?: LocalIam;
  /** Default: a free port. */
  readonly port?: number | undefined;
}

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

export async function startCloudFormationApi({
  engine,
  iam,
  port,
}: CloudFormationApiOptions): Promise<LoopbackServer> {
  const context = { engine, changeSets: new ChangeSets(engine) };
  return startLoopbackServer({
    port,
    handle: (request) => {
      const parameters = new URLSearchParams([
        ...request.query,
        ...new URLSearchParams(request.body.toString('utf8')),
      ]);
      const name = parameters.get('Action') ?? '';
      try {
        authenticate(request, iam);
        const action = actions[name];
        if (!action)
          throw (
            missingAction(name) ??
            new CloudFormationError(
              'InvalidAction',
              `Could not find operation ${name} for version 2010-05-15`,
            )
          );
        refuseMissingParameters(parameters);
        return answer(200, {
          [`${name}Response`]: {
            ...resultOf(name, action(parameters, context)),
            ResponseMetadata: { RequestId: randomUUID() },
          },
        });
      } catch (error) {
        return failure(error);
      }
    },
  });
}

function resultOf(name: string, result: Xml | undefined): Record<string, Xml> {
  return result === undefined ? {} : { [`${name}Result`]: result };
}

function authenticate(request: LocalRequest, iam: LocalIam | undefined): void {
  if (!iam) return;
  const identified = identifyCaller(iam, request);
  if ('caller' in identified) return;
  const codes: Readonly<Record<string, string>> = {
    UnrecognizedClient: 'InvalidClientTokenId',
    InvalidSignature: 'SignatureDoesNotMatch',
  };
  throw new CloudFormationError(codes[identified.code] ?? identified.code, identified.message, 403);
}

function failure(error: unknown): LocalResponse {
  const known =
    error instanceof TemplateError
      ? new CloudFormationError('ValidationError', `Template error: ${error.message}`)
      : error;
  if (!(known instanceof CloudFormationError)) throw known;
  const { code, message, status } = known;
  return answer(status, {
    ErrorResponse: {
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
      RequestId: randomUUID(),
    },
  });
}

function answer(status: number, body: Record<string, Xml>): LocalResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: xml(body, NAMESPACE) };
}
