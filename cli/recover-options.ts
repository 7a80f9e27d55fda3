/** Options of `recover`. Pure. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Problem } from './problem';

export interface RecoverOptions {
  /** ARN, `role/NAME` or `user/NAME`; undefined where nobody is named. */
  readonly admin: string | undefined;
  readonly forMs: number;
  /** Whether anything is done. */
  readonly isApproved: boolean;
  readonly mayChangeMode: boolean;
}

export const RECOVER_OPTIONS = {
  admin: { type: 'string' },
  for: { type: 'string' },
  'change-mode': { type: 'boolean' },
} as const;

/** Without a value; where another command has an option of that name with one. */
const APPROVE = { approve: { type: 'boolean' } } as const;

/** `options` as this command has them, where it is the command. */
export function withApproval<O extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: O,
): O & Partial<typeof APPROVE> {
  const { positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: false });
  return positionals[0] === 'recover' ? { ...options, ...APPROVE } : options;
}

interface Values {
  readonly admin?: string | undefined;
  readonly for?: string | undefined;
  readonly approve?: boolean | string | undefined;
  readonly 'change-mode'?: boolean | undefined;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const [LEAST, MOST] = [15 * 60_000, 7 * 86_400_000];

export function recoverOptionsOf(values: Values): RecoverOptions {
  const { admin, approve } = values;
  const isApproved = approve !== undefined && approve !== false;
  if (admin === undefined && values.for !== undefined)
    throw new Problem('--for is the time of an administrator: name it by --admin.');
  if (admin === undefined && isApproved)
    throw new Problem(
      'Say who is to get in: --admin ARN.',
      '--approve makes it an administrator of the cluster for a time, and does nothing else.',
    );
  if (admin !== undefined) refuseNoPrincipal(admin);
  return {
    admin,
    forMs: timeOf(values.for ?? '2h'),
    isApproved,
    mayChangeMode: values['change-mode'] === true,
  };
}

function timeOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? NaN);
  if (ms >= LEAST && ms <= MOST) return ms;
  throw new Problem(
    `--for cannot be ${JSON.stringify(text)}: it is 15m to 7d, as 90m, 2h or 1d.`,
    'The schedule of the provider ends the access; it looks once an hour.',
  );
}

/** EKS takes IAM ARNs with their path (GT-75, GT-76). */
function refuseNoPrincipal(admin: string): void {
  const hint = 'aws iam get-role --role-name NAME --query Role.Arn prints it.';
  if (/^arn:[^:]+:sts:/.test(admin))
    throw new Problem(`--admin cannot be the session ${admin}: it is the ARN of its role.`, hint);
  if (!/^(arn:[^:]+:iam::\d{12}:)?(role|user)\/[\w+=,.@/-]+$/.test(admin))
    throw new Problem(
      `--admin cannot be ${JSON.stringify(admin)}: it is the ARN of a role or user, role/NAME or user/NAME.`,
      hint,
    );
  if (/\/AWSReservedSSO_/.test(admin) && !admin.includes('/aws-reserved/sso.amazonaws.com/'))
    throw new Problem(`--admin ${admin} lacks the path that roles of IAM Identity Center have.`, hint);
}
