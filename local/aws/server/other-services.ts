/**
 * The endpoint of every service that the local AWS does not have: it says so in one sentence, in the form that the
 * service's clients read, so that no request of a user who has pasted the local settings goes to a real host.
 */
import {
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
  startLoopbackServer,
} from './loopback-server';

const CODE = 'NotInLocalAws';

/** `have`: the services that there are, for the sentence. */
export async function startOtherServices(have: readonly string[], port?: number): Promise<LoopbackServer> {
  return startLoopbackServer({ port, handle: (request) => respond(request, have) });
}

function respond(request: LocalRequest, have: readonly string[]): LocalResponse {
  const service = serviceOf(request);
  const message = `the local AWS has no ${service ?? 'such service'}: it has ${have.join(', ')}, and nothing goes to a real host`;
  const type = request.headers['content-type'] ?? '';
  const asXml = /x-www-form-urlencoded/.test(type) || /^(s3|route53|cloudfront)$/.test(service ?? '');
  return asXml
    ? {
        status: 400,
        headers: { 'content-type': 'text/xml' },
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>${CODE}</Code><Message>${message}</Message></Error><RequestId>0</RequestId></ErrorResponse>`,
      }
    : {
        status: 400,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': CODE },
        body: JSON.stringify({ __type: CODE, message, Message: message }),
      };
}

/** From the scope of the signature, which names it. */
function serviceOf({ headers, query }: LocalRequest): string | undefined {
  const scope =
    /Credential=([^,]+)/.exec(headers['authorization'] ?? '')?.[1] ?? query.get('X-Amz-Credential');
  return scope?.split('/')[3];
}
