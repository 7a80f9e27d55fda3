/** A cluster on its way to access entries, as one look shows it, and what this run remembers besides. Types only. */
import { type ClusterPlatform, type ClusterUpdate } from '../../authentication-mode/port';
import { type AuthenticationMode } from '../../desired-access';
import {
  type ReadAwsAuth,
  type SeenAccessEntry,
  type SeenNodeRole,
  type SeenRole,
} from '../../explain/seen-cluster';
import { type Wants } from '../migration-plan';

export interface SeenMigration {
  readonly name: string;
  readonly mode: AuthenticationMode;
  /** Of the cluster: `ACTIVE`, `UPDATING`, … */
  readonly status: string;
  readonly platform: ClusterPlatform;
  /** Of any kind, while it runs; of a change of the mode that this run waits for, also how it has ended. */
  readonly update: ClusterUpdate | undefined;
  /** Undefined where the cluster has none. */
  readonly awsAuth: ReadAwsAuth | undefined;
  /** aws-auth as this run found it; undefined where it has not been copied. */
  readonly copy: ReadAwsAuth | undefined;
  /** Undefined where EKS says that the cluster has none yet. */
  readonly entries: readonly SeenAccessEntry[] | undefined;
  /** Undefined where they could not be read. */
  readonly nodeRoles: readonly SeenNodeRole[] | undefined;
  /** Roles that IAM was asked for. */
  readonly roles: readonly SeenRole[];
  /** ARN of who migrates; undefined where a kubeconfig says who that is in the cluster. */
  readonly caller: string | undefined;
  readonly run: RunMemory;
}

/** What a run that goes on after a crash has to find out again. */
export interface RunMemory {
  /** Whether the caller has got into the cluster by a token that is newer than the last change. */
  readonly isProved: boolean;
  /** By principal key: why no access entry could be made, in EKS's words. */
  readonly refused: ReadonlyMap<string, string>;
  /** How long what is waited for now has been waited for, milliseconds. */
  readonly waitedMs: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a person has allowed. */
export interface Approval {
  /** Digest of the plan; undefined where the steps before mode API are not asked for. */
  readonly plan: string | undefined;
  /** Digest of who gets in when the mode becomes API; undefined where it is to stay. */
  readonly api: string | undefined;
  /** How old the newest access entry has to be before aws-auth is changed; undefined: it is not changed. */
  readonly bakeMs: number | undefined;
  /** How long a running update, and EKS's own entries, are waited for. */
  readonly patienceMs: number;
  readonly wants: Wants;
}
