/** A provider serves the stacks and the clusters of its own account and Region. */
import { type IResource, type Stack, Token } from 'aws-cdk-lib';

export interface EnvironmentWords {
  /** What must be where the provider is: `this stack`. */
  readonly what: string;
  /** Why, for the Region and for the account. */
  readonly region: string;
  readonly account: string;
}

/** A service token must be in the Region of the stack that uses it; the function serves its own account (CR-37). */
export const OF_A_STACK: EnvironmentWords = {
  what: 'this stack',
  region: 'CloudFormation takes a ServiceToken of its own Region only',
  account: 'a provider serves the stacks of its own account only',
};

/** What is wrong where account or Region of both are known and differ. */
export function environmentProblem(
  { env }: Pick<IResource, 'env'>,
  { region, account }: Pick<Stack, 'region' | 'account'>,
  words: EnvironmentWords,
): string | undefined {
  if (differ(region, env.region))
    return `the provider is in ${env.region} and ${words.what} in ${region}: ${words.region}, deploy a provider in ${region}`;
  if (differ(account, env.account))
    return `the provider is in account ${env.account} and ${words.what} in ${account}: ${words.account}, deploy a provider in ${account}`;
  return undefined;
}

function differ(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}
