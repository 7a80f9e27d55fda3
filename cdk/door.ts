/** Which provider and which cluster are meant: constructs of several stacks may mean the same by other words. */
import { Intrinsic, type IResolvable, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** A provider and a cluster, each the same for all constructs that mean it. */
export interface Door {
  readonly provider: string;
  readonly cluster: string;
}

/** The door between a provider, known by its service token, and a cluster, known by its name. */
export function doorOf(serviceToken: string, clusterName: string, scope: IConstruct): Door {
  const stack = Stack.of(scope);
  return {
    provider: identityIn(serviceToken, stack),
    cluster: [stack.account, stack.region, identityIn(clusterName, stack)].join('\n'),
  };
}

/** Text in which each reference is the construct and the attribute that it names, the same in every stack. */
export function identityIn(value: string, stack: Stack): string {
  const named = (token: IResolvable): string => {
    if (Reference.isReference(token)) return JSON.stringify([token.target.node.path, token.displayName]);
    // What is lazy may not be asked before everything is there.
    return token instanceof Intrinsic ? JSON.stringify(stack.resolve(token)) : token.toString();
  };
  return String(Tokenization.reverseString(value).mapTokens({ mapToken: named }).join(new StringConcat()));
}

export function isSameDoor(one: Door, other: Door): boolean {
  return one.provider === other.provider && one.cluster === other.cluster;
}
