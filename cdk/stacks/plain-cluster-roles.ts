/**
 * Cluster roles as parameters of the plain template: three lists, item by item. CloudFormation can neither pair lists nor
 * take ARNs out of `NAME=ARN`, and IAM must name the ARNs and nothing else, so the function pairs them.
 */
import { Aws, CfnCondition, type CfnOutputProps, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { trustStatement } from '../../access/guardrails/role-trust';
import { type Names } from '../../access/guardrails/iam/names';
import { names } from '../policy/now-or-later';
import { RIGHTS_SETUP } from '../rights-setup';
import { conditionIfGiven, isGiven, listParameter, textIf } from './plain-lists';

export interface PlainClusterRoles {
  /** Value of EKS_ACCESS_CLUSTER_ROLES, or none. */
  readonly clusterRoles: string;
  /** Value of EKS_ACCESS_RIGHTS_SETUP, or none. */
  readonly rightsSetup: string;
  /** ARNs of the roles. */
  readonly roleArns: Names;
  trust(providerArn: string): CfnOutputProps;
}

export const CLUSTER_ROLE_PARAMETERS: readonly string[] = [
  'ClusterRoleClusters',
  'ClusterRoleArns',
  'ClusterRoleExternalIds',
  'SetUpRights',
];

export function plainClusterRoles(stack: Stack): PlainClusterRoles {
  const [clustersId = '', arnsId = '', externalIdsId = '', setUpId = ''] = CLUSTER_ROLE_PARAMETERS;
  const clusters = listParameter(stack, clustersId, {
    allowedPattern: '([0-9A-Za-z][0-9A-Za-z_-]{0,99})?',
    description:
      'Clusters whose Kubernetes API the provider reaches as another role, by name. Empty: every cluster as its own role.',
  });
  const arns = listParameter(stack, arnsId, {
    allowedPattern: '(arn:[a-z-]+:iam::[0-9]{12}:role/[0-9A-Za-z_+=.@/-]+)?',
    description:
      'ARN of the role for each of ClusterRoleClusters, in the same order. Its trust policy needs the output ClusterRoleTrust.',
  });
  const externalIds = listParameter(stack, externalIdsId, {
    allowedPattern: '([0-9A-Za-z_+=.@:/-]{2,1224})?',
    description:
      'External id for each of ClusterRoleClusters, in the same order, nothing between two commas where a role asks for none. Empty: no role asks for one.',
  });
  const setUp = new CfnParameter(stack, setUpId, {
    default: 'false',
    allowedValues: ['false', 'true'],
    description:
      'Whether the provider may apply to these clusters what named rights need, of samples/rights-rbac.yaml. The roles must be administrators of their clusters.',
  });
  const given = new CfnCondition(stack, 'GivenClusterRoles', {
    expression: Fn.conditionOr(isGiven(clusters), isGiven(arns)),
  });
  const setsUp = new CfnCondition(stack, 'SetsUpRights', {
    expression: Fn.conditionEquals(setUp.valueAsString, 'true'),
  });
  const withIds = conditionIfGiven(stack, 'GivenClusterRoleExternalIds', externalIds);
  const list = (values: string[]): string => `["${Fn.join('","', values)}"]`;
  return {
    clusterRoles: Fn.conditionIf(
      given.logicalId,
      Fn.join('', [
        `{"clusters":${list(clusters)},"roleArns":${list(arns)}`,
        textIf(withIds, `,"externalIds":${list(externalIds)}`),
        '}',
      ]),
      Aws.NO_VALUE,
    ).toString(),
    rightsSetup: Fn.conditionIf(setsUp.logicalId, RIGHTS_SETUP, Aws.NO_VALUE).toString(),
    roleArns: names(arns, conditionIfGiven(stack, 'GivenClusterRoleArns', arns)),
    trust: (providerArn) => ({
      condition: given,
      description:
        'Statement for the trust policy of the roles that ClusterRoleArns names; of several external ids leave each role its own',
      value: Fn.join('', [
        trustStatement(providerArn, undefined).replace(/\}$/, ''),
        textIf(withIds, `,"Condition":{"StringEquals":{"sts:ExternalId":${list(externalIds)}}}`),
        '}',
      ]),
    }),
  };
}
