/** `iam-policy`: guardrails as the IAM policy of a role that is to do no more than they allow. Pure. */
import { iamPolicies } from '../../access/guardrails/iam/policies';
import { MAX_POLICY_CHARACTERS, policySize } from '../../access/guardrails/iam/policy-size';
import { type Statement } from '../../access/guardrails/iam/statement';
import { type IamPolicyOptions } from '../iam-policy-options';
import { type Format } from '../command-line';
import { type TextSource } from '../input/read-text';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf } from '../text/line';
import { shownJson } from '../text/shown';

export function iamPolicy(
  { name, text }: TextSource,
  { place, roles }: IamPolicyOptions,
  format: Format,
): Outcome {
  const policies = iamPolicies(jsonOf(name, text), place, roles);
  if ('fault' in policies) throw new Problem(`${name}: ${policies.fault.replace(/(?<!\?)$/, '.')}`, WHAT);
  const { allow, deny } = policies;
  const statements = [...allow, ...deny].flatMap(({ Statement: each }) => each as readonly Statement[]);
  const whole = { Version: '2012-10-17', Statement: statements };
  const size = policySize(statements);
  const isLong = size > MAX_POLICY_CHARACTERS;
  return {
    exitCode: 0,
    text: () => [],
    plain: statements.map(({ Sid, Effect, Action, Resource, NotResource, Condition }) => [
      ...[Effect, Sid, Action].map(cell),
      NotResource === undefined ? cell(Resource) : `not ${cell(NotResource)}`,
      cell(Condition ?? ''),
    ]),
    json: { command: 'iam-policy', file: name, allow, deny },
    document: format === 'text' ? `${shownJson(whole)}\n` : undefined,
    hints: [
      "What IAM cannot say, the provider's own check says alone: the groups of updates, and what aws-auth holds.",
      ...(isLong
        ? [
            `It has ${size} characters, and a managed policy takes ${MAX_POLICY_CHARACTERS}: --json has it in ${allow.length + deny.length} that fit.`,
          ]
        : []),
    ].map((hint) => lineOf(hint)),
  };
}

const WHAT = 'Guardrails are what EKS_ACCESS_GUARDRAILS has: an object, of which {} is the defaults.';

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    throw new Problem(`${name} is not JSON.`, WHAT);
  }
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
