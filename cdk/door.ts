/** Which provider and which cluster are meant: constructs of several stacks may mean the same by other words. */
import { type IResolvable, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** A provider and a cluster, each the same for all constructs that mean it. */
export interface Door {
  readonly provider: string;
  readonly cluster: string;
}

/** The door between a provider, known by its service token, and a cluster, known by its name. */
export function doorOf(serviceToken: string, clusterName: string, scope: IConstruct): Door {
  const stack = Stack.of(scope);
  const named = (token: IResolvable): string =>
    JSON.stringify(
      Reference.isReference(token) ? [token.target.node.path, token.displayName] : stack.resolve(token),
    );
  const identity = (value: string): unknown =>
    Tokenization.reverseString(value).mapTokens({ mapToken: named }).join(new StringConcat());
  return {
    provider: String(identity(serviceToken)),
    cluster: [stack.account, stack.region, identity(clusterName)].join('\n'),
  };
}

export function isSameDoor(one: Door, other: Door): boolean {
  return one.provider === other.provider && one.cluster === other.cluster;
}
