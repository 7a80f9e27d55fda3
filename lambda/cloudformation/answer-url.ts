/**
 * Whether the answer may go where the event says (CR-36), and when the request was made (CR-27). Pure.
 *
 * A presigned URL of CloudFormation's own bucket, whose path names this stack, resource and request:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
 */
import { dnsSuffixOf, partitionOf } from '../../access/aws/partition';
import { ProviderError } from '../../access/errors';
import { type Envelope } from './event';

/**
 * The parsed URL, or AccessDenied: then nothing is sent and nothing is changed, because the sender of the URL chose
 * who gets to answer. `extraHosts` are origins (`scheme://host:port`) for local runs; there only the origin counts.
 */
export function checkAnswerUrl(envelope: Envelope, region: string, extraHosts: readonly string[]): URL {
  const refuse = (why: string): never => {
    // The URL is a secret: only its host may be told.
    throw new ProviderError(
      'AccessDenied',
      `the ResponseURL of the event is not one of CloudFormation's: ${why}`,
    );
  };
  const url = parseUrl(envelope.responseUrl) ?? refuse('it is not a URL');
  if (extraHosts.includes(url.origin)) return url;
  if (url.protocol !== 'https:') refuse(`its protocol is ${JSON.stringify(url.protocol)}`);
  if (url.port !== '') refuse(`it names port ${url.port}`);
  if (url.username !== '' || url.password !== '') refuse('it carries a user name');
  if (!isResponseBucket(url.hostname, region)) refuse(`its host is ${JSON.stringify(url.hostname)}`);
  const expected = `/${envelope.stackId}|${envelope.logicalResourceId}|${envelope.requestId}`;
  if (decode(url.pathname) !== expected) refuse('its path does not name this stack, resource and request');
  return url;
}

/** When CloudFormation signed the URL, which is when the request was made; undefined where the URL does not tell. */
export function requestedAt(url: URL): Date | undefined {
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get('X-Amz-Date') ?? '');
  if (signed) {
    const [, year, month, day, hour, minute, second] = signed;
    // Parsed as ISO 8601, which knows no 40th of a month.
    return validDate(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`));
  }
  // SigV2: the URL tells when it expires, 7,200 seconds after it was made.
  const expires = Number(url.searchParams.get('Expires') ?? NaN);
  return expires > 0 ? validDate((expires - 7200) * 1000) : undefined;
}

/** Undefined for what no Date can hold: the deadline is computed from it. */
function validDate(milliseconds: number): Date | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * Only with the suffix of the function's own partition: bucket names are free in each of them. FIPS endpoints too:
 * https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
function isResponseBucket(host: string, region: string): boolean {
  const bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  const suffix = dnsSuffixOf(partitionOf(region));
  const services = ['s3', 's3-fips'].flatMap((s3) => [
    `${s3}-${region}`,
    `${s3}.${region}`,
    `${s3}.dualstack.${region}`,
  ]);
  return ['s3', ...services].some((service) => host === `${bucket}.${service}.${suffix}`);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
