/**
 * The API server's refusals in our words and codes: told apart by `reason` and not by the code, because 409 is both a
 * stale write and a name that is taken (GT-55, GT-62). Pure.
 */
import { closest } from '../closest';
import { RBAC_MANIFEST } from '../contract';
import { ProviderError } from '../errors';

/** Status, body and headers of an answer that is not a success. */
export interface RefusedAnswer {
  readonly status: number;
  readonly body: string;
  readonly retryAfterSeconds?: number;
}

/** A 429; `retryAfterSeconds`: the pause that the server asks for. */
function throttled(message: string, retryAfterSeconds: number | undefined): ProviderError {
  const retryAfterMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
  return new ProviderError('Throttling', message, { retryAfterMs });
}

/**
 * A 401 or 403 of the cluster, or a role that may not be assumed for it; unlike a refusal of ours it may pass once rights
 * have spread (CR-30).
 */
export class NoRights extends ProviderError {
  constructor(message: string) {
    super('AccessDenied', message);
  }
}

interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly retryAfterSeconds?: number };
}

/** As whom a cluster was asked. */
export interface AskedAs {
  readonly clusterName: string;
  /** The role that `clusterRoles` names for this cluster; undefined: the provider's own. */
  readonly roleArn?: string | undefined;
  /** What is wrong with `clusterRoles`, so that it may name another role for this cluster; undefined: nothing. */
  readonly fault?: string | undefined;
  /** Clusters for which `clusterRoles` names a role. */
  readonly named?: readonly string[] | undefined;
  /** The manifest that gives the rights which are missing. Default: that of the rights on aws-auth. */
  readonly manifest?: string | undefined;
}

export function refusal(answer: RefusedAnswer, asked: AskedAs): ProviderError {
  const { clusterName } = asked;
  const status = statusOf(answer);
  const message = (status.message ?? '').slice(0, 500);
  const said = `the Kubernetes API of cluster ${clusterName} said: ${message || `HTTP ${answer.status}`}`;
  switch (status.reason) {
    case 'Conflict':
    case 'AlreadyExists':
      return new ProviderError(
        'ResourceConflict',
        `the ConfigMap aws-auth was changed by another tool meanwhile; ${said}`,
      );
    case 'NotFound':
      return new ProviderError('NotFound', said);
    case 'Unauthorized':
      return new NoRights(unknownSentence(asked));
    case 'Forbidden':
      return new NoRights(forbiddenSentence(asked, said));
    case 'TooManyRequests':
      return throttled(said, status.details?.retryAfterSeconds ?? answer.retryAfterSeconds);
    case 'ServerTimeout':
    case 'Timeout':
    case 'ServiceUnavailable':
    case 'InternalError':
      return unavailable(said);
    case 'Invalid':
      return new ProviderError('InvalidRequest', invalidSentence(message, said));
    default:
      if (answer.status === 429) return throttled(said, answer.retryAfterSeconds);
      if (answer.status >= 500 || answer.status === 408) return unavailable(said);
      return new ProviderError('InvalidRequest', said);
  }
}

function unknownSentence({ clusterName, roleArn, fault, named = [] }: AskedAs): string {
  if (roleArn !== undefined)
    return `cluster ${clusterName} does not know ${roleArn} (401 Unauthorized), the role by which clusterRoles lets the provider reach it: name the role that made the cluster, or map that role as ${RBAC_MANIFEST} says`;
  const meant = closest(clusterName, named);
  const misspelt =
    meant === undefined
      ? ''
      : `; clusterRoles of the provider names cluster ${meant}, and not ${clusterName}`;
  return `cluster ${clusterName} does not know the provider's own role (401 Unauthorized): map it as ${RBAC_MANIFEST} says${misspelt}${alsoInvalid(fault)}`;
}

function forbiddenSentence(
  { clusterName, roleArn, fault, manifest = RBAC_MANIFEST }: AskedAs,
  said: string,
): string {
  if (roleArn !== undefined)
    return `${roleArn}, the role by which clusterRoles lets the provider reach cluster ${clusterName}, may not do this there: apply ${manifest} and give the role its group, or name the role that made the cluster; ${said}`;
  return `the provider may not do this in cluster ${clusterName}: apply ${manifest}; ${said}${alsoInvalid(fault)}`;
}

function alsoInvalid(fault: string | undefined): string {
  return fault === undefined ? '' : `; it was asked by that role because ${fault}`;
}

/** A success that holds no object: whether the API server has had the request is not known. */
export function unreadable({ clusterName }: AskedAs): ProviderError {
  return unavailable(
    `the Kubernetes API of cluster ${clusterName} answered without an object: let the provider reach it directly, without a proxy`,
  );
}

/** The API server may have written before it gave up (GT-60, GT-62). */
function unavailable(said: string): ProviderError {
  return new ProviderError('ServiceUnavailable', said, { mayHaveActed: true });
}

function invalidSentence(message: string, said: string): string {
  if (/immutable/i.test(message)) {
    return `the ConfigMap aws-auth is immutable and cannot be changed: delete it and create it again without "immutable: true"; ${said}`;
  }
  return said;
}

export function reasonOf(answer: RefusedAnswer): string | undefined {
  return statusOf(answer).reason;
}

/** The API server's Status object; a load balancer in between may answer something else. */
function statusOf(answer: RefusedAnswer): Status {
  const reasons: Record<number, string> = { 401: 'Unauthorized', 403: 'Forbidden' };
  try {
    const status = JSON.parse(answer.body) as Status & { readonly kind?: string };
    if (status.kind === 'Status')
      return { ...status, ...(status.reason ? {} : { reason: reasons[answer.status] ?? '' }) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { reason: reasons[answer.status] ?? '' };
}
