/** Clusters that never have access entries, or not yet (GT-107). Pure. */
import { type ClusterPlatform } from './port';

/**
 * Platform version that each version of Kubernetes needs at least; those since then have access entries from the start.
 * https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
 */
const LEAST: Readonly<Record<string, number>> = {
  '1.23': 17,
  '1.24': 15,
  '1.25': 12,
  '1.26': 11,
  '1.27': 10,
  '1.28': 6,
  '1.29': 1,
  '1.30': 2,
};
/** The first minor version that is in the table. */
const FIRST_MINOR = 23;

/** One clause with what to do; undefined where nothing is known against it: then EKS decides. */
export function noAccessEntries({
  version,
  platformVersion,
  isOnOutpost,
}: ClusterPlatform): string | undefined {
  if (isOnOutpost)
    return 'is a local cluster on an Outpost, which has aws-auth alone: leave it in mode CONFIG_MAP';
  const [, minor] = /^1\.(\d+)$/.exec(version) ?? [];
  const [, platform] = /^eks\.(\d+)$/.exec(platformVersion) ?? [];
  if (minor === undefined || platform === undefined) return undefined;
  if (Number(minor) < FIRST_MINOR)
    return `has Kubernetes ${version}, which has no access entries: update it to a supported version first`;
  const least = LEAST[version];
  if (least === undefined || Number(platform) >= least) return undefined;
  return `has platform version ${platformVersion}, and Kubernetes ${version} has access entries from eks.${least} on: EKS updates platform versions by itself, and a new version of Kubernetes brings its latest`;
}
