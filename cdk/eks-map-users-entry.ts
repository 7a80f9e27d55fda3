import { type aws_eks as eks, type aws_iam as iam } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { renderPolicies } from './access-policy';
import { secondsOf, userArnOf } from './checks/given';
import { exactlyOne } from './exactly-one';
import { Mapping } from './mapping';
import { type MappingProps } from './mapping-props';
import { type NamedRight, type RightsEngine } from './named-right';
import { renderRights } from './render-rights';
import { type MappingAuthenticationMode } from './mapping-words';

/** Properties of EksMapUsersEntry. */
export interface EksMapUsersEntryProps extends MappingProps {
  /**
   * The IAM user. Changing the user replaces the resource.
   *
   * @default - `userArn` must be given
   */
  readonly user?: iam.IUserRef;

  /**
   * ARN of the IAM user, with its path. Changing the user replaces the resource.
   *
   * @default - the ARN of `user`, which must be given
   */
  readonly userArn?: string;

  /**
   * Kubernetes user name. Default: the user's ARN, the same on both back ends.
   *
   * @default - the user's ARN
   */
  readonly userName?: string;

  /**
   * Kubernetes groups. `system:masters` becomes AmazonEKSClusterAdminPolicy where the mapping is an access entry; other `system:` groups have no form as an access entry and stay in aws-auth while the cluster reads it.
   *
   * @default []
   */
  readonly groups?: string[];

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

/** Maps one IAM user to a Kubernetes user name and groups, in aws-auth or as an access entry. */
export class EksMapUsersEntry extends Mapping {
  constructor(scope: Construct, id: string, props: EksMapUsersEntryProps) {
    super(scope, id, props);
    this._make('Custom::EksMapUsersEntry', () => ({
      Cluster: this._clusterName(),
      UserArn: exactlyOne({ user: userArnOf(props.user, 'userArn'), userArn: props.userArn }),
      UserName: props.userName,
      Groups: props.groups,
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
