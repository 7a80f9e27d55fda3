/** The command to run next on the same input, to copy. Pure. */
import { type Looked } from './input/look';

/** From stdin it cannot be read again: `FILE` takes its place. */
export function commandFor(verb: string, { source, cluster }: Looked, ...options: readonly string[]): string {
  const file = source === undefined ? [] : [source.name === 'stdin' ? 'FILE' : word(source.name)];
  const entries = cluster.accessEntries === undefined ? [] : ['--access-entries FILE'];
  const mode = cluster.mode === undefined ? [] : [`--mode ${cluster.mode}`];
  const rbac = cluster.bindings === undefined ? [] : ['--rbac FILE'];
  return ['eks-access', verb, ...file, ...mode, ...entries, ...rbac, ...options].join(' ');
}

function word(text: string): string {
  return /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
