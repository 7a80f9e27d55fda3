/** A cluster as a command sees it, from files or live: every verb is given one. Types only. */
import { type SeenCluster } from '../../access/explain/seen-cluster';
import { type LiveOptions } from '../live-options';
import { type DescribedCluster } from '../reach-cluster/reach-cluster';
import { type TextSource } from './read-text';

export interface Looked {
  readonly cluster: SeenCluster;
  /** aws-auth as it was given, or as kubectl prints it; undefined where it was not seen. */
  readonly source: TextSource | undefined;
  /** For people: file names, `stdin`, or the cluster with its Region. */
  readonly name: string;
  /** Of aws-auth, from the working directory with forward slashes, as GitHub wants it; undefined for what is no file. */
  readonly path: string | undefined;
  /** How the cluster was reached; undefined where only files were looked at. */
  readonly live?: LiveOptions | undefined;
  /** As EKS describes it; undefined where only files were looked at, or EKS did not. */
  readonly described?: DescribedCluster | undefined;
  /** For stderr: what people may not expect of the input. */
  readonly notes: readonly string[];
}
