/** One cell of the ownership table, and what a back end has to say about it. */
import { type ExistingEntry } from '../../../../access/desired-access';
import { type OwnershipRecord } from '../../../../access/ownership-record';
import { OTHER, OURS, SIBLING } from '../aws-auth/aws-auth-given';

export { OTHER, OURS, SIBLING };

export type EntryName = 'none' | 'equal' | 'different' | 'node' | 'nodeName' | 'provider';

/** By name; `earlier` is what those keep that keep something. */
export function recordsFor<Value>(earlier: Value) {
  return {
    nobody: undefined,
    ours: { owner: OURS },
    sibling: { owner: SIBLING },
    other: { owner: OTHER },
    oursFound: { owner: OURS, found: { value: earlier } },
    oursRenamed: { owner: OURS, renamedFrom: { value: earlier, owner: SIBLING } },
    siblingFound: { owner: SIBLING, found: { value: earlier } },
    siblingForUs: { owner: SIBLING, renamedFrom: { value: earlier, owner: OURS } },
    otherFound: { owner: OTHER, found: { value: earlier } },
    otherRenamed: {
      owner: OTHER,
      renamedFrom: { value: earlier, owner: { ...OTHER, logicalId: 'Before' } },
    },
    otherForUs: { owner: OTHER, found: { value: earlier, owner: OURS } },
  } satisfies Record<string, OwnershipRecord<Value> | undefined>;
}

export type RecordName = keyof ReturnType<typeof recordsFor>;

export interface Cell {
  readonly entry: EntryName;
  readonly record: RecordName;
  readonly event: 'Create' | 'Update' | 'Delete';
  readonly existingEntry: ExistingEntry;
  readonly outcome: string;
}

export interface Result {
  /** The entry afterwards, with what is around it. */
  readonly state: unknown;
  readonly record: OwnershipRecord<unknown> | undefined;
  /** What others keep where the record is kept. */
  readonly foreign: unknown;
  readonly wrote: boolean;
  readonly removed: boolean;
  readonly adopted: boolean;
}

export interface BackEndUnderTest {
  /** An entry as records keep it. */
  readonly earlier: unknown;
  readonly foreign: unknown;
  /** Throws ProviderError. */
  run(cell: Cell, record: OwnershipRecord<unknown> | undefined): Result;
  /** The entry of that name as records keep it. */
  valueOf(entry: EntryName): unknown;
  /** What `Result.state` has to be. */
  stateAfter(cell: Cell): unknown;
}
