/**
 * What the partitions of AWS have: the suffix of their host names (GT-45) and how their Regions begin. The one table;
 * pure.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
import { type PartitionName } from './partition-names';

interface Partition {
  readonly dnsSuffix: string;
  /** Undefined for the partition of every Region that belongs to no other. */
  readonly regions: string | undefined;
}

const table = {
  aws: { dnsSuffix: 'amazonaws.com', regions: undefined },
  'aws-cn': { dnsSuffix: 'amazonaws.com.cn', regions: 'cn-' },
  'aws-us-gov': { dnsSuffix: 'amazonaws.com', regions: 'us-gov-' },
  'aws-iso': { dnsSuffix: 'c2s.ic.gov', regions: 'us-iso-' },
  'aws-iso-b': { dnsSuffix: 'sc2s.sgov.gov', regions: 'us-isob-' },
  'aws-iso-e': { dnsSuffix: 'cloud.adc-e.uk', regions: 'eu-isoe-' },
  'aws-iso-f': { dnsSuffix: 'csp.hci.ic.gov', regions: 'us-isof-' },
  'aws-eusc': { dnsSuffix: 'amazonaws.eu', regions: 'eusc-' },
} as const satisfies Readonly<Record<PartitionName, Partition>>;

const partitions: ReadonlyMap<string, Partition> = new Map(Object.entries(table));

/** Every suffix once. */
export const DNS_SUFFIXES: readonly string[] = [
  ...new Set([...partitions.values()].map(({ dnsSuffix }) => dnsSuffix)),
];

/** A partition that is newer than this table is given the commercial suffix. */
export function dnsSuffixOf(partition: string): string {
  return partitions.get(partition)?.dnsSuffix ?? table.aws.dnsSuffix;
}

export function partitionOf(region: string): string {
  const found = [...partitions].find(
    ([, { regions }]) => regions !== undefined && region.startsWith(regions),
  );
  return found?.[0] ?? 'aws';
}
