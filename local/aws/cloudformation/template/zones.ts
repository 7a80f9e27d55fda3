/**
 * Availability zones, as `Fn::GetAZs` gives them. Pure.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */

/** Letters, of the regions that have others than a, b and c. */
const letters: Readonly<Record<string, string>> = {
  'us-east-1': 'abcdef',
  'us-west-1': 'ab',
  'us-west-2': 'abcd',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ca-central-1': 'abd',
  'cn-north-1': 'ab',
};

/** `us-east-1a`, … */
export function zonesOf(region: string): string[] {
  return Array.from(letters[region] ?? 'abc', (letter) => `${region}${letter}`);
}
