/** The groups that stand for named rights, in words. Pure. */
import { rightOf } from './granted';

/** `named right edit in namespace team-a`, `named right view in the whole cluster`; undefined for any other group. */
export function inWords(group: string): string | undefined {
  const right = rightOf(group);
  if (!right) return undefined;
  const { name, namespace } = right;
  return `named right ${name} in ${namespace === undefined ? 'the whole cluster' : `namespace ${namespace}`}`;
}
