/** One principal is mapped on one cluster by one construct: CloudFormation would find out only when it deploys. */
import { Stack, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';

/** Of each App: which construct maps which principal on which cluster. */
const mapped = new WeakMap<IConstruct, Map<string, string>>();

/** Throws where another construct of the App already maps the principal on the cluster. */
export function refuseSecondMapping(mapping: Construct, properties: Readonly<Record<string, unknown>>): void {
  const { Cluster, ClusterName, RoleArn, UserArn, AccountId, PrincipalArn, PermissionSet } = properties;
  const { account, region } = Stack.of(mapping);
  const principal = String(RoleArn ?? UserArn ?? PrincipalArn ?? AccountId);
  const named = typeof PermissionSet === 'string' ? `set ${PermissionSet}` : spelling(principal);
  const key = [account, region, Cluster ?? ClusterName, named].join('\n');
  const { root } = mapping.node;
  const others = mapped.get(root) ?? new Map<string, string>();
  mapped.set(root, others);
  const other = others.get(key);
  if (other !== undefined) {
    throw new Error(
      `${mapping.node.path}: ${other} maps the same principal on the same cluster, and one stack would undo the other: keep one of the two`,
    );
  }
  others.set(key, mapping.node.path);
}

/** Names are unique in an account whatever their path or case. */
function spelling(principal: string): string {
  if (Token.isUnresolved(principal)) return principal;
  return principal.replace(/:(role|user)\/.*\//, ':$1/').toLowerCase();
}
