/**
 * What a node logs in as, per type of access entry, in aws-auth's words: the two translations are the two
 * directions of this one table. Pure.
 * https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html (GT-81, ground truth C10)
 */
import { type DesiredAccess, type EntryType } from './desired-access';

export type NodeType = Exclude<EntryType, 'STANDARD'>;

export interface NodeIdentity {
  readonly userName: string;
  readonly groups: readonly string[];
}

const instance = 'system:node:{{EC2PrivateDNSName}}';
const session = 'system:node:{{SessionName}}';

/** EC2 (Auto Mode) and HYPERPOD_LINUX exist as access entries only: AWS documents no user name for them. */
type OnlyAsEntry = 'EC2' | 'HYPERPOD_LINUX';

export const NODE_IDENTITIES: Readonly<
  Record<Exclude<NodeType, OnlyAsEntry>, NodeIdentity> & Partial<Record<OnlyAsEntry, never>>
> = {
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

/** Whether nodes are to log in by such a mapping. */
export function isNode(desired: DesiredAccess | undefined): boolean {
  const type = desired && (desired.type ?? nodeTypeOf(desired.userName, desired.groups));
  return type !== undefined && type !== 'STANDARD';
}
