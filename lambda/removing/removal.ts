import { type DesiredAccess, type Kind } from '../../access/desired-access';
import { type PermissionSet } from '../../access/permission-set';

/** Whose mapping is removed. */
export interface Removal {
  readonly kind: Kind;
  readonly key: string;
  /** What the properties asked for, where they can be read and name the same principal. */
  readonly desired: DesiredAccess | undefined;
  /** What they asked for where the id is none of ours, so that nothing is known to have been made: only a record counts. */
  readonly asked?: DesiredAccess | undefined;
  /** Given where the mapping is of a permission set; then `key` is of a role of it. */
  readonly set?: PermissionSet | undefined;
}
