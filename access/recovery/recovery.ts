/** Ways back into a cluster, and what is known when they are looked for. Types only. */
import { type ClusterPlatform } from '../authentication-mode/port';
import { type SeenCluster } from '../explain/seen-cluster';

export interface RecoveryFacts {
  readonly cluster: SeenCluster;
  /** Of AWS, for commands; undefined where only files were looked at, or the environment says. */
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** Undefined where EKS did not describe the cluster. */
  readonly platform?: ClusterPlatform | undefined;
  /** ARN of the stack that made the cluster, or a tool; undefined where no tag tells. */
  readonly madeBy?: string | undefined;
  /** ARN of who is asking, as STS gives it. */
  readonly caller?: string | undefined;
  /** ARN of who is to get in; undefined: it is not said yet. */
  readonly admin?: string | undefined;
  /** aws-auth as it was given or read; undefined where it was not seen. */
  readonly text?: string | undefined;
  /** For commands: the name of the file with aws-auth. */
  readonly file?: string | undefined;
}

export interface RecoveryStep {
  /** One line for a shell; words in capitals are for people to fill in. */
  readonly command: string;
  /** What it is for: one clause; empty where the command says it. */
  readonly about: string;
}

export type WayName =
  'administrator' | 'access-entry' | 'mode' | 'creator' | 'service-account' | 'node-group' | 'node-entry';

export interface Way {
  readonly name: WayName;
  readonly title: string;
  /** `open`: all that was seen says that it works; `maybe`: something was not seen, or EKS does not tell it. */
  readonly state: 'open' | 'maybe' | 'closed';
  /** Why it works, or does not. Sentences. */
  readonly why: string;
  /** IAM actions, and whatever else it takes. */
  readonly needs: readonly string[];
  /** None where it is closed. */
  readonly steps: readonly RecoveryStep[];
  /** What goes wrong where people do not look out. Sentences. */
  readonly trap: string | undefined;
}

/** What is to be written to aws-auth once a way in works. */
export interface TextRepair {
  /** Sentences. */
  readonly why: string;
  /** The whole document; undefined where there is nothing to fix, or nobody can say how. */
  readonly text: string | undefined;
  readonly steps: readonly RecoveryStep[];
}

export interface Recovery {
  /** Those that are open first, each group in the order in which they are to be tried. */
  readonly ways: readonly Way[];
  /** Undefined where the cluster does not read aws-auth. */
  readonly repair: TextRepair | undefined;
  /** One sentence. */
  readonly summary: string;
}
