/** What all four resource constructs take. */
import { type aws_eks as eks, type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { type ExistingEntry } from './mapping-words';
import { type IEksAccessProvider } from './provider-interface';

/** Properties that all four constructs take. */
export interface MappingProps {
  /** The provider that does the work: one of this App, or `EksAccessProvider.fromExport`. */
  readonly provider: IEksAccessProvider;

  /**
   * The EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
   *
   * @default - `clusterName` must be given
   */
  readonly cluster?: eks.IClusterRef;

  /**
   * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
   *
   * @default - the name of `cluster`, which must be given
   */
  readonly clusterName?: string;

  /**
   * What to do when another stack, a person or another tool has already mapped the principal. `FAIL`: fail and name the owner. `ADOPT`: take over; Delete and rollback put back what was there. `REPLACE`: take over; Delete removes it.
   *
   * @default ExistingEntry.FAIL
   */
  readonly existingEntry?: ExistingEntry;

  /**
   * When the mapping ends: a date and time in ISO 8601 with time zone (`2026-12-31T18:00:00Z`), or a date, which begins in UTC. The provider's schedule removes the mapping within 15 minutes of it, an access entry within an hour where the date was given less than an hour ahead; the resource stays in its stack, its Delete succeeds, and an Update with a later date maps the principal again. Refused in the past, for node types that are access entries, and by a provider without schedule.
   *
   * @default - it does not end
   */
  readonly expiresAt?: string;

  /**
   * Seconds from the write to the answer, at most 40, so that what depends on the resource finds the mapping in effect. Every 2 seconds the mapping is read until it reads as written; the rest of the time is for the API servers of the cluster. A Create waits, and an Update that changes the mapping; a Delete does not. The answer succeeds either way, and comes sooner where the time limit of the provider asks for it.
   *
   * @default Duration.seconds(0)
   */
  readonly waitForEffect?: Duration;

  /**
   * Any text. Changing it makes CloudFormation send an Update, and does nothing else: the way to run a mapping again, for example after it was changed by hand.
   *
   * @default - none
   */
  readonly revision?: string;

  /**
   * How long CloudFormation waits for the answer; at least 3 × the function's timeout + 180 s.
   *
   * @default - 600 s, or more where the provider's timeout asks for it
   */
  readonly serviceTimeout?: Duration;

  /**
   * What becomes of the mapping when it leaves the template. With RETAIN, CloudFormation sends no event: the
   * principal keeps its access to the cluster.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
