/** What is wanted of aws-auth: the two intents, and the ConfigMap as far as plans look at it. Types only. */
import { type ExistingEntry } from '../desired-access';
import { type Owner } from '../owner';
import { type AwsAuthData, type IdentityMapping } from './identity-mapping';

/** The ConfigMap as far as plans look at it; a missing one has neither. */
export interface AwsAuth {
  readonly data: AwsAuthData;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface PutIntent {
  /** Canonical ARN or account id: the key of ownership records. */
  readonly key: string;
  readonly mapping: IdentityMapping;
  readonly owner: Owner;
  readonly existingEntry: ExistingEntry;
  /** False for an Update that keeps the principal: then an entry equal to the old or new properties is ours. */
  readonly isNew: boolean;
  /** What the properties before this Update asked for. */
  readonly previous?: IdentityMapping | undefined;
}

export interface RemoveIntent {
  readonly key: string;
  readonly owner: Owner;
  /** What the properties asked for; an entry equal to it counts as ours when the record was wiped. */
  readonly lastKnown?: IdentityMapping | undefined;
}
