/**
 * What is refused when the parameters are known and before anything happens: rules that do not hold, functions that cannot run, times that
 * CloudFormation does not wait, SSM parameters that are not there, values that AWS refuses.
 */
import { asText, type Json, type JsonObject } from '../json';
import { dynamicReferences } from '../template/dynamic-references';
import { withOptions } from '../template/parameters';
import { checkRules } from '../template/rules';
import { isCustom } from '../resources/resource-type';
import { type Template } from '../template/template';
import { TemplateError } from '../template-error';
import { checkFunction, checkPresence } from './check-functions';
import { checkOutputs } from './check-outputs';
import { checkPresent } from './check-present';
import { checkToken, type TokenCheck } from './check-token';
import { checkValues } from './check-values';
import { knownProperties } from './known-properties';
import { NESTED_STACK, nestedParameters, type NestedStacks } from './nested-stack';
import { type StackScope } from './scope';

export interface Preflight extends TokenCheck {
  /** Of its own: what is looked up here counts as nobody's import. */
  readonly scope: StackScope;
  readonly parameters: ReadonlyMap<string, string>;
  readonly hasSsm: (name: string, version?: number) => boolean;
  readonly readTemplate: NestedStacks['readTemplate'];
  /** Checks the template of a nested stack as this one is checked. Throws TemplateError. */
  readonly checkNested: (
    logicalId: string,
    url: string,
    text: string,
    parameters: Record<string, string>,
  ) => void;
}

/** Throws TemplateError. */
export function preflight(flight: Preflight): void {
  const { template, scope, parameters } = flight;
  checkRules(template, scope, parameters);
  const unknown: MissingParameter[] = [];
  for (const [logicalId, resource] of template.resources) {
    if (resource.condition !== undefined && !scope.condition(resource.condition)) continue;
    const refuse = (sentence: string): never => {
      throw new TemplateError(template.source, `resource ${logicalId} ${sentence}`);
    };
    checkPresent(template, scope, `resource ${logicalId}`, resource.properties);
    const known = knownProperties(logicalId, resource, scope);
    if (isCustom(resource.type)) {
      checkTimeout(known['ServiceTimeout'], refuse);
      if (/^arn:[^:]+:sns:/.test(asText(known['ServiceToken'])))
        refuse('has an SNS topic as its ServiceToken, and the local AWS calls functions only');
      checkToken(resource.properties['ServiceToken'] ?? '', known['ServiceToken'], flight, refuse);
      checkFunction(resource.properties['ServiceToken'] ?? '', flight, refuse);
      checkPresence(known['ServiceToken'], flight, refuse);
    } else checkValues(logicalId, resource, flight, refuse);
    unknown.push(...missingParameters(logicalId, known, flight));
    if (resource.type === NESTED_STACK) checkNested(logicalId, known, flight, refuse);
  }
  checkOutputs(template, scope);
  const [first] = unknown;
  if (first === undefined) return;
  throw new TemplateError(
    template.source,
    `resource ${first.logicalId} has ${first.whole}, and there is no SSM parameter ${first.key} here: ${withOptions(
      '--ssm',
      unknown.map(({ key }) => key),
    )}`,
  );
}

interface MissingParameter {
  readonly logicalId: string;
  readonly key: string;
  /** The reference as it is written. */
  readonly whole: string;
}

function checkTimeout(value: Json | undefined, refuse: (sentence: string) => never): void {
  if (value === undefined || dynamicReferences(value).length > 0) return;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600) return;
  refuse(
    `has ServiceTimeout ${JSON.stringify(value)}: CloudFormation waits for a whole number of seconds from 1 to 3600`,
  );
}

function missingParameters(
  logicalId: string,
  known: JsonObject,
  { template, scope, hasSsm }: Preflight,
): MissingParameter[] {
  return dynamicReferences(known)
    .filter(
      ({ service, key, version }) =>
        service === 'ssm' && !hasSsm(key, version) && !isMade(template, scope, key),
    )
    .map(({ key, whole }) => ({ logicalId, key, whole }));
}

/** Whether a resource of the template makes the SSM parameter, or may make it. */
function isMade(template: Template, scope: StackScope, key: string): boolean {
  return [...template.resources].some(([logicalId, resource]) => {
    if (resource.type !== 'AWS::SSM::Parameter') return false;
    const { Name: name } = knownProperties(logicalId, resource, scope);
    return name === undefined || name === key;
  });
}

/** What can be known of a nested stack: its template, and parameters that need nothing that is yet to be made. */
function checkNested(
  logicalId: string,
  { TemplateURL: url, Parameters: given }: JsonObject,
  { template, readTemplate, checkNested: check }: Preflight,
  refuse: (sentence: string) => never,
): void {
  if (typeof url !== 'string') return;
  const read = readTemplate(url);
  if ('obstacle' in read) return refuse(`has the TemplateURL ${url}, ${read.obstacle}`);
  const written = template.resources.get(logicalId)?.properties['Parameters'];
  if (written === undefined || given !== undefined) check(logicalId, url, read.text, nestedParameters(given));
}
