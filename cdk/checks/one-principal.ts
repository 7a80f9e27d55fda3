/** One principal has one mapping on a cluster, which has one mode: what CloudFormation would find out stack by stack is refused here. */
import { type Stack, Stage, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';
import { type DesiredAccess } from '../../access/desired-access';
import { setKey } from '../../access/permission-set';
import { principalKey } from '../../access/principal';
import { doorOf, identityIn } from '../door';
import { isNotLookedUp } from './later';

/** Of each App: which construct maps which principal on which cluster, or changes its mode. */
const mapped = new WeakMap<IConstruct, Map<string, string>>();

/** What is asked for, and whether the principal is known or a token. */
export interface MappedPrincipal {
  readonly desired: DesiredAccess;
  readonly isPrincipalKnown: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Throws where another construct of the App already maps the principal on the cluster, without the path of this one. */
export function refuseSecondMapping(mapping: Construct, stack: Stack, asked: MappedPrincipal): void {
  const { Cluster, ClusterName } = asked.properties;
  const principal = principalOf(asked, stack);
  if (isNotLookedUp(principal)) return;
  const other = otherOf(mapping, stack, String(Cluster ?? ClusterName), principal);
  if (other === undefined) return;
  throw new Error(
    `${other} maps the same principal on the same cluster, and one stack would undo the other: keep one of the two`,
  );
}

/** Throws where another construct of the App already changes the mode of the cluster. */
export function refuseSecondMode(mode: Construct, stack: Stack, cluster: string): void {
  const other = otherOf(mode, stack, cluster, '');
  if (other === undefined) return;
  throw new Error(
    `${mode.node.path}: ${other} changes the authentication mode of the same cluster, which has one: keep one of the two`,
  );
}

/** The path of the construct that has come first for this on the cluster. */
function otherOf(construct: Construct, stack: Stack, clusterName: string, what: string): string | undefined {
  const { root, path } = construct.node;
  const { cluster } = doorOf('', clusterName, construct);
  const key = [environmentOf(construct, stack), cluster, what].join('\n');
  const others = mapped.get(root) ?? new Map<string, string>();
  mapped.set(root, others);
  const other = others.get(key);
  if (other === undefined) others.set(key, path);
  return other;
}

/** Stages whose account or Region is not known may be deployed to different ones. */
export function environmentOf(construct: IConstruct, { account, region }: Stack): string {
  const isKnown = !Token.isUnresolved(account) && !Token.isUnresolved(region);
  return [isKnown ? '' : (Stage.of(construct)?.node.path ?? ''), account, region].join('\n');
}

/** However it is spelt: names are unique in an account whatever their path or case. */
function principalOf({ desired, isPrincipalKnown, properties }: MappedPrincipal, stack: Stack): string {
  const { permissionSet, principal } = desired;
  const { RoleArn, UserArn, PrincipalArn, AccountId, PermissionSet } = properties;
  if (isPrincipalKnown) return permissionSet ? setKey(permissionSet) : principalKey(principal);
  return identityIn(String(PermissionSet ?? RoleArn ?? UserArn ?? PrincipalArn ?? AccountId), stack);
}
