/** A provider serves the stacks and the clusters of its own account and Region. */
import { type IResource, type Stack, Stage, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { knownProvider } from './known-providers';

export interface EnvironmentWords {
  /** What must be where the provider is: `this stack`. */
  readonly what: string;
  /** Why, for the Region and for the account. */
  readonly region: string;
  readonly account: string;
  /** What to do besides, where the Regions differ. */
  readonly instead?: string;
}

/** A service token must be in the Region of the stack that uses it; the function serves its own account (CR-37). */
export const OF_A_STACK: EnvironmentWords = {
  what: 'this stack',
  region: 'CloudFormation takes a ServiceToken of its own Region only',
  account: 'a provider serves the stacks of its own account only',
  instead: ', or map its clusters in a stack of its own Region (grantAccess: scope)',
};

/** What is wrong where account or Region of both are known and differ. */
export function environmentProblem(
  { env }: Pick<IResource, 'env'>,
  { region, account }: Pick<Stack, 'region' | 'account'>,
  words: EnvironmentWords,
): string | undefined {
  if (differ(region, env.region))
    return `the provider is in ${env.region} and ${words.what} in ${region}: ${words.region}, deploy a provider in ${region}${words.instead ?? ''}`;
  if (differ(account, env.account))
    return `the provider is in account ${env.account} and ${words.what} in ${account}: ${words.account}, deploy a provider in ${account}`;
  return undefined;
}

/** Throws where the provider is made in another Stage: CDK lets nothing refer from one into another. */
export function refuseOtherStage(provider: IConstruct, user: IConstruct): void {
  const [home, here] = [Stage.of(provider), Stage.of(user)];
  if (home === here || knownProvider(provider) === undefined) return;
  throw new Error(
    `the provider is made in ${nameOf(home)}, and this is in ${nameOf(here)}, from where CDK lets nothing refer to it: import it here, by EksAccessProvider.fromExport(this, 'Provider')`,
  );
}

function nameOf(stage: Stage | undefined): string {
  return stage === undefined || stage.node.path === '' ? 'the App' : `Stage ${stage.node.path}`;
}

function differ(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}
