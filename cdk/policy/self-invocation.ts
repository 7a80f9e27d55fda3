/**
 * While a cluster changes its authentication mode the function goes on waiting in invocations of itself
 * (docs/decisions/0014). A policy of its own, attached after the function: the function depends on its role, so a policy
 * that the role depends on cannot name the function.
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { allow } from '../../access/guardrails/iam/statement';
import { type Toggle } from '../../access/guardrails/iam/names';

export function selfInvocation(
  scope: Construct,
  functionArn: string,
  role: iam.IRole,
  allowModeChange: Toggle,
): void {
  if (allowModeChange === false) return;
  const policy = new iam.CfnManagedPolicy(scope, 'GoesOn', {
    description: 'cfn-eks-access: lets the provider function go on with a change of the authentication mode',
    roles: [role.roleName],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [allow('GoOn', 'lambda:InvokeFunction', functionArn)],
    },
  });
  if (allowModeChange !== true) policy.addOverride('Condition', allowModeChange.logicalId);
}
