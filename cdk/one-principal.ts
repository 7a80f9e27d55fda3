/** One principal is mapped on one cluster by one construct, and the mode of a cluster changed by one: CloudFormation would find out only when it deploys. */
import { Stack, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';

/** Of each App: which construct maps which principal on which cluster, or changes its mode. */
const mapped = new WeakMap<IConstruct, Map<string, string>>();

/** Throws where another construct of the App already maps the principal on the cluster. */
export function refuseSecondMapping(mapping: Construct, properties: Readonly<Record<string, unknown>>): void {
  const { Cluster, ClusterName, RoleArn, UserArn, AccountId, PrincipalArn, PermissionSet } = properties;
  const principal = String(RoleArn ?? UserArn ?? PrincipalArn ?? AccountId);
  const named = typeof PermissionSet === 'string' ? `set ${PermissionSet}` : spelling(principal);
  const other = otherOf(mapping, [Cluster ?? ClusterName, named]);
  if (other === undefined) return;
  throw new Error(
    `${mapping.node.path}: ${other} maps the same principal on the same cluster, and one stack would undo the other: keep one of the two`,
  );
}

/** Throws where another construct of the App already changes the mode of the cluster. */
export function refuseSecondMode(mode: Construct, cluster: string): void {
  const other = otherOf(mode, [cluster]);
  if (other === undefined) return;
  throw new Error(
    `${mode.node.path}: ${other} changes the authentication mode of the same cluster, and it has one mode: keep one of the two`,
  );
}

/** The path of the construct that has come first with these names, in the account and Region of its stack. */
function otherOf(construct: Construct, names: readonly unknown[]): string | undefined {
  const { account, region } = Stack.of(construct);
  const { root, path } = construct.node;
  const others = mapped.get(root) ?? new Map<string, string>();
  mapped.set(root, others);
  const key = [account, region, ...names].join('\n');
  const other = others.get(key);
  if (other === undefined) others.set(key, path);
  return other;
}

/** Names are unique in an account whatever their path or case. */
function spelling(principal: string): string {
  if (Token.isUnresolved(principal)) return principal;
  return principal.replace(/:(role|user)\/.*\//, ':$1/').toLowerCase();
}
