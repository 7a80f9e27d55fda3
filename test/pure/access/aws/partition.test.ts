import { DNS_SUFFIXES, dnsSuffixOf, partitionOf } from '../../../../access/aws/partition';
import { isPartition, PARTITIONS } from '../../../../access/aws/partition-names';

test.each([
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['il-central-1', 'aws', 'amazonaws.com'],
  ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ['mars-north-1', 'aws', 'amazonaws.com'],
])('%s is of %s, at %s (GT-45)', (region, partition, suffix) => {
  expect(partitionOf(region)).toBe(partition);
  expect(dnsSuffixOf(partition)).toBe(suffix);
  expect(DNS_SUFFIXES).toContain(suffix);
});

test('a partition that is newer than the table has the commercial suffix', () => {
  expect(dnsSuffixOf('aws-mars')).toBe('amazonaws.com');
});

test('the partitions are the authenticator’s, exactly (GT-29)', () => {
  expect(PARTITIONS).toHaveLength(8);
  expect(PARTITIONS.every(isPartition)).toBe(true);
  expect(['AWS', 'aws-mars', '', 'toString', 'constructor'].filter(isPartition)).toEqual([]);
});

test('a suffix is listed once', () => {
  expect([...new Set(DNS_SUFFIXES)]).toEqual(DNS_SUFFIXES);
  expect(DNS_SUFFIXES).toHaveLength(7);
});
