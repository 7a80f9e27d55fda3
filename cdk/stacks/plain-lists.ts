/** Lists as parameters of the plain template, and text that is there only where they are given. */
import {
  CfnCondition,
  CfnParameter,
  type CfnParameterProps,
  Fn,
  type ICfnRuleConditionExpression,
  type Stack,
} from 'aws-cdk-lib';

export function listParameter(stack: Stack, id: string, props: CfnParameterProps): string[] {
  return new CfnParameter(stack, id, { type: 'CommaDelimitedList', default: '', ...props }).valueAsList;
}

export function isGiven(values: string[]): ICfnRuleConditionExpression {
  return Fn.conditionNot(Fn.conditionEquals(Fn.join('', values), ''));
}

export function conditionIfGiven(stack: Stack, id: string, values: string[]): CfnCondition {
  return new CfnCondition(stack, id, { expression: isGiven(values) });
}

export function textIf(condition: CfnCondition, text: string): string {
  return Fn.conditionIf(condition.logicalId, text, '').toString();
}
