/**
 * Bearer tokens as aws-iam-authenticator checks them before it asks STS (GT-41 to GT-45). Pure. The texts of the
 * refusals are the authenticator's; the API server never shows them to the client.
 */

const prefix = 'k8s-aws-v1.';
const maxTokenBytes = 4096;
/** The real life of a token, whatever X-Amz-Expires says (GT-44). */
const lifeMs = 15 * 60_000;

const allowedParameters = new Set([
  'action',
  'version',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/** Host suffixes of each partition, dual-stack last (GT-45). */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  aws: ['amazonaws.com', 'api.aws'],
  'aws-cn': ['amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  'aws-us-gov': ['amazonaws.com', 'api.aws'],
  'aws-iso': ['c2s.ic.gov'],
  'aws-iso-b': ['sc2s.sgov.gov'],
  'aws-iso-e': ['cloud.adc-e.uk'],
  'aws-iso-f': ['csp.hci.ic.gov'],
  'aws-eusc': ['amazonaws.eu', 'api.amazonwebservices.eu'],
};

/** How the regions of a partition begin; partition aws takes any host of its suffixes. */
const regionShapes: Readonly<Record<string, RegExp>> = {
  aws: /^[a-z]+(-[a-z]+)*-?\d*$/,
  'aws-cn': /^cn-[a-z]+-\d+$/,
  'aws-us-gov': /^us-gov-[a-z]+-\d+$/,
  'aws-iso': /^us-iso-[a-z]+-\d+$/,
  'aws-iso-b': /^us-isob-[a-z]+-\d+$/,
  'aws-iso-e': /^eu-isoe-[a-z]+-\d+$/,
  'aws-iso-f': /^us-isof-[a-z]+-\d+$/,
  'aws-eusc': /^eusc-[a-z]+-[a-z]+-\d+$/,
};

export type TokenReading =
  | { readonly query: URLSearchParams; readonly host: string; readonly region: string }
  | { readonly refused: string };

export interface TokenRules {
  readonly partition: string;
  /** Region of the cluster; always accepted as a region of the partition. */
  readonly region?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Of the local STS: `aws eks get-token` signs for it where AWS_ENDPOINT_URL_STS names it. */
  readonly stsHost?: string | undefined;
}

/** Checks everything about the token but its signature. */
export function readToken(token: string, rules: TokenRules): TokenReading {
  if (Buffer.byteLength(token) > maxTokenBytes) return { refused: 'token is too large' };
  if (!token.startsWith(prefix)) return { refused: `token is missing expected "${prefix}" prefix` };
  const encoded = token.slice(prefix.length);
  // GT-41: no padding, and no other alphabet.
  const decoded = Buffer.from(encoded, 'base64url').toString('utf8');
  if (!/^[\w-]*$/.test(encoded) || encoded.length % 4 === 1) return { refused: 'illegal base64 data' };
  return readPresignedUrl(decoded, rules);
}

function readPresignedUrl(text: string, rules: TokenRules): TokenReading {
  const parts = /^([a-z]+):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?$/i.exec(text);
  if (!parts) return { refused: 'could not parse the pre-signed URL' };
  const [, scheme = '', host = '', path = '', rawQuery = ''] = parts;
  const isLocal = rules.stsHost !== undefined && host === rules.stsHost && scheme === 'http';
  if (scheme !== 'https' && !isLocal) return { refused: `unexpected scheme "${scheme}" in pre-signed URL` };
  const region = isLocal ? rules.region : regionOf(host, rules);
  if (region === undefined) return { refused: `could not parse region for pre-signed URL host "${host}"` };
  if (path !== '/') return { refused: 'unexpected path in pre-signed URL' };
  const query = new URLSearchParams(rawQuery);
  const refused = refuseQuery(query, rules.now);
  return refused === undefined ? { query, host, region } : { refused };
}

function refuseQuery(query: URLSearchParams, now: number): string | undefined {
  const values = new Map<string, string>();
  for (const [name, value] of query) {
    const key = name.toLowerCase();
    if (query.getAll(name).length > 1) return 'query parameter with multiple values not supported';
    if (!allowedParameters.has(key)) return `non-whitelisted query parameter "${name}"`;
    if (values.has(key)) return `duplicate query parameter found: "${name}"`;
    values.set(key, value);
  }
  if (values.get('action') !== 'GetCallerIdentity') return 'unexpected action parameter in pre-signed URL';
  // GT-43: signed, and so not hoisted into the query.
  if (!(values.get('x-amz-signedheaders') ?? '').split(';').includes('x-k8s-aws-id')) {
    return 'client did not sign the x-k8s-aws-id header in the pre-signed URL';
  }
  const expires = values.get('x-amz-expires') ?? '';
  if (!/^\d+$/.test(expires) || Number(expires) > 900)
    return 'invalid X-Amz-Expires parameter in pre-signed URL';
  const date = values.get('x-amz-date');
  if (!date) return 'X-Amz-Date parameter must be present in pre-signed URL';
  const signedAt = parseDate(date);
  if (signedAt === undefined) return 'error parsing X-Amz-Date parameter';
  if (signedAt + lifeMs < now) return 'X-Amz-Date parameter is expired';
  return undefined;
}

/** `yyyyMMddTHHmmssZ` in milliseconds since the epoch. */
export function parseDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** GT-45: regional, FIPS or dual-stack; the global host only in partition aws. */
function regionOf(host: string, { partition, region: own }: TokenRules): string | undefined {
  if (host === 'sts.amazonaws.com') return partition === 'aws' ? 'us-east-1' : undefined;
  for (const suffix of suffixes[partition] ?? []) {
    const region = /^sts(?:-fips)?\.([a-z0-9-]+)$/.exec(
      host.endsWith(`.${suffix}`) ? host.slice(0, -suffix.length - 1) : '',
    )?.[1];
    if (region !== undefined && (region === own || regionShapes[partition]?.test(region))) return region;
  }
  return undefined;
}
