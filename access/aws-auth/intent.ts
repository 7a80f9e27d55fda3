/** What is wanted of aws-auth: the two intents, and the ConfigMap as far as plans look at it. Types only. */
import { type ExistingEntry } from '../desired-access';
import { type Owner } from '../owner';
import { type TemplateFacts } from '../record-facts';
import { type Surroundings } from '../surroundings';
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
  /** As of the ownership table. */
  readonly requestedAt?: number | undefined;
  readonly existingEntry: ExistingEntry;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** As of a put. */
  readonly isReplacement?: boolean | undefined;
  /** As of a put. */
  readonly hadEnded?: boolean | undefined;
  /** What the resource is known to have asked for here until now. */
  readonly previous?: IdentityMapping | undefined;
  readonly surroundings: Surroundings;
  /** As of a put. */
  readonly facts?: TemplateFacts | undefined;
}

/** The Delete that leaves a mark on aws-auth. */
export interface DeleteMark {
  /** ISO 8601. */
  readonly at: string;
  /** CloudFormation's RequestId. */
  readonly requestId: string;
}

export interface RemoveIntent {
  readonly key: string;
  readonly owner: Owner;
  /** As of `RemoveRequest`. */
  readonly set?: string | undefined;
  /** As of the ownership table. */
  readonly requestedAt?: number | undefined;
  /** What the properties asked for; an entry equal to it counts as ours when the record was wiped. */
  readonly lastKnown?: IdentityMapping | undefined;
  /** As of the ownership table. */
  readonly gone?: readonly Owner[] | undefined;
  /** The entry goes, no matter who owns it: an entry in the other place has replaced it (`ExistingEntry: REPLACE`). */
  readonly isReplaced?: boolean | undefined;
  /** As of `RemoveRequest`. */
  readonly isProvidersRole?: boolean | undefined;
  /**
   * Given where the id is a real one and nothing of the resource has been found elsewhere: then a ConfigMap that is
   * there and holds neither entry nor record is marked, because a Create may still be writing (CR-28).
   */
  readonly leavesMark?: DeleteMark | undefined;
  /** As of `RemoveRequest`. */
  readonly marksRemoval?: DeleteMark | undefined;
}
