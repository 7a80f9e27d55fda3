import { type aws_eks as eks, type aws_iam as iam } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { renderPolicies } from './access-policy';
import { roleArnOf, secondsOf } from './checks/given';
import { principalProperty } from './exactly-one';
import { Mapping } from './mapping';
import { type MappingProps } from './mapping-props';
import { type NamedRight, type RightsEngine } from './named-right';
import { renderRights } from './render-rights';
import { type EntryType, type MappingAuthenticationMode } from './mapping-words';

/** Properties of EksMapRolesEntry. */
export interface EksMapRolesEntryProps extends MappingProps {
  /**
   * The IAM role. Changing the role replaces the resource.
   *
   * @default - `roleArn` must be given
   */
  readonly role?: iam.IRoleRef;

  /**
   * ARN of the IAM role, with or without its path; an `sts` assumed-role ARN is turned into its role. Changing the role replaces the resource; another spelling of the same role does not.
   *
   * @default - the ARN of `role`, which must be given
   */
  readonly roleArn?: string;

  /**
   * Name of a permission set of IAM Identity Center, instead of `RoleArn`: the provider finds the role `AWSReservedSSO_<name>_…` that the set has in the account, and follows it when the set is provisioned anew. Exactly one of the two must be given. Refused by a provider that was not deployed with `permissionSets`. Changing it replaces the resource.
   *
   * @default - none
   */
  readonly permissionSet?: string;

  /**
   * Account of the permission set's role, only with `PermissionSet`; the provider looks in its own account alone. Default: that account.
   *
   * @default - that account
   */
  readonly accountId?: string;

  /**
   * Kubernetes user name; templates such as `{{SessionName}}` are filled in at login. Default: `arn:P:sts::A:assumed-role/<role>/{{SessionName}}`, the same on both back ends; with a node `Type`, the node user name of that type.
   *
   * @default - `arn:P:sts::A:assumed-role/<role>/{{SessionName}}`
   */
  readonly userName?: string;

  /**
   * Kubernetes groups. `system:masters` becomes AmazonEKSClusterAdminPolicy where the mapping is an access entry; other `system:` groups have no form as an access entry and stay in aws-auth while the cluster reads it.
   *
   * @default []
   */
  readonly groups?: string[];

  /**
   * Type of the access entry. On a CONFIG_MAP cluster a node type writes that type's node user name and groups. Default: `STANDARD`, or the node type that the user name and groups describe.
   *
   * @default - `STANDARD`, or the node type that the user name and groups describe
   */
  readonly entryType?: EntryType;

  /**
   * EKS access policies to associate, at most 20, each policy once. Only with an access entry of type STANDARD (or EC2 with AmazonEKSAutoNodePolicy). Where the mapping lives in aws-auth, a policy whose published rules RBAC can say exactly is given as the right of the same rules (see `Rights`); any other policy, and a namespace with a wildcard, is refused by name.
   *
   * @default []
   */
  readonly accessPolicies?: eks.IAccessPolicy[];

  /**
   * Named rights, the same in every authentication mode: `view`, `edit`, `admin`, `secret-reader` and `cluster-admin` are exactly what the access policy of that name allows, and the others are what no access policy gives. Each right once, for the whole cluster or in some namespaces. Given by an access policy or by a group of RBAC, as `Engine` says; for a group the cluster needs `samples/rights-rbac.yaml`. Not with node types.
   *
   * @default []
   */
  readonly rights?: NamedRight[];

  /**
   * How `Rights` are given. `POLICY`: by an access policy that says exactly the same. `RBAC`: by a Kubernetes group that the provider binds, so that rules show in `kubectl auth can-i --list` and hold when the user is impersonated. `AUTO`: by the policy where the mapping is an access entry and there is one, else by the group.
   *
   * @default RightsEngine.AUTO
   */
  readonly engine?: RightsEngine;

  /**
   * Where the mapping lives. `AUTO` follows the cluster: aws-auth on CONFIG_MAP clusters, an access entry on API and API_AND_CONFIG_MAP clusters. `CONFIG_MAP` and `API` force one.
   *
   * @default MappingAuthenticationMode.AUTO
   */
  readonly authenticationMode?: MappingAuthenticationMode;
}

/** Maps one IAM role to a Kubernetes user name and groups, in aws-auth or as an access entry. */
export class EksMapRolesEntry extends Mapping {
  constructor(scope: Construct, id: string, props: EksMapRolesEntryProps) {
    super(scope, id, props);
    this._make('Custom::EksMapRolesEntry', () => ({
      Cluster: this._clusterName(),
      ...principalProperty(
        'RoleArn',
        { role: roleArnOf(props.role, 'roleArn'), roleArn: props.roleArn },
        props,
      ),
      UserName: props.userName,
      Groups: props.groups,
      Type: props.entryType,
      AccessPolicies: renderPolicies(props.accessPolicies),
      Rights: renderRights(props.rights),
      Engine: props.engine,
      AuthenticationMode: props.authenticationMode,
      ExistingEntry: props.existingEntry,
      ExpiresAt: props.expiresAt,
      WaitForEffect: secondsOf(props.waitForEffect, 'waitForEffect'),
      Revision: props.revision,
    }));
  }
}
