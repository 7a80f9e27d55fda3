/** Options of `migrate`. Pure. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Problem } from './problem';

export interface MigrateOptions {
  /** Digest of the plan; undefined: the steps are only told. */
  readonly approve: string | undefined;
  /** Digest of who gets in when the mode becomes API. */
  readonly approveApi: string | undefined;
  /** How old the newest access entry has to be before lines go from aws-auth; undefined: they stay. */
  readonly bakeMs: number | undefined;
  /** How long running updates, and what EKS makes by itself, are waited for. */
  readonly waitMs: number;
  readonly undo: boolean;
  readonly isDryRun: boolean;
  /** Path of a file that gets aws-auth as it is, before anything is changed. */
  readonly save: string | undefined;
}

export const MIGRATE_OPTIONS = {
  'approve-api': { type: 'string' },
  bake: { type: 'string' },
  wait: { type: 'string' },
  undo: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  save: { type: 'string' },
} as const;

/** Other commands have an option of this name without a value. */
const APPROVE = { approve: { type: 'string' } } as const;

/** `options` as this command has them, where it is the command: a table has one type of each option. */
export function withDigest<O extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: O,
): O {
  const { positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: false });
  return positionals[0] === 'migrate' ? { ...options, ...APPROVE } : options;
}

interface Values {
  /** Text where this is the command. */
  readonly approve?: unknown;
  readonly 'approve-api'?: string | undefined;
  readonly bake?: string | undefined;
  readonly wait?: string | undefined;
  readonly undo?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly save?: string | undefined;
}

const MINUTE = 60_000;

export function migrateOptionsOf(values: Values): MigrateOptions {
  const { bake, wait = '25', undo = false, save } = values;
  const approve = typeof values.approve === 'string' ? values.approve : undefined;
  const approveApi = values['approve-api'];
  digest('--approve', approve);
  digest('--approve-api', approveApi);
  if (undo && approve === undefined)
    throw new Problem('--undo takes back one run: name it by --approve and the digest of its plan.');
  if (undo && (approveApi !== undefined || bake !== undefined))
    throw new Problem('--undo goes back: leave --approve-api and --bake out.');
  return {
    approve,
    approveApi,
    bakeMs: bake === undefined ? undefined : minutes('--bake', bake),
    waitMs: minutes('--wait', wait),
    undo,
    isDryRun: values['dry-run'] === true,
    save,
  };
}

function digest(option: string, value: string | undefined): void {
  if (value === undefined || /^[0-9a-f]{16}$/.test(value)) return;
  throw new Problem(
    `${option} cannot be ${JSON.stringify(value)}: it is a digest of 16 digits.`,
    'eks-access plan-migration prints it.',
  );
}

function minutes(option: string, value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value) * MINUTE;
  throw new Problem(`${option} cannot be ${JSON.stringify(value)}: it is whole minutes.`);
}
