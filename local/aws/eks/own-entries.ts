/** The access entries that EKS makes by itself (GT-106). */
import { type EksWorld } from './call';
import { type ClusterState } from './cluster-state';
import { addEntry } from './new-entry';
import { policyArn } from './policy-catalogue';

/** Entries have come into force: EKS's own follow, after as many reads as `ownEntryReads` says. */
export function expectOwnEntries(world: EksWorld, cluster: ClusterState): void {
  cluster.entriesDue = world.consistency.ownEntryReads;
  if (cluster.entriesDue === 0) addOwnEntries(world, cluster);
}

/** A read by which time goes on for them. */
export function readOwnEntries(world: EksWorld, cluster: ClusterState): void {
  if (cluster.entriesDue === undefined) return;
  cluster.entriesDue -= 1;
  if (cluster.entriesDue < 0) addOwnEntries(world, cluster);
}

/**
 * When entries are switched on, the hidden right of the creator becomes an entry of its own, and so do the mappings that
 * EKS wrote for managed node groups and Fargate profiles. No others do.
 */
export function addOwnEntries(world: EksWorld, cluster: ClusterState): void {
  cluster.entriesDue = undefined;
  for (const principalArn of cluster.managedNodeRoles)
    addIfMissing(world, cluster, principalArn, 'EC2_LINUX');
  for (const principalArn of cluster.fargateRoles)
    addIfMissing(world, cluster, principalArn, 'FARGATE_LINUX');
  if (cluster.creatorArn === undefined || cluster.entries.has(cluster.creatorArn)) return;
  const entry = addEntry(world, cluster, { principalArn: cluster.creatorArn });
  const now = world.clock();
  const admin = policyArn(world.iam.partition, 'AmazonEKSClusterAdminPolicy');
  entry.policies.set(admin, {
    policyArn: admin,
    scope: 'cluster',
    namespaces: [],
    associatedAt: now,
    modifiedAt: now,
  });
}

function addIfMissing(world: EksWorld, cluster: ClusterState, principalArn: string, type: string): void {
  if (!cluster.entries.has(principalArn)) addEntry(world, cluster, { principalArn, type });
}
