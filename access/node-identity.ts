/**
 * What a node logs in as, per type of access entry, in aws-auth's words: the two translations are the two
 * directions of this one table. Pure.
 * https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html (GT-81, ground truth C10)
 */
import { invalidRequest } from './errors';
import { propertyNames } from './property-names';
import { type DesiredAccess, type EntryType } from './desired-access';

export type NodeType = Exclude<EntryType, 'STANDARD'>;

export interface NodeIdentity {
  readonly userName: string;
  readonly groups: readonly string[];
}

const instance = 'system:node:{{EC2PrivateDNSName}}';
const session = 'system:node:{{SessionName}}';

/** EC2 (Auto Mode) and HYPERPOD_LINUX exist as access entries only: AWS documents no user name for them. */
export const NODE_IDENTITIES: Readonly<Partial<Record<NodeType, NodeIdentity>>> = {
  EC2_LINUX: { userName: instance, groups: ['system:bootstrappers', 'system:nodes'] },
  EC2_WINDOWS: {
    userName: instance,
    groups: ['system:bootstrappers', 'system:nodes', 'eks:kube-proxy-windows'],
  },
  FARGATE_LINUX: {
    userName: session,
    groups: ['system:bootstrappers', 'system:nodes', 'system:node-proxier'],
  },
  HYBRID_LINUX: { userName: session, groups: ['system:bootstrappers', 'system:nodes'] },
};

/** Every group that makes a node. */
export const NODE_GROUPS: readonly string[] = [
  ...new Set(Object.values(NODE_IDENTITIES).flatMap((identity) => identity.groups)),
];

/** The node type whose user name this is; where two share one, the groups tell them apart. */
export function nodeTypeOf(userName: string | undefined, groups: readonly string[]): NodeType | undefined {
  if (userName === instance) return groups.includes('eks:kube-proxy-windows') ? 'EC2_WINDOWS' : 'EC2_LINUX';
  if (userName === session) return groups.includes('system:node-proxier') ? 'FARGATE_LINUX' : 'HYBRID_LINUX';
  return undefined;
}

/**
 * A node type brings its own user name and groups (GT-83). They may be repeated in `Custom::EksMapRolesEntry`,
 * where aws-auth needs them, but not contradicted; throws ProviderError InvalidRequest.
 */
export function checkNodeProperties(desired: DesiredAccess, type: NodeType): void {
  const names = propertyNames(desired.kind);
  const identity = desired.kind === 'role' ? NODE_IDENTITIES[type] : undefined;
  if (desired.principal.type !== 'role') {
    throw invalidRequest(
      `Type is ${type}, but ${names.principal} is not a role: only IAM roles can be nodes`,
    );
  }
  if (desired.userName !== undefined && desired.userName !== identity?.userName) {
    throw invalidRequest(
      `${names.userName} is ${JSON.stringify(desired.userName)}, but Type ${type} has its own user name: remove ${names.userName}`,
    );
  }
  if (desired.groups.length > 0 && !sameSet(desired.groups, identity?.groups ?? [])) {
    throw invalidRequest(
      `${names.groups} is ${desired.groups.join(', ')}, but Type ${type} has its own groups: remove ${names.groups}`,
    );
  }
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}
