/** Text that looks as if `Fn::Sub` were meant to fill it in, and arrives as it is written. Pure. */
import { type Json } from '../json';
import { functionCall } from '../template/function-call';
import { PLACEHOLDER } from '../template/references';
import { PSEUDO_PARAMETERS, type Template } from '../template/template';

/** Where `${…}` is the own syntax of what reads it: shells, code, dashboards, documents. */
const OTHER_LANGUAGES =
  /^(UserData|ZipFile|DefinitionString|Content|BuildSpec|DashboardBody|InlineCode|CommandsText|Metadata)$/;

/** `resource R has "${Env}-role" at RoleName, which is text as it is: !Sub fills it in`, for each of a template. */
export function missingSubs(template: Template): string[] {
  const names = new Set<string>([
    ...PSEUDO_PARAMETERS,
    ...template.parameters.keys(),
    ...template.resources.keys(),
  ]);
  const isName = (name: string): boolean => names.has(name) || names.has(name.split('.')[0] ?? '');
  const search = (value: Json, path: readonly string[]): string[] => {
    if (typeof value === 'string') {
      const found = [...value.matchAll(PLACEHOLDER)].some((match) => isName(match[1] ?? ''));
      return found ? [`has ${JSON.stringify(value)} at ${path.join('.')}`] : [];
    }
    if (Array.isArray(value)) return value.flatMap((item) => search(item, path));
    if (typeof value !== 'object' || value === null) return [];
    const call = functionCall(value);
    if (call?.name === 'Fn::Sub') return [];
    if (call) return search(call.argument, path);
    return Object.entries(value).flatMap(([key, inner]) =>
      OTHER_LANGUAGES.test(key) ? [] : search(inner, [...path, key]),
    );
  };
  return [...template.resources].flatMap(([logicalId, { properties }]) =>
    search(properties, []).map(
      (sentence) => `resource ${logicalId} ${sentence}, which is text as it is: !Sub fills it in`,
    ),
  );
}
