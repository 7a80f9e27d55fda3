/** Access entries that have outlived their role, and those that a run has deleted and could not make again yet. Types only. */
import { type CurrentAccessEntry } from '../../access/access-entry/access-entry';
import { type Owner } from '../../access/owner';
import { type Principal } from '../../access/principal';
import { type Subject } from './report';

export interface Recorded {
  readonly key: string;
  readonly principal: Principal;
  readonly principalArn: string;
  readonly record: { readonly owner: Owner; readonly at?: number | undefined };
}

export interface Outlived {
  readonly recorded: Recorded;
  readonly current: CurrentAccessEntry;
  readonly subject: Subject;
}

/** EKS has nothing of them but what the runs of this container remember. */
export type Unmade = Set<Outlived>;
