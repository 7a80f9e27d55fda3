/** The faults: the columns of the table in docs/faults.md, each in the words of the service that has it. */
import { type Fault, type LocalResponse } from '../../../local/aws/server/loopback-server';

/** How a service words its refusals. */
export type Dialect = 'rest-json' | 'query' | 'kubernetes' | 's3';

type Wording = Readonly<Record<Dialect, string>>;
type Mishap = Fault extends infer F ? (F extends Fault ? Omit<F, 'match' | 'times'> : never) : never;

export interface Column {
  /** As the table's head has it. */
  readonly name: string;
  readonly of: (dialect: Dialect) => Mishap;
}

const action = (name: string, what: 'reset' | 'reset-after' | 'truncate' | 'drip' | 'stall'): Column => ({
  name,
  of: () => ({ action: what }),
});

const page = (status: number, headers: Readonly<Record<string, string>> = {}): LocalResponse => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: '<html><body><h1>Please sign in to the proxy</h1></body></html>',
});

const respond = (name: string, of: (dialect: Dialect) => LocalResponse): Column => ({
  name,
  of: (dialect) => ({ respond: of(dialect) }),
});

/** A refusal of the service's own. */
function refusal(
  name: string,
  status: number | Readonly<Record<Dialect, number>>,
  code: Wording,
  headers = {},
) {
  return respond(name, (dialect) => {
    const all = { 'x-amzn-requestid': 'req-7', ...headers };
    const found = typeof status === 'number' ? status : status[dialect];
    const said = code[dialect];
    switch (dialect) {
      case 'rest-json':
        return {
          status: found,
          headers: { 'content-type': 'application/json', 'x-amzn-errortype': said, ...all },
          body: JSON.stringify({ message: `${said} of the test` }),
        };
      case 'kubernetes':
        return {
          status: found,
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ kind: 'Status', reason: said, message: `${said} of the test`, code: found }),
        };
      case 'query':
        return {
          status: found,
          headers: { 'content-type': 'text/xml', ...all },
          body: `<ErrorResponse><Error><Type>Sender</Type><Code>${said}</Code><Message>${said} of the test</Message></Error><RequestId>req-7</RequestId></ErrorResponse>`,
        };
      case 's3':
        return {
          status: found,
          headers: { 'content-type': 'application/xml', ...headers },
          body: `<Error><Code>${said}</Code><Message>${said} of the test</Message></Error>`,
        };
    }
  });
}

const wording = (restJson: string, query: string, kubernetes: string, s3: string): Wording => ({
  'rest-json': restJson,
  query,
  kubernetes,
  s3,
});

const throttled = wording('ThrottlingException', 'Throttling', 'TooManyRequests', 'SlowDown');

export const COLUMNS: readonly Column[] = [
  action('reset', 'reset'),
  action('lost', 'reset-after'),
  action('half', 'truncate'),
  action('drip', 'drip'),
  action('stall', 'stall'),
  respond('garbage', () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"cluster\u0000":[',
  })),
  respond('page', () => page(200)),
  respond('redirect', () => page(302, { location: 'http://169.254.169.254/' })),
  refusal('400', 400, wording('InvalidRequestException', 'ValidationError', 'BadRequest', 'InvalidRequest')),
  refusal(
    '401',
    401,
    wording('UnrecognizedClientException', 'InvalidClientTokenId', 'Unauthorized', 'AccessDenied'),
  ),
  refusal('403', 403, wording('AccessDeniedException', 'AccessDenied', 'Forbidden', 'SignatureDoesNotMatch')),
  refusal(
    'expired',
    { 'rest-json': 403, query: 403, kubernetes: 401, s3: 403 },
    wording('ExpiredTokenException', 'ExpiredToken', 'Unauthorized', 'ExpiredToken'),
  ),
  refusal('404', 404, wording('ResourceNotFoundException', 'NoSuchEntity', 'NotFound', 'NoSuchBucket')),
  respond('408', () => page(408)),
  refusal('409', 409, wording('ResourceInUseException', 'Conflict', 'Conflict', 'OperationAborted')),
  refusal(
    '413',
    413,
    wording('RequestTooLarge', 'RequestTooLarge', 'RequestEntityTooLarge', 'EntityTooLarge'),
  ),
  refusal('429', 429, throttled),
  refusal('429 wait', 429, throttled, { 'retry-after': '1' }),
  refusal('500', 500, wording('ServerException', 'InternalFailure', 'InternalError', 'InternalError')),
  respond('502', () => page(502)),
  refusal(
    '503',
    503,
    wording('ServiceUnavailableException', 'ServiceUnavailable', 'ServiceUnavailable', 'ServiceUnavailable'),
  ),
  refusal('504', 504, wording('GatewayTimeout', 'RequestExpired', 'Timeout', 'RequestTimeout')),
];
