/** A small reader of IAM policies, for asking what the generated ones allow. */
import { matchesPattern } from '../../access/guardrails/pattern';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request and the resource; a key that is absent there is absent here. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
}

/** An explicit Deny wins, otherwise one Allow is enough. */
export function isAllowed(statements: readonly Statement[], call: Call): boolean {
  const applies = statements.filter((statement) => appliesTo(statement, call));
  return applies.some(({ Effect }) => Effect === 'Allow') && !applies.some(({ Effect }) => Effect === 'Deny');
}

function appliesTo(statement: Statement, call: Call): boolean {
  const { Action, Resource, NotResource, Condition = {} } = statement;
  const matches = (patterns: string | readonly string[]): boolean =>
    listOf(patterns).some((pattern) => matchesPattern(pattern, call.resource));
  return (
    listOf(Action).some((pattern) => matchesPattern(pattern, call.action)) &&
    (NotResource === undefined ? matches(Resource ?? []) : !matches(NotResource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, call.keys[key], inContext(wanted, call))),
    )
  );
}

/** Policy variables of the request filled in; one without a value matches nothing. */
function inContext(wanted: string | readonly string[], { keys }: Call): readonly string[] {
  return listOf(wanted).map((text) =>
    text.replace(/\$\{(aws:\w+)\}/g, (_, key: string) => String(keys[key] ?? '(no value)')),
  );
}

function holds(
  operator: string,
  value: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  const [quantifier, named = ''] = operator.includes(':') ? operator.split(':') : ['', operator];
  const values = value === undefined ? [] : listOf(value);
  if (named === 'Null') return (value === undefined) === (wanted[0] === 'true');
  const test = named.replace('IfExists', '');
  const one = (item: string): boolean => compare(test, item, wanted);
  if (quantifier === 'ForAllValues') return values.every(one);
  if (quantifier === 'ForAnyValue') return values.some(one);
  // A negated operator is true of a key that is absent.
  if (value === undefined) return named !== test || test.includes('Not');
  return values.length === 1 && one(values[0] ?? '');
}

function compare(test: string, value: string, wanted: readonly string[]): boolean {
  switch (test) {
    case 'StringEquals':
    case 'Bool':
      return wanted.map((text) => text.replace(SPECIAL, '$1')).includes(value);
    case 'StringLike':
      return wanted.some((pattern) => stringLike(pattern, value));
    case 'StringNotLike':
      return !wanted.some((pattern) => stringLike(pattern, value));
    case 'ArnLike':
    case 'ArnEquals':
      return wanted.some((pattern) => arnLike(pattern, value));
    case 'ArnNotLike':
      return !wanted.some((pattern) => arnLike(pattern, value));
    default:
      throw new Error(`the test does not know the operator ${test}`);
  }
}

/** `${*}`, `${?}` and `${$}` are those characters themselves. */
const SPECIAL = /\$\{([*?$])\}/g;

/** Literal wildcards are moved out of the way, on both sides alike. */
function stringLike(pattern: string, value: string): boolean {
  const moved = (text: string): string => text.replaceAll('*', '\u0001').replaceAll('?', '\u0002');
  return matchesPattern(
    pattern.replace(SPECIAL, (_, character: string) => moved(character)),
    moved(value),
  );
}

/** Each of the six parts for itself. */
function arnLike(pattern: string, arn: string): boolean {
  const [patterns, parts] = [sixParts(pattern), sixParts(arn)];
  return (
    patterns.length === parts.length &&
    patterns.every((part, index) => matchesPattern(part, parts[index] ?? ''))
  );
}

function sixParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
