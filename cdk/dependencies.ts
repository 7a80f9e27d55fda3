/** What of a provider a mapping depends on by DependsOn. */
import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Dependable, type IConstruct, type IDependable } from 'constructs';

/**
 * All of the provider's resources but its function: a mapping refers to that in its ServiceToken, and cfn-lint counts
 * the same dependency twice as a fault (W3005).
 */
export function allButFunction(provider: IConstruct): IDependable {
  const dependable: IDependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots(): IConstruct[] {
      return provider.node
        .findAll()
        .filter((construct) => CfnResource.isCfnResource(construct) && !(construct instanceof CfnFunction));
    },
  });
  return dependable;
}
