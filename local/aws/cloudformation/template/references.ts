/** What a template value refers to, found without resolving anything. */
import { isObject, type Json } from '../json';
import { argumentProblem } from './function-arguments';
import { functionCall } from './function-call';
import { GET_STACK_OUTPUT, stackOutputProblem } from './stack-output';
import { splitAttribute } from './split-attribute';

export type Reference =
  | { readonly kind: 'ref' | 'condition' | 'mapping' | 'unknown-function'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly attribute?: string }
  | { readonly kind: 'import'; readonly name: Json }
  | { readonly kind: 'stack-output'; readonly argument: Json }
  | { readonly kind: 'malformed'; readonly name: string; readonly problem: string };

/** The functions that work here, in their long form. */
export const FUNCTIONS: readonly string[] = [
  'Fn::And', 'Fn::Base64', 'Fn::Cidr', 'Fn::Equals', 'Fn::FindInMap', 'Fn::GetAZs', 'Fn::GetAtt', GET_STACK_OUTPUT,
  'Fn::If',  'Fn::ImportValue', 'Fn::Join', 'Fn::Length', 'Fn::Not', 'Fn::Or', 'Fn::Select', 'Fn::Split', 'Fn::Sub',
  'Fn::ToJsonString',
]; // prettier-ignore

/**
 * All references in `value`. `taken` tells which branch of `Fn::If` counts; without it both do. Conditions of
 * `Fn::If` are listed; the `{Condition: Name}` form only counts where `inCondition` says that it is one.
 */
export function references(
  value: Json,
  taken?: (condition: string) => boolean,
  inCondition = false,
): Reference[] {
  const call = functionCall(value);
  const into = (inner: Json): Reference[] => references(inner, taken, inCondition);
  if (!call) {
    if (Array.isArray(value)) return value.flatMap(into);
    if (!isObject(value)) return [];
    const condition = value['Condition'];
    if (inCondition && typeof condition === 'string' && Object.keys(value).length === 1)
      return [{ kind: 'condition', name: condition }];
    return Object.values(value).flatMap(into);
  }
  const { name, argument } = call;
  const problem = argumentProblem(name, argument);
  if (problem !== undefined) return [malformed(name, problem)];
  switch (name) {
    case 'Ref':
      return typeof argument === 'string'
        ? [{ kind: 'ref', name: argument }]
        : [malformed(name, 'takes one name')];
    case 'Fn::GetAtt':
      return attributeReference(argument);
    case 'Fn::Sub':
      return subReferences(argument, into);
    case 'Fn::If':
      return ifReferences(argument, into, taken);
    case 'Fn::FindInMap': {
      const map: Json = Array.isArray(argument) ? (argument[0] ?? null) : null;
      return [
        ...(typeof map === 'string' ? [{ kind: 'mapping' as const, name: map }] : []),
        ...into(argument),
      ];
    }
    case 'Fn::ImportValue':
      return [{ kind: 'import', name: argument }, ...into(argument)];
    case GET_STACK_OUTPUT: {
      const wrong = stackOutputProblem(argument);
      if (wrong !== undefined) return [malformed(name, wrong)];
      return [{ kind: 'stack-output', argument }, ...into(argument)];
    }
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      return references(argument, taken, true);
    default:
      return FUNCTIONS.includes(name) ? into(argument) : [{ kind: 'unknown-function', name }];
  }
}

function malformed(name: string, problem: string): Reference {
  return { kind: 'malformed', name, problem };
}

function attributeReference(argument: Json): Reference[] {
  const pair: Json = typeof argument === 'string' ? splitAttribute(argument) : argument;
  if (!Array.isArray(pair) || pair.length < 2 || typeof pair[0] !== 'string') {
    return [malformed('Fn::GetAtt', 'takes a resource and an attribute, as in Role.Arn')];
  }
  const [name, ...rest] = pair;
  const attribute = rest.every((part) => typeof part === 'string') ? rest.join('.') : undefined;
  return [
    { kind: 'attribute', name, ...(attribute === undefined ? {} : { attribute }) },
    ...references(rest),
  ];
}

/** `${Name}`, `${Resource.Attribute}`; `${!Literal}` is not a reference. */
export const PLACEHOLDER = /\$\{([^!{}][^{}]*)\}/g;

function subReferences(argument: Json, into: (inner: Json) => Reference[]): Reference[] {
  const [text, variables]: readonly Json[] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isObject(variables)) {
    return [malformed('Fn::Sub', 'takes a text, or a list of a text and a mapping of variables')];
  }
  const found = [...text.matchAll(PLACEHOLDER)]
    .map((match) => match[1] ?? '')
    .filter((name) => !Object.hasOwn(variables, name));
  return [
    ...found.flatMap((name): Reference[] =>
      name.includes('.') ? attributeReference(name) : [{ kind: 'ref', name }],
    ),
    ...into(variables),
  ];
}

function ifReferences(
  argument: Json,
  into: (inner: Json) => Reference[],
  taken?: (condition: string) => boolean,
): Reference[] {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
    return [malformed('Fn::If', 'takes the name of a condition and two values')];
  }
  const [name, whenTrue = null, whenFalse = null] = argument;
  const branches = taken ? [taken(name) ? whenTrue : whenFalse] : [whenTrue, whenFalse];
  return [{ kind: 'condition', name }, ...branches.flatMap(into)];
}
