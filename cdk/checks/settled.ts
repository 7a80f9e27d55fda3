/**
 * Values when the App is synthesised, as they would have been given: what was lazy is complete then, and the name of a
 * role in another account is text. What only the deployment knows is a token as before.
 */
import { Aws, Stack, Token } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

export function settled(
  properties: Readonly<Record<string, unknown>>,
  scope: Construct,
): Readonly<Record<string, unknown>> {
  const stack = Stack.of(scope);
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const resolved: unknown = stack.resolve(value);
      // A list that only the deployment knows would come back as text.
      if (Array.isArray(value) && !Array.isArray(resolved)) return [name, value];
      return [name, asGiven(resolved)];
    }),
  );
}

/** The pseudo parameters that the checks put in themselves. */
const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': Aws.ACCOUNT_ID,
  'AWS::Partition': Aws.PARTITION,
  'AWS::Region': Aws.REGION,
};

function asGiven(resolved: unknown): unknown {
  if (Array.isArray(resolved)) return resolved.map(asGiven);
  if (typeof resolved !== 'object' || resolved === null) return resolved;
  const entries = Object.entries(resolved);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length !== 1 || (name !== 'Ref' && !name.startsWith('Fn::')))
    return Object.fromEntries(entries.map(([key, value]) => [key, asGiven(value)]));
  if (name === 'Ref') return PSEUDO_PARAMETERS[String(argument)] ?? Token.asString(resolved);
  const [delimiter, parts] = Array.isArray(argument) ? (argument as unknown[]) : [];
  return name === 'Fn::Join' && typeof delimiter === 'string' && Array.isArray(parts)
    ? parts.map((part) => String(asGiven(part))).join(delimiter)
    : Token.asString(resolved);
}
