/** RBAC from files and stdin, as what was seen of it. */
import { readBindings } from '../../access/explain/document/read-bindings';
import { seenBindings } from '../../access/explain/seen-bindings';
import { type SeenCluster } from '../../access/explain/seen-cluster';
import { Problem } from '../problem';
import { type TextSource } from './read-text';

/** `read`: of the cluster itself; undefined where it was not asked. */
export function rbacIn(
  sources: readonly TextSource[],
  read?: Parameters<typeof seenBindings>[0][number],
): SeenCluster {
  if (sources.length === 0 && read === undefined) return {};
  return seenBindings([
    ...(read === undefined ? [] : [read]),
    ...sources.map(({ name, text }) => {
      const reading = readBindings(text);
      if ('refused' in reading) throw new Problem(`${name}: ${reading.refused}`, PRINT);
      return reading;
    }),
  ]);
}

const PRINT = 'Print them with kubectl get clusterrolebindings,rolebindings -A -o yaml.';
