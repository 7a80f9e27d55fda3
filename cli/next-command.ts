/** The command to run next on the same input, to copy. Pure. */
import { type LiveOptions } from './live-options';
import { type Looked } from './input/look';
import { type ReplayOptions } from './replay-options';

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

/** The same with approval. */
export function replayCommand({ caller: { region, profile }, function: named }: ReplayOptions): string {
  return ['eks-access replay', ...optionsOf({ function: named, region, profile }), '--approve'].join(' ');
}

/** The options by which the cluster was reached. */
export function wordsOf({
  cluster,
  region,
  profile,
  kubeconfig,
  context,
  asksIam,
}: LiveOptions): readonly string[] {
  const words = optionsOf({ cluster, region, profile, kubeconfig, context });
  return asksIam ? [...words, '--iam'] : words;
}

function optionsOf(options: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${word(value)}`],
  );
}

function word(text: string): string {
  return /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
