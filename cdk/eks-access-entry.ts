import {
  type aws_eks as eks,
  type aws_iam as iam,
  type ITaggableV2,
  type TagManager,
  Token,
} from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { renderPolicies } from './access-policy';
import { roleArnOf, secondsOf, userArnOf } from './checks/given';
import { namingPath } from './checks/naming-path';
import { principalProperty } from './exactly-one';
import { Mapping } from './mapping';
import { type MappingProps } from './mapping-props';
import { type NamedRight, type RightsEngine } from './named-right';
import { renderRights } from './render-rights';
import { EntryType } from './mapping-words';
import { checkTags, checkTagsGiven, renderTags, tagManagerFor } from './tags';

/** Properties of EksAccessEntry. */
export interface EksAccessEntryProps extends MappingProps {
  /**
   * The IAM role. Changing the principal replaces the resource.
   *
   * @default - `user` or `principalArn` must be given
   */
  readonly role?: iam.IRoleRef;

  /**
   * The IAM user. Changing the principal replaces the resource.
   *
   * @default - `role` or `principalArn` must be given
   */
  readonly user?: iam.IUserRef;

  /**
   * ARN of the IAM role or user, with its path. Changing the principal replaces the resource.
   *
   * @default - the ARN of `role` or `user`, one of which must be given
   */
  readonly principalArn?: string;

  /**
   * Name of a permission set of IAM Identity Center, instead of `PrincipalArn`: the provider finds the role `AWSReservedSSO_<name>_…` that the set has in the account, and follows it when the set is provisioned anew. Exactly one of the two must be given. Refused by a provider that was not deployed with `permissionSets`. Changing it replaces the resource.
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
   * Type of the access entry. Changing it deletes and re-creates the entry under the same physical id.
   *
   * @default EntryType.STANDARD
   */
  readonly entryType?: EntryType;

  /**
   * Kubernetes user name. Default: the service's own. Not with node types.
   *
   * @default - the service's own
   */
  readonly username?: string;

  /**
   * Kubernetes groups; none may begin with `system:`, `eks:`, `aws:`, `amazon:` or `iam:`. Not with node types.
   *
   * @default []
   */
  readonly kubernetesGroups?: string[];

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
   * Tags of the access entry, at most 40 (the provider keeps its ownership record in tags beside them). Not with node types, which cannot be tagged.
   *
   * @default {}
   */
  readonly tags?: { [key: string]: string };
}

/** An access entry, property for property the native AWS::EKS::AccessEntry, without its faults. */
export class EksAccessEntry extends Mapping implements ITaggableV2 {
  /** Tags of the entry, those of `Tags.of(app)` among them. An entry of a node type has none. */
  readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, props: EksAccessEntryProps) {
    super(scope, id, props);
    const { entryType = EntryType.STANDARD, tags } = props;
    namingPath(this, () => checkTagsGiven(tags));
    this.cdkTagManager = tagManagerFor('Custom::EksAccessEntry', tags ?? {});
    const isTaggable = Token.isUnresolved(entryType) || entryType === EntryType.STANDARD;
    if (isTaggable) checkTags(this, this.cdkTagManager);
    this._make(
      'Custom::EksAccessEntry',
      () => ({
        ClusterName: this._clusterName(),
        ...principalProperty(
          'PrincipalArn',
          {
            role: roleArnOf(props.role, 'principalArn'),
            user: userArnOf(props.user, 'principalArn'),
            principalArn: props.principalArn,
          },
          props,
        ),
        Type: props.entryType,
        Username: props.username,
        KubernetesGroups: props.kubernetesGroups,
        AccessPolicies: renderPolicies(props.accessPolicies),
        Rights: renderRights(props.rights),
        Engine: props.engine,
        Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ExistingEntry: props.existingEntry,
        ExpiresAt: props.expiresAt,
        WaitForEffect: secondsOf(props.waitForEffect, 'waitForEffect'),
        Revision: props.revision,
      }),
      isTaggable ? { Tags: renderTags(this.cdkTagManager) } : {},
    );
  }
}
