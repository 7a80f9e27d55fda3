/**
 * Whether the trust policy of a role lets a caller assume it: the part of IAM's language that trust policies are written
 * in. What this does not know (another condition operator or key) it does not allow, as a Deny. Pure.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
import { type CallerIdentity } from './caller-identity';

export interface AssumeRoleRequest {
  readonly caller: CallerIdentity;
  readonly sessionName: string;
  readonly externalId: string | undefined;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: unknown;
}

/** `policy`: the document, as a template has it. */
export function trusts(policy: unknown, request: AssumeRoleRequest): boolean {
  const statements = listOf((policy as { readonly Statement?: unknown } | null)?.Statement) as Statement[];
  const applying = statements.filter(
    ({ Action, Principal }) =>
      listOf(Action).some((action) => likeAny(['sts:AssumeRole'], String(action), true)) &&
      names(Principal, request.caller),
  );
  const holding = (effect: string, unknown: boolean): boolean =>
    applying.some(({ Effect, Condition }) => Effect === effect && (holds(Condition, request) ?? unknown));
  return holding('Allow', false) && !holding('Deny', true);
}

/** Roles and users by their ARN, a session by its own, a whole account by its root or number, everybody by `*`. */
function names(principal: unknown, { principalArn, arn, accountId }: CallerIdentity): boolean {
  if (principal === '*') return true;
  const given = listOf((principal as { readonly AWS?: unknown } | null)?.AWS).map(String);
  return given.some(
    (name) =>
      name === '*' ||
      name === principalArn ||
      name === arn ||
      name === accountId ||
      new RegExp(`^arn:[^:]+:iam::${accountId}:root$`).test(name),
  );
}

/** Undefined: there is something in it that is not known here. */
function holds(condition: unknown, request: AssumeRoleRequest): boolean | undefined {
  const keys: Readonly<Record<string, string | undefined>> = {
    'sts:externalid': request.externalId,
    'sts:rolesessionname': request.sessionName,
    'aws:principalarn': request.caller.principalArn,
    'aws:principalaccount': request.caller.accountId,
  };
  let all = true;
  for (const [operator, tests] of Object.entries((condition ?? {}) as Record<string, object>)) {
    const test = operators[operator];
    if (!test) return undefined;
    for (const [key, wanted] of Object.entries(tests)) {
      if (!Object.hasOwn(keys, key.toLowerCase())) return undefined;
      all &&= test(keys[key.toLowerCase()], listOf(wanted).map(String));
    }
  }
  return all;
}

type Test = (value: string | undefined, wanted: readonly string[]) => boolean;

const operators: Readonly<Record<string, Test>> = {
  StringEquals: (value, wanted) => value !== undefined && wanted.includes(value),
  StringNotEquals: (value, wanted) => value === undefined || !wanted.includes(value),
  StringLike: (value, wanted) => value !== undefined && likeAny([value], wanted),
  StringNotLike: (value, wanted) => value === undefined || !likeAny([value], wanted),
  ArnEquals: (value, wanted) => value !== undefined && likeAny([value], wanted),
  ArnLike: (value, wanted) => value !== undefined && likeAny([value], wanted),
  Null: (value, wanted) => wanted.includes(String(value === undefined)),
};

/** Whether one of the patterns, with `*` and `?`, matches one of the texts. */
function likeAny(
  texts: readonly string[],
  patterns: string | readonly string[],
  ignoresCase = false,
): boolean {
  return listOf(patterns).some((pattern) => {
    const source = String(pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return texts.some((text) => new RegExp(`^${source}$`, ignoresCase ? 'is' : 's').test(text));
  });
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
