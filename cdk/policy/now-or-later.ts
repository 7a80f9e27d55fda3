/** Lists of the policy that a template may know only at deploy time, and the place of a stack. */
import { Aws, type CfnCondition, Fn, Token } from 'aws-cdk-lib';
import { literal as escaped, type Names } from '../../access/guardrails/iam/names';
import { inPlace } from '../../access/guardrails/iam/place';

/** Known now, or a condition of the template. */
export type Toggle = boolean | CfnCondition;

/** A list that is known now, or a list token passed in its place. */
export function names(values: readonly string[] | undefined, given: Toggle = values !== undefined): Names {
  const list = values === undefined || Token.isUnresolved(values) ? (values ?? []) : [...values];
  const isParameter = values !== undefined && Token.isUnresolved(values);
  return { values: list as string[], given, asParameter: isParameter ? joined(list) : undefined };
}

/** CloudFormation can make ARNs of a list that it does not know yet only by joining and splitting it. */
function joined(values: readonly string[]): NonNullable<Names['asParameter']> {
  return (templates, further) => {
    const parts = templates.map((template) => {
      const [before = '', after = ''] = template.split('%');
      return Fn.join('', [before, Fn.join(`${after},${before}`, values as string[]), after]);
    });
    return { 'Fn::Split': [',', Fn.join(',', [...parts, ...further])] };
  };
}

/** Of a token nothing is known that could be escaped. */
export function literal(value: string): string {
  return Token.isUnresolved(value) ? value : escaped(value);
}

/** Statements for the stack that they are synthesised in. */
export function inStack(statements: readonly unknown[]): unknown[] {
  return inPlace(statements, {
    partition: Aws.PARTITION,
    region: Aws.REGION,
    accountId: Aws.ACCOUNT_ID,
  }) as unknown[];
}
