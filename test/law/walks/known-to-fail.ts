/** Walks that the provider does not take right yet. */
export const KNOWN_TO_FAIL: readonly string[] = [
  'EKS makes the node’s entry between the request and its delivery',
  'FAIL over a different entry of aws-auth (API_AND_CONFIG_MAP)',
  'REPLACE over a different entry of aws-auth, update and delete (API_AND_CONFIG_MAP)',
  'a late duplicate of a Create after an Update',
  'a late duplicate of a Delete after the resource was made again',
  'a late duplicate of an Update after a later one',
  'a mapping in aws-auth that would be dead under another tool’s access entry',
  'a move back to aws-auth, where a person has written the same meanwhile',
  'a rename that retains the old name',
  'a replacement of a node that fails after the put',
  'a resource of another provider becomes ours',
  'a stack that was refactored',
  'a write to aws-auth that happens after the Delete has found nothing',
  'the provider’s own access entry is nobody’s to take',
  'the way back from a cluster that the provider may not look at',
  'the way back from a refused Update that named a person’s principal',
];
