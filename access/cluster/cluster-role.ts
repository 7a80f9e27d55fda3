/**
 * Credentials of the role by which the provider reaches the Kubernetes API of a cluster, where its owner has named one
 * (`clusterRoles`). Kept for the life of the container, until shortly before they end.
 */
import { type SessionCredentials, type StsApi } from '../aws/sts-api';
import { type ClusterRole } from '../guardrails/cluster-roles';
import { assumeRoleError, type Assuming } from './cluster-role-refusal';

/** No shorter session can be had; a token lives no longer (GT-44). */
const SESSION_SECONDS = 900;
/** A token that is made now is used for as long, and dies with the session that signed it. */
const LEAST_REST_MS = 5 * 60_000;

/**
 * A session may do no more than the role and this policy both allow, which is nothing: all that it is for is the
 * GetCallerIdentity of the token, which needs no permission and cannot be denied.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
const NOTHING_IN_AWS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

/** One function has one set of cluster roles: the environment of a container never changes. */
const sessions = new Map<string, SessionCredentials>();

export interface RoleSessionRequest extends Assuming {
  /** `sessionNameOf`. */
  readonly sessionName: string;
  readonly sts: StsApi;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Credentials that are good for another five minutes. Throws ProviderError, NoRights where STS denies. */
export async function roleSession(request: RoleSessionRequest): Promise<SessionCredentials> {
  const { role, sessionName, sts, now } = request;
  const kept = sessions.get(cacheKey(role));
  if (kept && kept.endsAt - now > LEAST_REST_MS) return kept;
  const answer = await sts.assumeRole({
    RoleArn: role.arn,
    RoleSessionName: sessionName,
    DurationSeconds: SESSION_SECONDS,
    Policy: NOTHING_IN_AWS,
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
  });
  if ('failure' in answer) throw assumeRoleError(answer.failure, request);
  sessions.set(cacheKey(role), answer.credentials);
  return answer.credentials;
}

/** After the cluster has refused it: the role may have been made anew since, and its old sessions are then nobody's. */
export function forgetRoleSession(role: ClusterRole): void {
  sessions.delete(cacheKey(role));
}

/**
 * Says who asks, in CloudTrail and in the audit log of the cluster: `cfn-eks-access-` and the name of the function, 64
 * characters at most. Which stack asked is in the user agent of the call.
 */
export function sessionNameOf(functionName: string): string {
  return `cfn-eks-access-${functionName}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

function cacheKey({ arn, externalId = '' }: ClusterRole): string {
  return `${arn} ${externalId}`;
}
