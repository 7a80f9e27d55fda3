/**
 * References between stacks that CloudFormation enforces: Export and ImportValue, so that the provider cannot be deleted
 * while a mapping or its own access entry needs it (CR-54). Since 2.254.0 CDK recommends weak ones for whole Apps
 * (`@aws-cdk/core:defaultCrossStackReferences`), with which the provider could go first; these stay strong. Before it, all
 * are.
 */
import { CfnResource, type NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';
import { stackChain } from './stack-graph';

/** Other stacks refer to this resource through an export that they import. What is imported here is left as it is. */
export function pinReferences(construct: IConstruct): void {
  const resource = construct.node.defaultChild;
  if (CfnResource.isCfnResource(resource)) pin(resource);
}

/** What is in a nested stack is referred to through outputs of that stack. */
export function pinNestedStacks(construct: Construct): void {
  for (const stack of stackChain(Stack.of(construct))) {
    const resource = (stack as Partial<NestedStack>).nestedStackResource;
    if (resource) pin(resource);
  }
}

function pin(resource: Partial<Pick<CfnResource, 'applyCrossStackReferenceStrength'>>): void {
  resource.applyCrossStackReferenceStrength?.(ReferenceStrength.STRONG);
}
