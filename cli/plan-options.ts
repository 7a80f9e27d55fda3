/** Options of `plan-migration`. Pure. */
import { type Tool, TOOLS } from '../access/migration/render/render';
import { oneOf } from './one-of';

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
    to: to === undefined ? undefined : oneOf(to, TOOLS, '--to'),
  };
}
