/**
 * Lists and toggles of an IAM policy that may be known now, or only at deploy time as parameters of a template.
 * CloudFormation can make ARNs of such a list only by joining and splitting it with literal text, so where a list is a
 * parameter the ARNs have `*` for partition, Region and account, and a condition holds the Region. Pure.
 */
import { PLACE } from './place';

/** Known now, or a condition of the template. */
export type Toggle = boolean | { readonly logicalId: string };

export interface Names {
  /** Literal values, or one list token. */
  readonly values: string[];
  /** Of a parameter, whose items are not known: each item in each template in the place of `%`. */
  readonly asParameter?: ((templates: readonly string[], further: readonly string[]) => unknown) | undefined;
  /** Whether the list was given at all; without it the default holds. */
  readonly given: Toggle;
}

/** A list that is known now. */
export function knownNames(values: readonly string[] | undefined): Names {
  return { values: [...(values ?? [])], given: values !== undefined };
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
  if (list.asParameter !== undefined) return list.asParameter(templates, further);
  return [
    ...list.values.flatMap((name) => templates.map((template) => template.replaceAll('%', () => name))),
    ...further,
  ];
}

/** `arn:P:service:R:A:` of this stack; with `*` where the names that follow are a parameter. */
export function arnBase(list: Names, service: 'eks' | 'iam' | 'access-policy'): string {
  const isParameter = list.asParameter !== undefined;
  const partition = isParameter ? '*' : PLACE.partition;
  if (service === 'iam') return `arn:${partition}:iam::`;
  if (service === 'access-policy') return `arn:${partition}:eks::aws:cluster-access-policy/`;
  return isParameter ? 'arn:*:eks:*:*:' : `arn:${partition}:eks:${PLACE.region}:${PLACE.accountId}:`;
}

/** `StringEquals` of the given keys, and of the Region where the ARNs of the clusters do not say it. */
export function stringEquals(
  clusters: Names,
  keys: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const all = clusters.asParameter === undefined ? keys : { 'aws:RequestedRegion': PLACE.region, ...keys };
  return Object.keys(all).length === 0 ? {} : { StringEquals: all };
}

/** A pattern as text of a policy: `${` begins a policy variable there. */
export function literal(value: string): string {
  return value.replaceAll('${', '${$}{');
}
