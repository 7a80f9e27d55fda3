/** Which options only some commands have. Pure. */
import { Problem } from './problem';

/** Options that not all commands have. */
const OF_SOME = {
  explain: ['me'],
  drift: ['fix', 'stack'],
  doctor: ['fix', 'fix-grants', 'fail-on', 'ignore'],
  'iam-policy': ['guardrails', 'account', 'partition', 'node-role', 'cluster-role'],
} as const;

export function refuseOfOthers(verb: string, values: Readonly<Record<string, unknown>>): void {
  for (const option of new Set(Object.values(OF_SOME).flat())) {
    const owners = Object.entries(OF_SOME).flatMap(([owner, options]) =>
      (options as readonly string[]).includes(option) ? [owner] : [],
    );
    if (values[option] !== undefined && !owners.includes(verb))
      throw new Problem(`--${option} is for ${owners.join(' and ')}, not for ${verb}.`);
  }
}
