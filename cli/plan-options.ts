/** Options of `plan-migration`. Pure. */
import { closest } from '../access/closest';
import { type Tool, TOOLS } from '../access/migration/render/render';
import { Problem } from './problem';

export interface PlanOptions {
  /** Lines, ARNs and short names. */
  readonly include: readonly string[];
  readonly asWritten: boolean;
  /** Undefined where the plan itself is printed. */
  readonly to: Tool | undefined;
}

export const PLAN_OPTIONS = {
  to: { type: 'string' },
  include: { type: 'string', multiple: true },
  'as-written': { type: 'boolean' },
} as const;

interface Values {
  readonly to?: string | undefined;
  readonly include?: readonly string[] | undefined;
  readonly 'as-written'?: boolean | undefined;
}

export function planOptionsOf({ to, include = [], 'as-written': asWritten = false }: Values): PlanOptions {
  return {
    include: include.flatMap((names) => names.split(',')),
    asWritten,
    to: to === undefined ? undefined : toolOf(to),
  };
}

function toolOf(text: string): Tool {
  const found = TOOLS.find((tool) => tool === text);
  if (found !== undefined) return found;
  const meant = closest(text, TOOLS);
  throw new Problem(
    `--to cannot be ${JSON.stringify(text)}.`,
    meant === undefined ? `It is one of ${TOOLS.join(', ')}.` : `Did you mean ${meant}?`,
  );
}
