/** The generated policy as AWS would see it, from the construct's guardrails or from the plain template. */
import { App, Stack } from 'aws-cdk-lib';
import { allowedStatements } from '../../access/guardrails/iam/execution-policy';
import { deniedStatements } from '../../access/guardrails/iam/fences';
import { type EksAccessGuardrails } from '../../cdk/guardrails';
import { inStack } from '../../cdk/policy/now-or-later';
import { guardrailTerms, type PolicyExtras } from '../../cdk/policy/guardrail-terms';
import { type Json } from '../../local/aws/cloudformation/json';
import { parameterTexts } from '../../local/aws/cloudformation/template/parameters';
import { parseTemplate, S3_LIMIT } from '../../local/aws/cloudformation/template/parse-template';
import { resolve } from '../../local/aws/cloudformation/template/resolve';
import { stackScope } from '../../local/aws/cloudformation/stack/scope';
import { type Template } from '../../local/aws/cloudformation/template/template';
import { type Statement } from './iam';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

const EMPTY = parseTemplate('Resources: { Nothing: { Type: "AWS::CloudFormation::WaitConditionHandle" } }');

/** Resolves everything in `value`; resources of the template itself stand for their ids. */
export function resolved(
  value: unknown,
  template: Template = EMPTY,
  parameters: Record<string, string> = {},
): unknown {
  const scope = stackScope({
    stack: { id: 'stack', name: 'stack', resources: new Map() },
    template,
    parameters: parameterTexts(template, parameters, () => undefined),
    accountId: ACCOUNT,
    region: REGION,
    exported: () => undefined,
    outputsOf: () => undefined,
    ssm: () => undefined,
  });
  const lenient = {
    ...scope,
    attribute: (id: string, name: string) => `${id}.${name}`,
    ref: (name: string) => scope.ref(name) ?? name,
  };
  return resolve(value as Json, lenient, 'the test');
}

export function constructPolicy(guardrails: EksAccessGuardrails, extras: PolicyExtras = {}): Statement[] {
  const stack = new Stack(new App(), 'stack');
  const terms = guardrailTerms(guardrails, extras);
  const statements = inStack([...allowedStatements(terms), ...deniedStatements(terms)]);
  return resolved(stack.resolve(statements)) as Statement[];
}

/**
 * The guardrails as the values of the plain template's parameters, which say of AmazonEKSEditPolicy and
 * AmazonEKSAdminPolicy alone in which namespaces they may be given.
 */
export function asParameters(guardrails: EksAccessGuardrails): Record<string, string> {
  const { clusters, principalAccounts, groups, userNames, accessPolicies, rights, allowTakeover } =
    guardrails;
  const namespacesOf = (policy: string): string =>
    (accessPolicies ?? [])
      .filter((entry) => entry.startsWith(`${policy}@`))
      .map((entry) => entry.split('@')[1])
      .join(',');
  return {
    ...(clusters ? { Clusters: clusters.join(',') } : {}),
    ...(principalAccounts ? { PrincipalAccounts: principalAccounts.join(',') } : {}),
    ...(groups ? { Groups: groups.join(',') } : {}),
    ...(userNames ? { UserNames: userNames.join(',') } : {}),
    ...(accessPolicies
      ? {
          AccessPolicies: accessPolicies.filter((entry) => !entry.includes('@')).join(','),
          EditNamespaces: namespacesOf('AmazonEKSEditPolicy'),
          AdminNamespaces: namespacesOf('AmazonEKSAdminPolicy'),
        }
      : {}),
    ...(rights ? { Rights: rights.join(',') } : {}),
    AllowNodes: String(guardrails.allowNodes ?? false),
    AllowClusterAdmin: String(guardrails.allowClusterAdmin ?? false),
    ...(allowTakeover ? { AllowTakeover: allowTakeover } : {}),
    ...(guardrails.allowModeChange ? { AllowModeChange: 'true' } : {}),
  };
}

export function readTemplate(text: string): Template {
  return parseTemplate(text, { limit: S3_LIMIT });
}

export function templatePolicy(template: Template, parameters: Record<string, string>): Statement[] {
  return [...template.resources.values()]
    .filter(({ type }) => type === 'AWS::IAM::ManagedPolicy')
    .flatMap(({ properties }) => {
      const document = resolved(properties['PolicyDocument'], template, parameters) as {
        Statement: Statement[];
      };
      return document.Statement;
    });
}
