/**
 * The guardrail `accessPolicies` as parameters of the plain template. CloudFormation can put only literal text between
 * the items of a list, so namespaces are parameters of the two policies that are meant for them.
 */
import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import { type PolicyTerm } from '../../access/guardrails/iam/statement';
import { names } from '../policy/now-or-later';
import { conditionIfGiven, listParameter, textIf } from './plain-lists';

const NAMESPACE_PATTERN = '[0-9a-z*-]*';

export interface PlainAccessPolicies {
  /** Items of the JSON list. */
  readonly entries: string;
  readonly terms: readonly PolicyTerm[];
}

export function plainAccessPolicies(stack: Stack): PlainAccessPolicies {
  const policies = listParameter(stack, 'AccessPolicies', {
    default: 'AmazonEKSViewPolicy',
    allowedPattern: '[0-9A-Za-z*?]*',
    description:
      'Names or patterns of the EKS access policies that may be associated with any scope. What amounts to cluster admin needs AllowClusterAdmin all the same. Empty: none.',
  });
  const namespacesOf = (id: string, policy: string): string[] =>
    listParameter(stack, id, {
      default: '*',
      allowedPattern: NAMESPACE_PATTERN,
      description: `Namespaces in which ${policy} may be given; * is a wildcard. What could match kube-* needs AllowClusterAdmin. Empty: none.`,
    });
  const editIn = namespacesOf('EditNamespaces', 'AmazonEKSEditPolicy');
  const adminIn = namespacesOf('AdminNamespaces', 'AmazonEKSAdminPolicy');
  const given = {
    policies: conditionIfGiven(stack, 'GivenAccessPolicies', policies),
    edit: conditionIfGiven(stack, 'GivenEditNamespaces', editIn),
    admin: conditionIfGiven(stack, 'GivenAdminNamespaces', adminIn),
  };
  // Commas between those of the three parts that are given.
  const policiesAndMore = new CfnCondition(stack, 'GivenAccessPoliciesAndNamespaces', {
    expression: Fn.conditionAnd(given.policies, Fn.conditionOr(given.edit, given.admin)),
  });
  const editAndAdmin = new CfnCondition(stack, 'GivenEditAndAdminNamespaces', {
    expression: Fn.conditionAnd(given.edit, given.admin),
  });
  return {
    entries: Fn.join('', [
      textIf(given.policies, `"${Fn.join('","', policies)}"`),
      textIf(policiesAndMore, ','),
      textIf(given.edit, `"AmazonEKSEditPolicy@${Fn.join('","AmazonEKSEditPolicy@', editIn)}"`),
      textIf(editAndAdmin, ','),
      textIf(given.admin, `"AmazonEKSAdminPolicy@${Fn.join('","AmazonEKSAdminPolicy@', adminIn)}"`),
    ]),
    terms: [
      { policies: names(policies, given.policies), namespaces: undefined },
      { policies: names(['AmazonEKSEditPolicy'], given.edit), namespaces: editIn },
      { policies: names(['AmazonEKSAdminPolicy'], given.admin), namespaces: adminIn },
    ],
  };
}
