/** A mapping in one call, beside the role or user that it is for. */
import { type aws_eks as eks, type aws_iam as iam, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkCluster, checkOptions } from './checks/calls';
import { checkProvider, shown } from './checks/given';
import { EksMapRolesEntry } from './eks-map-roles-entry';
import { EksMapUsersEntry } from './eks-map-users-entry';
import { type IMapping } from './mapping-interface';
import { type GrantAccessOptions, type IEksAccessProvider } from './provider-interface';

const OPTIONS: readonly (keyof GrantAccessOptions)[] = [
  'groups',
  'policies',
  'rights',
  'userName',
  'existingEntry',
  'scope',
];

export function grantAccess(
  provider: IEksAccessProvider,
  cluster: eks.IClusterRef,
  grantee: iam.IGrantable,
  options: GrantAccessOptions,
): IMapping {
  checkProvider(provider);
  checkOptions(provider, 'grantAccess', options, OPTIONS);
  checkCluster(provider, 'grantAccess', cluster);
  const { groups, policies, rights, userName, existingEntry, scope } = options;
  if (scope !== undefined && !Construct.isConstruct(scope))
    throw new Error(`${provider.node.path}: grantAccess: scope is ${shown(scope)}: give a construct`);
  const principal = principalOf(provider, grantee);
  // A role inside of the cluster is waited for by the cluster, with all that is below it: a mapping there would be a circle.
  const isInside = principal.node.scopes.includes(cluster);
  const site = scope ?? (isInside ? (cluster.node.scope ?? principal) : principal);
  const whose = site === principal ? '' : Names.nodeUniqueId(principal.node);
  const id = `EksAccess${whose}${Names.nodeUniqueId(cluster.node)}`;
  if (site.node.tryFindChild(id))
    throw new Error(
      `${principal.node.path}: grantAccess has given it access to ${cluster.node.path} before: give all groups and policies in one call`,
    );
  const common = {
    provider,
    cluster,
    ...(groups ? { groups } : {}),
    ...(policies ? { accessPolicies: policies } : {}),
    ...(rights ? { rights } : {}),
    ...(userName === undefined ? {} : { userName }),
    ...(existingEntry === undefined ? {} : { existingEntry }),
  };
  return inOptionNames(() =>
    isUser(principal)
      ? new EksMapUsersEntry(site, id, { ...common, user: principal })
      : new EksMapRolesEntry(site, id, { ...common, role: principal }),
  );
}

/** The access policies of a mapping are called otherwise here. */
function inOptionNames<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new Error(cause.message.replace(/^(\S+: )accessPolicies\b/, '$1policies'), { cause });
  }
}

const isUser = (principal: iam.IRole | iam.IUser): principal is iam.IUser => 'userArn' in principal;

function principalOf(provider: IEksAccessProvider, grantee: iam.IGrantable): iam.IRole | iam.IUser {
  const principal: unknown = (grantee as iam.IGrantable | undefined)?.grantPrincipal;
  const isMappable = principal instanceof Construct && ('roleArn' in principal || 'userArn' in principal);
  if (isMappable) return principal as unknown as iam.IRole | iam.IUser;
  const kind = shown(principal ?? grantee);
  throw new Error(
    `${provider.node.path}: grantAccess: the grantee is ${kind}, and only an IAM role or user can be mapped: ${remedies[kind] ?? REMEDY}`,
  );
}

const REMEDY =
  'give one, or what runs as one (a function with its role); name others by their ARN in EksMapRolesEntry or EksMapUsersEntry';

/** By what was given instead. */
const remedies: Readonly<Record<string, string>> = {
  'a Group': 'map a role that the members of the group may assume',
  'an InstanceProfile': 'give its role',
  'a PrincipalWithConditions': 'give the role itself, since no condition is asked when it logs in',
  'a SessionTagsPrincipal': 'give the role itself',
  'an UnknownPrincipal':
    'CDK does not know the role of what is imported: give the role, or import it with its role (fromFunctionAttributes)',
};
