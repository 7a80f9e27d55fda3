/** Where a policy is to hold: statements are made with pseudo parameters of CloudFormation, which are filled in here. Pure. */

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** What no guardrail can hold: `literal` leaves no `${` in a pattern. */
export const PLACE: Place = {
  partition: '${AWS::Partition}',
  region: '${AWS::Region}',
  accountId: '${AWS::AccountId}',
};

/** The same value with the place filled in: by names, or by whatever texts stand for them in a template. */
export function inPlace(value: unknown, { partition, region, accountId }: Place): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(PLACE.partition, () => partition)
      .replaceAll(PLACE.region, () => region)
      .replaceAll(PLACE.accountId, () => accountId);
  if (Array.isArray(value)) return value.map((item) => inPlace(item, { partition, region, accountId }));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inPlace(item, { partition, region, accountId })]),
  );
}
