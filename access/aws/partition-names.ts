/** Names of the partitions of AWS as the authenticator knows them; the match is exact and case-sensitive (GT-29). */
export const PARTITIONS = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
] as const;

export type PartitionName = (typeof PARTITIONS)[number];

export function isPartition(name: string): boolean {
  return PARTITIONS.some((known) => known === name);
}
