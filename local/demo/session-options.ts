/** What a session begins with. Types. */
import { type AuthenticationMode } from '../../access/desired-access';
import { type ConfigMapManifest } from '../aws/control-plane';
import { type Clock } from '../aws/lambda/clock';

export interface SessionOptions {
  readonly mode: AuthenticationMode;
  readonly awsAuth: ConfigMapManifest;
  /** Name of the cluster that is there. Default my-cluster. */
  readonly cluster?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** SSM parameters that are there, by name. */
  readonly ssm?: Readonly<Record<string, string>>;
  /** Exports of stacks that are not there, by name. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Default true. */
  readonly withProvider?: boolean;
  /** Default: everything is allowed. */
  readonly guardrails?: object;
  /** By the name of the cluster: the role as which the provider reaches it; that of the cluster here is its creator. */
  readonly clusterRoles?: Readonly<Record<string, string>>;
  /** ARN of a principal beside the provider that may do everything in the cluster: its creator (GT-51). */
  readonly administrator?: string;
  /** Default: the machine's. */
  readonly clock?: Clock;
}
