/**
 * The EKS operations that the function uses, as signed REST calls. The SDK's client would be two thirds of the bundle
 * (docs/decisions/0003); its types are the contract here, and a test holds every request against the one it sends.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
import type * as Eks from '@aws-sdk/client-eks';
import { dnsSuffixOf, partitionOf } from './partition';
import { encodeStrictly, sendSigned, type SignedAnswer, type SignedRequest } from './signed-request';

/** Input and output of each operation, as the SDK types them. */
export interface EksOperations {
  DescribeCluster: [Eks.DescribeClusterCommandInput, Eks.DescribeClusterCommandOutput];
  DescribeAccessEntry: [Eks.DescribeAccessEntryCommandInput, Eks.DescribeAccessEntryCommandOutput];
  ListAccessEntries: [Eks.ListAccessEntriesCommandInput, Eks.ListAccessEntriesCommandOutput];
  CreateAccessEntry: [Eks.CreateAccessEntryCommandInput, Eks.CreateAccessEntryCommandOutput];
  UpdateAccessEntry: [Eks.UpdateAccessEntryCommandInput, Eks.UpdateAccessEntryCommandOutput];
  DeleteAccessEntry: [Eks.DeleteAccessEntryCommandInput, Eks.DeleteAccessEntryCommandOutput];
  ListAssociatedAccessPolicies: [
    Eks.ListAssociatedAccessPoliciesCommandInput,
    Eks.ListAssociatedAccessPoliciesCommandOutput,
  ];
  AssociateAccessPolicy: [Eks.AssociateAccessPolicyCommandInput, Eks.AssociateAccessPolicyCommandOutput];
  DisassociateAccessPolicy: [
    Eks.DisassociateAccessPolicyCommandInput,
    Eks.DisassociateAccessPolicyCommandOutput,
  ];
  TagResource: [Eks.TagResourceCommandInput, Eks.TagResourceCommandOutput];
  UntagResource: [Eks.UntagResourceCommandInput, Eks.UntagResourceCommandOutput];
}

export type EksOperation = keyof EksOperations;

export interface EksApi {
  /** Throws EksError for what the service refused, and ConnectionError when no answer came. */
  call<O extends EksOperation>(
    operation: O,
    input: EksOperations[O][0],
  ): Promise<Omit<EksOperations[O][1], '$metadata'>>;
}

/** An answer that is not a success: by name and text, because the service sends what its model does not declare (GT-67). */
export class EksError extends Error {
  constructor(
    /** `ResourceNotFoundException`, … */
    override readonly name: string,
    message: string,
    readonly status: number,
    readonly requestId: string | undefined,
  ) {
    super(message);
  }
}

interface Route {
  readonly method: SignedRequest['method'];
  /** `{label}` is filled from the input, percent-encoded (GT-68); the other members are the query of a GET or DELETE, the body of a POST. */
  readonly path: string;
}

const entries = '/clusters/{clusterName}/access-entries';

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html and its siblings. */
const routes: Readonly<Record<EksOperation, Route>> = {
  DescribeCluster: { method: 'GET', path: '/clusters/{name}' },
  DescribeAccessEntry: { method: 'GET', path: `${entries}/{principalArn}` },
  ListAccessEntries: { method: 'GET', path: entries },
  CreateAccessEntry: { method: 'POST', path: entries },
  UpdateAccessEntry: { method: 'POST', path: `${entries}/{principalArn}` },
  DeleteAccessEntry: { method: 'DELETE', path: `${entries}/{principalArn}` },
  ListAssociatedAccessPolicies: { method: 'GET', path: `${entries}/{principalArn}/access-policies` },
  AssociateAccessPolicy: { method: 'POST', path: `${entries}/{principalArn}/access-policies` },
  DisassociateAccessPolicy: {
    method: 'DELETE',
    path: `${entries}/{principalArn}/access-policies/{policyArn}`,
  },
  TagResource: { method: 'POST', path: '/tags/{resourceArn}' },
  UntagResource: { method: 'DELETE', path: '/tags/{resourceArn}' },
};

export interface EksApiOptions {
  readonly region: string;
  readonly credentials: SignedRequest['credentials'];
  readonly endpoint: URL;
  readonly signal: AbortSignal;
}

export function openEksApi(options: EksApiOptions): EksApi {
  return {
    call: async (operation, input) => {
      const answer = await sendSigned({ service: 'eks', ...requestOf(operation, input), ...options });
      if (answer.status < 200 || answer.status >= 300) throw refusalOf(answer);
      return JSON.parse(answer.body === '' ? '{}' : answer.body, reviveDates) as Omit<
        EksOperations[typeof operation][1],
        '$metadata'
      >;
    },
  };
}

/** Where the SDK would send it, its overrides honoured. https://docs.aws.amazon.com/general/latest/gr/eks.html */
export function eksEndpoint(region: string, environment: Readonly<Record<string, string | undefined>>): URL {
  const override = environment['AWS_ENDPOINT_URL_EKS'] ?? environment['AWS_ENDPOINT_URL'];
  if (override) return new URL(override);
  const fips = environment['AWS_USE_FIPS_ENDPOINT'] === 'true' && !region.startsWith('us-gov-');
  return new URL(`https://${fips ? 'fips.' : ''}eks.${region}.${dnsSuffixOf(partitionOf(region))}`);
}

function requestOf(
  operation: EksOperation,
  input: object,
): Pick<SignedRequest, 'method' | 'path' | 'query' | 'contentType' | 'body'> {
  const { method, path } = routes[operation];
  const members = new Map(
    Object.entries(input).filter(([, value]) => value !== undefined) as [string, unknown][],
  );
  const filled = path.replace(/\{(\w+)\}/g, (_, label: string) => {
    const value = members.get(label);
    members.delete(label);
    // An empty label would name the collection instead of the member (GT-68).
    if (typeof value !== 'string' || value === '') throw new TypeError(`${operation} needs ${label}`);
    return encodeStrictly(value);
  });
  if (method === 'POST') {
    return {
      method,
      path: filled,
      contentType: 'application/json',
      body: JSON.stringify(Object.fromEntries(members)),
    };
  }
  const texts = [...members].map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return { method, path: filled, query: Object.fromEntries(texts) as NonNullable<SignedRequest['query']> };
}

function refusalOf({ status, headers, body }: SignedAnswer): EksError {
  const said = parseOrNothing(body);
  const type = textOf(headers['x-amzn-errortype'], said['__type'], said['code'], `HTTP${status}`);
  // `com.amazonaws.eks#NotFoundException`, `NotFoundException:http://…`
  const name = type.replace(/^.*#/, '').replace(/:.*$/, '');
  const requestId = textOf(headers['x-amzn-requestid']);
  return new EksError(
    name,
    textOf(said['message'], said['Message']),
    status,
    requestId === '' ? undefined : requestId,
  );
}

/** The first of them that is a text. */
function textOf(...candidates: readonly unknown[]): string {
  return candidates.find((candidate) => typeof candidate === 'string') ?? '';
}

function parseOrNothing(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Timestamps come as seconds since the epoch. */
function reviveDates(key: string, value: unknown): unknown {
  return (key === 'createdAt' || key === 'modifiedAt') && typeof value === 'number'
    ? new Date(value * 1000)
    : value;
}
