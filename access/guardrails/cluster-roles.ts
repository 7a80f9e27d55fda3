/**
 * EKS_ACCESS_CLUSTER_ROLES: by which role the provider reaches the Kubernetes API of a cluster, fixed when the provider
 * is deployed (docs/decisions/0009). A cluster that is not named is reached by the provider's own role. Pure.
 *
 * `{"prod": "arn:aws:iam::111122223333:role/creator", "dev": {"roleArn": "…", "externalId": "…"}}`, or the same in
 * columns, which is all that CloudFormation can make of list parameters:
 * `{"clusters": ["prod", "dev"], "roleArns": ["…", "…"], "externalIds": ["", "…"]}`.
 */
import { ENVIRONMENT } from '../contract';
import { invalidRequest, undefinedIfRefused } from '../errors';
import { isObject } from '../record-json';
import { canonicalArn, isServiceLinkedRole, parsePrincipalArn } from '../principal';
import { invalidGuardrails } from './refusal';

export interface ClusterRole {
  /** As the owner of the provider gave it, path included. */
  readonly arn: string;
  /** `principalKey` of the role. */
  readonly key: string;
  readonly externalId: string | undefined;
}

/** What could be read, and the first thing that is wrong. */
export interface ClusterRoles {
  /** By the name of the cluster. */
  readonly roles: ReadonlyMap<string, ClusterRole>;
  /** Undefined: nothing. For the stack author. */
  readonly fault: string | undefined;
}

type Rows = readonly (readonly [cluster: string, role: unknown])[];

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const CLUSTER_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/**
 * `json` is the value of the variable; undefined (not set) names no cluster. Never throws: a Delete goes on with what
 * can be read, and everything else calls `refuseInvalidClusterRoles`.
 */
export function readClusterRoles(json: string | undefined, partition: string): ClusterRoles {
  if (json === undefined) return { roles: new Map(), fault: undefined };
  const rows = rowsOf(json);
  if (typeof rows === 'string') return { roles: new Map(), fault: invalid(rows) };
  const roles = new Map<string, ClusterRole>();
  let fault: string | undefined;
  for (const [cluster, value] of rows) {
    const twice = roles.has(cluster) ? `it names cluster ${cluster} twice` : undefined;
    const wrong = clusterFault(cluster) ?? roleFault(cluster, value, partition) ?? twice;
    fault ??= wrong;
    if (wrong === undefined) roles.set(cluster, roleOf(value));
  }
  return { roles, fault: fault === undefined ? undefined : invalid(fault) };
}

/** Throws ProviderError InvalidRequest: a map that cannot be read must not silently change who asks. */
export function refuseInvalidClusterRoles({ fault }: ClusterRoles): void {
  if (fault !== undefined) throw invalidRequest(fault);
}

/** Why no cluster has this name; undefined: one could. A clause. */
export function clusterFault(name: string): string | undefined {
  return CLUSTER_NAME.test(name)
    ? undefined
    : `it names cluster ${JSON.stringify(name)}, and the name of a cluster has 1 to 100 letters, digits, hyphens and underscores, and begins with a letter or digit`;
}

/** Why STS takes no such external id; undefined: it does. A clause that does not repeat it. */
export function externalIdFault(externalId: string): string | undefined {
  return EXTERNAL_ID.test(externalId)
    ? undefined
    : 'an externalId has 2 to 1,224 letters, digits and characters of _+=,.@:/-';
}

/** Why the ARN names no role that can be assumed here; undefined: it does. A clause. */
export function roleArnFault(arn: string, partition: string): string | undefined {
  const given = JSON.stringify(arn);
  const role = undefinedIfRefused(() => parsePrincipalArn(arn, ''));
  if (role?.type !== 'role' || role.arn !== arn)
    return `${given} is not the ARN of an IAM role: write arn:${partition}:iam::ACCOUNT:role/NAME, with the path of the role and without wildcards`;
  if (isServiceLinkedRole(role)) return `${given} is a service-linked role, which only AWS can assume`;
  return role.partition === partition
    ? undefined
    : `${given} is a role of partition ${role.partition}, and the provider is in partition ${partition}`;
}

function roleFault(cluster: string, value: unknown, partition: string): string | undefined {
  const of = (why: string | undefined): string | undefined => why && `for cluster ${cluster}, ${why}`;
  const { roleArn, externalId, ...rest } = fieldsOf(value);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    return of(`it has the key ${JSON.stringify(unknown)}, and the keys are roleArn and externalId`);
  if (typeof roleArn !== 'string')
    return of('it has no role: write the ARN of the role, or {"roleArn": "ARN", "externalId": "ID"}');
  if (externalId !== undefined && typeof externalId !== 'string') return of('externalId must be text');
  return of(
    roleArnFault(roleArn, partition) ?? (externalId === undefined ? undefined : externalIdFault(externalId)),
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'string') return { roleArn: value };
  return isObject(value) ? value : {};
}

function roleOf(value: unknown): ClusterRole {
  const { roleArn, externalId } = fieldsOf(value) as {
    readonly roleArn: string;
    readonly externalId?: string;
  };
  const role = parsePrincipalArn(roleArn, ENVIRONMENT.clusterRoles);
  return { arn: role.arn, key: canonicalArn(role), externalId };
}

/** One row a cluster, or what is wrong with the whole, as a clause. */
function rowsOf(json: string): Rows | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return 'it is not JSON';
    throw error;
  }
  if (!isObject(value)) return 'it is not a JSON object';
  const { clusters, roleArns, externalIds } = value;
  // A cluster may be called `clusters`, but its role is no list.
  if (!Array.isArray(clusters)) return Object.entries(value);
  const names: readonly unknown[] = clusters;
  const arns: readonly unknown[] = Array.isArray(roleArns) ? roleArns : [];
  if (names.length !== arns.length)
    return `it has ${counted(names, 'cluster')} and ${counted(arns, 'role')}: give one role for each cluster, in the same order`;
  const ids: readonly unknown[] | undefined = Array.isArray(externalIds) ? externalIds : undefined;
  if (ids && ids.length !== names.length)
    return `it has ${counted(names, 'cluster')} and ${counted(ids, 'external id')}: give one for each cluster, in the same order, nothing between two commas where a role asks for none`;
  return names.map((name, index) => {
    const externalId: unknown = ids?.[index];
    const hasId = externalId !== undefined && externalId !== '';
    return [String(name), { roleArn: arns[index], ...(hasId ? { externalId } : {}) }];
  });
}

function counted({ length }: readonly unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}`;
}

function invalid(why: string): string {
  return invalidGuardrails(`${ENVIRONMENT.clusterRoles} of the provider`, why);
}
