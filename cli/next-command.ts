/** The command to run next on the same input, to copy. Pure. */
import { type LiveOptions } from './live-options';
import { type Looked } from './input/look';

/** From stdin it cannot be read again: `FILE` takes its place. */
export function commandFor(verb: string, looked: Looked, ...options: readonly string[]): string {
  const { source, cluster, live } = looked;
  if (live !== undefined) return ['eks-access', verb, ...wordsOf(live), ...options].join(' ');
  const file = source === undefined ? [] : [source.name === 'stdin' ? 'FILE' : word(source.name)];
  const entries = cluster.accessEntries === undefined ? [] : ['--access-entries FILE'];
  const mode = cluster.mode === undefined ? [] : [`--mode ${cluster.mode}`];
  const rbac = cluster.bindings === undefined ? [] : ['--rbac FILE'];
  return ['eks-access', verb, ...file, ...mode, ...entries, ...rbac, ...options].join(' ');
}

function wordsOf({ cluster, region, profile, kubeconfig, context, asksIam }: LiveOptions): readonly string[] {
  const options = { cluster, region, profile, kubeconfig, context };
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${word(value)}`],
  );
  return asksIam ? [...words, '--iam'] : words;
}

function word(text: string): string {
  return /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
