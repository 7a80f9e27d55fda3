/**
 * Lists and toggles of an IAM policy that may be known now (constructs) or only at deploy time (parameters of the
 * plain template). CloudFormation can make ARNs of a list only by joining and splitting it with literal text, so where
 * a list is a parameter the ARNs have `*` for partition, Region and account, and a condition holds the Region.
 */
import { Aws, type CfnCondition, Fn, Token } from 'aws-cdk-lib';

/** Known now, or a condition of the template. */
export type Toggle = boolean | CfnCondition;

export interface Names {
  /** Literal values, or one list token. */
  readonly values: string[];
  /** Whether the list is one token, whose items are not known. */
  readonly isParameter: boolean;
  /** Whether the list was given at all; without it the default holds. */
  readonly given: Toggle;
}

/** A list that is known now, or a list token passed in its place. */
export function names(values: string[] | undefined, given: Toggle = values !== undefined): Names {
  return { values: values ?? [], isParameter: values !== undefined && Token.isUnresolved(values), given };
}

/** One of the two, now or at deploy time. */
export function ifElse<T>(test: Toggle, ifTrue: T, ifFalse: T): T | Record<string, unknown> {
  if (typeof test === 'boolean') return test ? ifTrue : ifFalse;
  return { 'Fn::If': [test.logicalId, ifTrue, ifFalse] };
}

/** The statements of one of the two lists; at deploy time each is inside a condition of its own. */
export function statementsIf(
  test: Toggle,
  ifTrue: readonly unknown[],
  ifFalse: readonly unknown[] = [],
): unknown[] {
  if (typeof test === 'boolean') return [...(test ? ifTrue : ifFalse)];
  const nothing = { Ref: 'AWS::NoValue' };
  return [
    ...ifTrue.map((statement) => ifElse(test, statement, nothing)),
    ...ifFalse.map((statement) => ifElse(test, nothing, statement)),
  ];
}

/** Puts each name into each template in the place of `%`. */
export function arnsOf(list: Names, templates: readonly string[], further: readonly string[] = []): unknown {
  if (!list.isParameter) {
    return [
      ...list.values.flatMap((name) => templates.map((template) => template.replaceAll('%', () => name))),
      ...further,
    ];
  }
  const parts = templates.map((template) => {
    const [before = '', after = ''] = template.split('%');
    return Fn.join('', [before, Fn.join(`${after},${before}`, list.values), after]);
  });
  return { 'Fn::Split': [',', Fn.join(',', [...parts, ...further])] };
}

/** `arn:P:service:R:A:` of this stack; with `*` where the names that follow are a parameter. */
export function arnBase(list: Names, service: 'eks' | 'iam' | 'access-policy'): string {
  const partition = list.isParameter ? '*' : Aws.PARTITION;
  if (service === 'iam') return `arn:${partition}:iam::`;
  if (service === 'access-policy') return `arn:${partition}:eks::aws:cluster-access-policy/`;
  return list.isParameter ? 'arn:*:eks:*:*:' : `arn:${Aws.PARTITION}:eks:${Aws.REGION}:${Aws.ACCOUNT_ID}:`;
}

/** `StringEquals` of the given keys, and of the Region where the ARNs of the clusters do not say it. */
export function stringEquals(
  clusters: Names,
  keys: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const all = clusters.isParameter ? { 'aws:RequestedRegion': Aws.REGION, ...keys } : keys;
  return Object.keys(all).length === 0 ? {} : { StringEquals: all };
}

/** A pattern as text of a policy: `${` begins a policy variable there. */
export function literal(value: string): string {
  return Token.isUnresolved(value) ? value : value.replaceAll('${', '${$}{');
}
