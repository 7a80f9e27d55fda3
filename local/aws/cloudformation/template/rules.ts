/**
 * The section Rules: what a template asserts of its parameters. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
import { isObject, isPrimitive, type Json, type JsonObject } from '../json';
import { parameterValue } from './parameters';
import { evaluateCondition, resolve, type Scope } from './resolve';
import { type Template } from './template';
import { TemplateError } from '../template-error';

/** Throws TemplateError with the descriptions of all assertions that are false. */
export function checkRules(template: Template, scope: Scope, texts: ReadonlyMap<string, string>): void {
  for (const [name, rule] of template.rules) {
    const refuse = (sentence: string): never => {
      throw new TemplateError(template.source, `rule ${name} ${sentence}`);
    };
    if (!isObject(rule)) return refuse('is not a mapping');
    const { RuleCondition: condition, Assertions: assertions } = rule;
    if (!Array.isArray(assertions)) return refuse('has no list of Assertions');
    const judge = (value: Json): boolean => evaluate(value, { template, scope, texts, refuse });
    if (condition !== undefined && !judge(condition)) continue;
    const broken = assertions.filter((entry) => !isObject(entry) || !judge(entry['Assert'] ?? ''));
    if (broken.length > 0) refuse(`does not hold: ${broken.map(describe).join('; ')}`);
  }
}

function describe(assertion: Json): string {
  const { AssertDescription: text, Assert: expression } = isObject(assertion)
    ? assertion
    : ({} as JsonObject);
  return isPrimitive(text) ? String(text) : JSON.stringify(expression);
}

interface Judging {
  readonly template: Template;
  readonly scope: Scope;
  readonly texts: ReadonlyMap<string, string>;
  readonly refuse: (sentence: string) => never;
}

function evaluate(value: Json, judging: Judging): boolean {
  const { refuse, scope } = judging;
  const [[name, argument] = ['', null]] = isObject(value) ? Object.entries(value) : [];
  const parts = (): Json[] =>
    Array.isArray(argument) && argument.length === 2
      ? argument
      : refuse(`uses ${name} wrongly: it takes two values`);
  const several = (): Json[] => (Array.isArray(argument) ? argument : refuse(`uses ${name} without a list`));
  const values = (part: Json | undefined): string[] => listOf(part ?? [], judging);
  switch (name) {
    case 'Fn::And':
      return several().every((part) => evaluate(part, judging));
    case 'Fn::Or':
      return several().some((part) => evaluate(part, judging));
    case 'Fn::Not':
      return !evaluate(several()[0] ?? '', judging);
    case 'Fn::Contains':
      return values(parts()[1]).every((item) => values(parts()[0]).includes(item));
    case 'Fn::EachMemberIn':
      return values(parts()[0]).every((item) => values(parts()[1]).includes(item));
    case 'Fn::EachMemberEquals':
      return values(parts()[0]).every((item) => item === values(parts()[1])[0]);
    case 'Fn::Equals':
      return evaluateCondition(value, scope, 'a rule');
    default:
      return refuse(`uses ${name || JSON.stringify(value)}, which cannot be judged here`);
  }
}

/** A value of a rule as texts: `Fn::RefAll` gives those of all parameters of a type. */
function listOf(part: Json, { template, scope, texts, refuse }: Judging): string[] {
  if (isObject(part) && part['Fn::RefAll'] !== undefined) {
    const all = [...template.parameters].filter(([, { type }]) => type === part['Fn::RefAll']);
    return all.flatMap(([name, parameter]) =>
      [parameterValue(parameter, texts.get(name) ?? '')].flat().map(String),
    );
  }
  if (isObject(part) && Object.keys(part).some((key) => /^Fn::ValueOf/.test(key)))
    return refuse(
      'asks for attributes of what a parameter names (Fn::ValueOf), which the local AWS does not have',
    );
  return [resolve(part, scope, 'a rule') ?? []].flat().map(String);
}
