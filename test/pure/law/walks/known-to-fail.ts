/** Walks that the provider does not take right yet. */
export const KNOWN_TO_FAIL: readonly string[] = ['a rename that retains the old name'];
