/** Which type of access entry the nodes of a role need, by all that was seen of the role (GT-81). Pure. */
import { isNodeMapping } from '../aws-auth/reading/entries';
import { nodeTypeOf } from '../node-identity';
import { type SeenAccessEntry } from './seen-cluster';
import { type View } from './view';
import { principalKeyOf } from './who';
import { type WrittenEntry } from './written';

export interface NeededType {
  readonly type: string;
  /** Known from a node group or Fargate profile, or from aws-auth; else only the name of the role says so. */
  readonly isKnown: boolean;
}

/**
 * `written`: what aws-auth says of the principal. Undefined where nothing says that nodes have the role, or where its
 * access entry has the type they need.
 */
export function neededTypeOf(
  { cluster }: View,
  entry: SeenAccessEntry,
  written: WrittenEntry | undefined,
): NeededType | undefined {
  const key = principalKeyOf(entry.principalArn);
  const types = (cluster.nodeRoles ?? [])
    .filter(({ arn }) => principalKeyOf(arn) === key)
    .map(({ type = 'EC2_LINUX' }) => type);
  const { loaded } = written ?? {};
  if (loaded !== undefined && loaded.section !== 'mapAccounts' && isNodeMapping(loaded))
    types.push(nodeTypeOf(loaded.username, loaded.groups) ?? 'EC2_LINUX');
  const byName = types.length === 0 ? wrongByName(entry) : undefined;
  const type = types.find((each) => !serves(entry.type, each)) ?? byName;
  return type === undefined ? undefined : { type, isKnown: byName === undefined };
}

/** By principal key: the entries of aws-auth that would count without an access entry. */
export function overriddenIn({ written, standing }: View): ReadonlyMap<string, WrittenEntry> {
  return new Map(
    written.sections
      .flatMap(({ entries }) => entries)
      .filter((entry) => standing.get(entry)?.reason?.rule === 'overridden-by-access-entry')
      .map((entry) => [principalKeyOf(entry.principal), entry]),
  );
}

export function isForNodes({ type }: SeenAccessEntry): boolean {
  return type !== 'STANDARD' && type !== '';
}

/** EC2 and HYPERPOD_LINUX have user names that AWS does not document: nothing is said of nodes that join by them. */
function serves(type: string, needed: string): boolean {
  return (
    type === needed ||
    type === 'EC2' ||
    type === 'HYPERPOD_LINUX' ||
    (type === 'EC2_WINDOWS' && needed === 'EC2_LINUX')
  );
}

/** A name is no proof: people are in STANDARD entries with rights, whatever their role is called. */
function wrongByName({ type, principalArn, groups, policies }: SeenAccessEntry): string | undefined {
  const needed = typeByName(principalArn);
  const isWrong =
    type === 'STANDARD'
      ? groups.length + (policies ?? []).length === 0
      : (type === 'FARGATE_LINUX') !== (needed === 'FARGATE_LINUX');
  return needed !== undefined && isWrong && !serves(type, needed) ? needed : undefined;
}

/** Which nodes a role is for that is called so: `KarpenterNodeRole-prod`, `AmazonEKSFargatePodExecutionRole`. */
export function typeByName(arn: string): 'FARGATE_LINUX' | 'EC2_LINUX' | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  // One pattern for most names, which are of no nodes.
  if (!/node|fargate|pod-?execution/i.test(name) || isPerson(arn) || TOOLS.test(name)) return undefined;
  return /fargate|pod-?execution/i.test(name) ? 'FARGATE_LINUX' : NODES.test(name) ? 'EC2_LINUX' : undefined;
}

const NODES = /node(?:$|s\b|[-_]|group|pool|instance|role)/i;
/** Those who look after nodes are none. */
const TOOLS = /admin|controller|handler|operator|scaler|deploy|reader|viewer|exporter|debug/i;

/** No node is an IAM user or has a role of IAM Identity Center. */
export function isPerson(arn: string): boolean {
  return /:user\/|:root$|:role\/(?:.*\/)?AWSReservedSSO_/i.test(arn);
}
