/** Values that are not known yet when a construct is made. */
import { CfnDynamicReference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

/**
 * What `StringParameter.valueFromLookup` and `Role.fromLookup` give until the CDK's command line has looked, after which the
 * App is synthesised again. An App that refuses them is never looked up for.
 * https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
const NOT_LOOKED_UP = /dummy-value-for-|:role\/DUMMY_ARN$/;

export function isNotLookedUp(text: string): boolean {
  return NOT_LOOKED_UP.test(text);
}

/** A token, or what stands for a value that has yet to be looked up. */
export function isLater(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === 'string' && isNotLookedUp(value));
}

/** With the references that secrets come to, of which CloudFormation fills in none for a custom resource. */
export function withSecretsShown(value: unknown, scope: Construct): unknown {
  if (Array.isArray(value))
    return Token.isUnresolved(value) ? value : value.map((item) => withSecretsShown(item, scope));
  if (typeof value !== 'string') return value;
  const { tokens } = Tokenization.reverseString(value);
  if (!tokens.some((token) => token instanceof CfnDynamicReference)) return value;
  const shown: unknown = Stack.of(scope).resolve(value);
  return typeof shown === 'string' ? shown : value;
}
