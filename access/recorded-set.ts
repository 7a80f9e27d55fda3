/** The permission set that a record says its mapping is of. Pure. */
import { partsOfArn } from './arn';
import { isRoleOfSet, type PermissionSet, setKey } from './permission-set';
import { factsOf } from './record-facts';

interface Recorded {
  /** Canonical ARN, or account id. */
  readonly key: string;
  readonly record: { readonly more?: Readonly<Record<string, unknown>> | undefined };
}

/** The set that a recorded mapping is of; undefined for one that is not of a set. */
export function setOf({ key, record }: Recorded): PermissionSet | undefined {
  const { set: name } = factsOf(record);
  if (name === undefined) return undefined;
  const { partition, accountId } = partsOfArn(key);
  const set = { name, accountId, partition };
  return isRoleOfSet(key, set) ? set : undefined;
}

/** What names a recorded mapping in its physical id. */
export function idKeyOf(recorded: Recorded): string {
  const set = setOf(recorded);
  return set ? setKey(set) : recorded.key;
}
