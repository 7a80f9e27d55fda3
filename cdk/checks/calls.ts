/** What methods of a provider are given, in JavaScript and through `any`: a sentence for what they cannot take. */
import { type aws_eks as eks } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { clusterNameOf, refuseOthers, shown } from './given';

/** Throws unless it is a cluster of which `call` can tell the name. */
export function checkCluster(provider: IConstruct, call: string, cluster: eks.IClusterRef | undefined): void {
  try {
    if (clusterNameOf(cluster) === undefined) throw new Error('cluster is undefined: give a cluster');
  } catch (cause) {
    throw new Error(`${provider.node.path}: ${call}: ${(cause as Error).message}`, { cause });
  }
}

/** Throws unless the options of `call` are an object of `names`. */
export function checkOptions(
  provider: IConstruct,
  call: string,
  options: unknown,
  names: readonly string[],
): void {
  const at = `${provider.node.path}: ${call}`;
  if (typeof options !== 'object' || options === null)
    throw new Error(`${at}: the options are ${shown(options)}: give an object, with ${names.join(', ')}`);
  try {
    refuseOthers(names, options);
  } catch (cause) {
    throw new Error(`${at}: ${(cause as Error).message}`, { cause });
  }
}
