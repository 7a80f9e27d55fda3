/** One call of the EKS API: what an operation may ask and what it is told. */
import { type CallerIdentity, type LocalIam } from '../identity/iam';
import { type ClusterState, type IdentityProviderState } from './cluster-state';
import { type Consistency } from './consistency';
import { clusterNotFound, EksError, invalidParameter } from './eks-error';

/** Answers whether IAM lets the caller do this; `context` holds the condition keys of GT-119 that apply. */
export type Authorize = (
  callerArn: string,
  action: string,
  resource: string,
  context: Readonly<Record<string, string | readonly string[]>>,
) => boolean;

export interface EksWorld {
  readonly iam: LocalIam;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly clusters: Map<string, ClusterState>;
  readonly consistency: Consistency;
  readonly authorize: Authorize;
  /** Brings the Kubernetes API of a new cluster up and puts the cluster into `clusters`. */
  readonly launch: (request: LaunchRequest) => Promise<ClusterState>;
  /** A deleted cluster is gone: shut its Kubernetes API down. */
  readonly terminate: (name: string) => void;
}

export interface LaunchRequest {
  readonly name: string;
  readonly authenticationMode: ClusterState['authenticationMode'];
  readonly creatorArn: string | undefined;
  readonly roleArn: string;
  readonly managedNodeRoles: readonly string[];
  readonly fargateRoles?: readonly string[] | undefined;
  readonly identityProviders?: readonly IdentityProviderState[] | undefined;
  /** Default 1.34. */
  readonly version?: string | undefined;
  /** Default none. */
  readonly subnetIds?: readonly string[] | undefined;
  /** Default eks.1. */
  readonly platformVersion?: string | undefined;
  /** Default false. */
  readonly isLocal?: boolean | undefined;
  readonly tags: Record<string, string>;
  readonly status: ClusterState['status'];
}

export interface Call {
  readonly world: EksWorld;
  readonly caller: CallerIdentity;
  /** Path labels, decoded, in order. */
  readonly labels: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An operation answers with the JSON body, or throws EksError. */
export type Operation = (call: Call) => unknown;

export function label(call: Call, index: number): string {
  return call.labels[index] ?? '';
}

/** Refuses in AWS's words what the `authorize` hook denies. */
export function authorize(
  call: Call,
  action: string,
  resource: string,
  context: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): void {
  const known = Object.fromEntries(
    Object.entries(context).filter(
      (pair): pair is [string, string | readonly string[]] => pair[1] !== undefined,
    ),
  );
  if (!call.caller.mayNothing && call.world.authorize(call.caller.arn, action, resource, known)) return;
  throw new EksError(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}

/** ARN of something of the EKS service in this account and region. */
export function eksArn({ iam }: EksWorld, resource: string): string {
  return `arn:${iam.partition}:eks:${iam.region}:${iam.accountId}:${resource}`;
}

export function requireCluster(call: Call, name: string): ClusterState {
  const cluster = call.world.clusters.get(name);
  if (!cluster) throw clusterNotFound(name);
  return cluster;
}

export function optionalString(body: Call['body'], name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw new EksError('SerializationException', `${name}: expected a string`);
}

export function optionalStrings(body: Call['body'], name: string): readonly string[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new EksError('SerializationException', `${name}: expected a list of strings`);
}

export function optionalObject(
  body: Call['body'],
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new EksError('SerializationException', `${name}: expected an object`);
}

/** One page of a list: `maxResults` 1-100 (default 100) and an opaque `nextToken`. */
export function page<T>(
  query: URLSearchParams,
  items: readonly T[],
): { items: readonly T[]; nextToken?: string } {
  const size = Number(query.get('maxResults') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 100)
    throw invalidParameter('maxResults must be between 1 and 100');
  const token = query.get('nextToken');
  const start =
    token === null
      ? 0
      : Number(
          Buffer.from(token, 'base64url')
            .toString('utf8')
            .replace(/^page:/, ''),
        );
  if (!Number.isInteger(start) || start < 0 || (token !== null && start === 0))
    throw invalidParameter('Invalid nextToken');
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextToken: Buffer.from(`page:${end}`).toString('base64url') } : {}),
  };
}
