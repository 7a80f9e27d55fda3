/** Options that not every command has; on others they are refused. Pure. */
import { Problem } from './problem';

/** Options that some commands alone have. */
const OF_SOME = {
  explain: ['me'],
  drift: ['fix', 'stack'],
  recover: ['fix', 'admin', 'for', 'approve', 'change-mode'],
  doctor: ['fix', 'fix-grants', 'fail-on', 'ignore'],
  replay: ['function', 'approve', 'discard'],
  'plan-migration': ['to', 'include', 'as-written'],
  migrate: ['include', 'as-written', 'approve', 'approve-api', 'bake', 'wait', 'undo', 'dry-run', 'save'],
  'iam-policy': ['guardrails', 'account', 'partition', 'node-role', 'cluster-role'],
} as const;

/** Options of the commands that look at who gets in. */
const OF_CLUSTERS = ['mode', 'access-entries', 'rbac', 'cluster'] as const;

type Option = (typeof OF_SOME)[keyof typeof OF_SOME][number] | (typeof OF_CLUSTERS)[number];

/** `values`: by name, as they were typed. */
export function refuseOfOthers(verb: string, values: Readonly<Partial<Record<Option, unknown>>>): void {
  for (const option of new Set(Object.values(OF_SOME).flat())) {
    const owners = Object.entries(OF_SOME).flatMap(([owner, options]) =>
      (options as readonly string[]).includes(option) ? [owner] : [],
    );
    if (values[option] !== undefined && !owners.includes(verb))
      throw new Problem(`--${option} is for ${owners.join(' and ')}, not for ${verb}.`);
  }
  if (verb !== 'policies' && verb !== 'iam-policy' && verb !== 'replay') return;
  const seen = OF_CLUSTERS.find((option) => values[option] !== undefined);
  if (seen !== undefined) throw new Problem(`--${seen} is for what looks at a cluster, not for ${verb}.`);
}
