/** Options that not every command has; on others they are refused. Pure. */
import { Problem } from './problem';

/** Options that one command alone has. */
const OF_ONE = {
  explain: ['me'],
  doctor: ['fix', 'fix-grants', 'fail-on', 'ignore'],
  'iam-policy': ['guardrails', 'account', 'partition', 'node-role', 'cluster-role'],
} as const;

/** Options of the commands that look at who gets in. */
const OF_CLUSTERS = ['mode', 'access-entries', 'rbac', 'cluster'] as const;

type Option = (typeof OF_ONE)[keyof typeof OF_ONE][number] | (typeof OF_CLUSTERS)[number];

/** `values`: by name, as they were typed. */
export function refuseOfOthers(verb: string, values: Readonly<Partial<Record<Option, unknown>>>): void {
  for (const [one, options] of Object.entries(OF_ONE))
    for (const option of options)
      if (verb !== one && values[option] !== undefined)
        throw new Problem(`--${option} is for ${one}, not for ${verb}.`);
  if (verb !== 'policies' && verb !== 'iam-policy') return;
  const seen = OF_CLUSTERS.find((option) => values[option] !== undefined);
  if (seen !== undefined) throw new Problem(`--${seen} is for what looks at a cluster, not for ${verb}.`);
}
