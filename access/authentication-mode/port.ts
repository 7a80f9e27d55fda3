/** The EKS API as a change of the authentication mode needs it; `store.ts` is the real one. Types only. */
import { type AuthenticationMode } from '../desired-access';

export interface ClusterPlatform {
  /** Of Kubernetes, as `1.34`; empty where EKS does not tell. */
  readonly version: string;
  /** As `eks.1`; empty where EKS does not tell. */
  readonly platformVersion: string;
  /** Whether the control plane runs on an Outpost. */
  readonly isOnOutpost: boolean;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Update.html */
export interface ClusterUpdate {
  readonly id: string;
  /** `AccessConfigUpdate`, `VersionUpdate`, … */
  readonly type: string;
  readonly status: 'InProgress' | 'Successful' | 'Failed' | 'Cancelled';
  /** Why it came to nothing, in EKS's words, as one line; empty where it says nothing. */
  readonly why: string;
}

export interface ModeStore {
  /** One call; gives the update that has begun. Throws ProviderError: ResourceConflict while another update runs. */
  begin(cluster: string, mode: AuthenticationMode, clientRequestToken: string): Promise<ClusterUpdate>;
  /** Undefined where EKS knows no such update. Throws ProviderError. */
  update(cluster: string, id: string): Promise<ClusterUpdate | undefined>;
  /** The one that runs; undefined: none does. `hint`: text that may name it. Throws ProviderError. */
  running(cluster: string, hint?: string): Promise<ClusterUpdate | undefined>;
  /** What the cluster runs on. Throws ProviderError. */
  platform(cluster: string): Promise<ClusterPlatform>;
}
