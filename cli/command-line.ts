/** What was typed, as a command with its options; what is no command is refused with what was probably meant. Pure. */
import { parseArgs } from 'node:util';
import { closest } from '../access/closest';
import { type AuthenticationMode } from '../access/desired-access';
import { type Level, type RuleName } from '../access/explain/finding';
import { IAM_POLICY_OPTIONS, type IamPolicyOptions, iamPolicyOf } from './iam-policy-options';
import {
  callerOf,
  callerOptionsOf,
  type CallerOptions,
  LIVE_OPTIONS,
  type LiveOptions,
  liveOf,
} from './live-options';
import { MIGRATE_OPTIONS, type MigrateOptions, migrateOptionsOf, withDigest } from './migrate-options';
import { type Format, formatOf } from './format';
import { oneOf } from './one-of';
import { refuseOfOthers } from './own-options';
import { PLAN_OPTIONS, type PlanOptions, planOptionsOf } from './plan-options';
import { Problem } from './problem';
import { REPLAY_OPTIONS, type ReplayOptions, replayOptionsOf } from './replay-options';
import { RECOVER_OPTIONS, type RecoverOptions, recoverOptionsOf, withApproval } from './recover-options';
import { ruleOf } from './rule-of';

export type Verb = (typeof VERBS)[number];
export type { Format } from './format';

export interface CommandLine {
  readonly verb: Verb | 'version';
  readonly operands: readonly string[];
  readonly format: Format;
  readonly wantsColour: boolean;
  readonly wantsPager: boolean;
  readonly mode: AuthenticationMode | undefined;
  /** Path, or `-`. */
  readonly accessEntries: string | undefined;
  /** Paths, or `-`. */
  readonly rbac: readonly string[];
  readonly fix: 'none' | 'safe' | 'all';
  readonly failOn: Level | 'never';
  readonly ignored: ReadonlySet<RuleName>;
  /** Undefined where only files are looked at. */
  readonly live: LiveOptions | undefined;
  /** Pattern of names of stacks, with `*` and `?`; undefined: those that have records on the cluster. */
  readonly stack: string | undefined;
  /** How the caller's own identity is asked for, the principal of explain; undefined where it is another. */
  readonly me: CallerOptions | undefined;
  /** Of one command alone. */
  readonly iamPolicy: IamPolicyOptions | undefined;
  readonly plan: PlanOptions;
  readonly migrate: MigrateOptions;
  readonly replay: ReplayOptions | undefined;
  readonly recover: RecoverOptions | undefined;
}

const VERBS = [
  'list',
  'explain',
  'doctor',
  'drift',
  'replay',
  'plan-migration',
  'migrate',
  'recover',
  'policies',
  'iam-policy',
  'page',
  'help',
] as const;
const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const;
const LEVELS = ['error', 'warn', 'info', 'never'] as const;

const OPTIONS = {
  format: { type: 'string' },
  json: { type: 'boolean' },
  plain: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  'no-pager': { type: 'boolean' },
  mode: { type: 'string' },
  'access-entries': { type: 'string' },
  rbac: { type: 'string', multiple: true },
  fix: { type: 'boolean' },
  'fix-grants': { type: 'boolean' },
  'fail-on': { type: 'string' },
  ignore: { type: 'string', multiple: true },
  ...LIVE_OPTIONS,
  ...IAM_POLICY_OPTIONS,
  ...PLAN_OPTIONS,
  ...MIGRATE_OPTIONS,
  ...REPLAY_OPTIONS,
  ...RECOVER_OPTIONS,
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export function readCommandLine(words: readonly string[]): CommandLine {
  const { values, positionals } = parsed(words);
  const [first, ...operands] = positionals;
  const format = formatOf(values);
  const isHelp = values.help === true || (first === undefined && values.version !== true);
  const verb = isHelp ? 'help' : values.version === true ? 'version' : oneOf(first ?? '', VERBS, 'command');
  if (!isHelp && verb !== 'version') refuseOfOthers(verb, values);
  if ((format === 'github' || format === 'sarif') && verb !== 'doctor' && !isHelp)
    throw new Problem(`--format ${format} is for doctor, not for ${verb}.`);
  const fix = values['fix-grants'] === true ? 'all' : values.fix === true ? 'safe' : 'none';
  if (fix !== 'none' && format !== 'text' && !isHelp)
    throw new Problem('--fix prints the fixed document: leave the format out.');
  return {
    verb,
    operands: isHelp ? [] : operands,
    format,
    wantsColour: values['no-color'] !== true,
    wantsPager: values['no-pager'] !== true,
    mode: values.mode === undefined ? undefined : oneOf(values.mode, MODES, '--mode'),
    accessEntries: values['access-entries'],
    rbac: values.rbac ?? [],
    fix,
    failOn: values['fail-on'] === undefined ? 'error' : oneOf(values['fail-on'], LEVELS, '--fail-on'),
    live: isHelp || verb === 'iam-policy' || verb === 'replay' ? undefined : liveOf(values),
    stack: values.stack,
    me: isHelp || verb === 'iam-policy' ? undefined : callerOf(values),
    iamPolicy: verb === 'iam-policy' ? iamPolicyOf(values) : undefined,
    ignored: new Set((values.ignore ?? []).flatMap((names) => names.split(',')).map(ruleOf)),
    plan: planOptionsOf(values),
    migrate: migrateOptionsOf(values),
    replay: verb === 'replay' ? replayOptionsOf(values, callerOptionsOf(values)) : undefined,
    recover: verb === 'recover' ? recoverOptionsOf(values) : undefined,
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: withDigest(words, withApproval(words, OPTIONS)),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const { message = '' } = error as { readonly message?: string };
    const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new Problem(`${message.replace(/\.$/, '')}.`);
    const meant = closest(unknown.replace(/^-+/, ''), Object.keys(OPTIONS));
    throw new Problem(`There is no option ${unknown}.`, meant && `Did you mean --${meant}?`);
  }
}
