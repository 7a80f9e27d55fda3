/**
 * All that was seen of who gets into a cluster: pasted, read from files or from the live cluster. What was not looked at
 * is absent, what could not be read says why; nothing is guessed. Types only.
 */
import { type AssociatedPolicy } from '../access-entry/access-entry';
import { type Section } from '../aws-auth/identity-mapping';
import { type AuthenticationMode, type EntryType } from '../desired-access';
import { type CommentedOut, type DocumentNote, type PlacedSection } from './document/document';

/** One section as the authenticator gets it, and where its characters are in the document that it came from. */
export type SeenSection = Pick<PlacedSection, 'text' | 'spanOf'>;

/** A document as `readDocument` gives it; of a live cluster the object that was read. */
export interface ReadAwsAuth {
  readonly state: 'read';
  readonly sections: Readonly<Partial<Record<Section, SeenSection | undefined>>>;
  /** All keys of `data` whose values are text; undefined where there are no others than the sections (GT-61). */
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** `metadata.managedFields` as it is there. */
  readonly managedFields?: unknown;
  /** `metadata.resourceVersion`; undefined where it was not read from a cluster. */
  readonly resourceVersion?: string | undefined;
  readonly notes?: readonly DocumentNote[] | undefined;
  readonly commentedOut?: readonly CommentedOut[] | undefined;
}

/** `why`: one clause with the permission to ask for. */
export type SeenAwsAuth =
  ReadAwsAuth | { readonly state: 'absent' } | { readonly state: 'unreadable'; readonly why: string };

export interface SeenAccessEntry {
  /** The real ARN, path included (GT-75). */
  readonly principalArn: string;
  readonly type: string;
  readonly username: string;
  readonly groups: readonly string[];
  /** Undefined where they could not be listed. */
  readonly policies: readonly AssociatedPolicy[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly createdAt?: Date | undefined;
}

export type SeenAccessEntries =
  | { readonly state: 'read'; readonly entries: readonly SeenAccessEntry[] }
  | { readonly state: 'unreadable'; readonly why: string };

/** A RoleBinding or ClusterRoleBinding. */
export interface SeenBinding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly {
    readonly kind: 'User' | 'Group' | 'ServiceAccount';
    readonly name: string;
    readonly namespace?: string | undefined;
  }[];
}

/** A Role or ClusterRole that exists. */
export interface SeenKubernetesRole {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** A role by which nodes join that EKS runs for the cluster. */
export interface SeenNodeRole {
  readonly arn: string;
  /** Name of the managed node group, or of the Fargate profile. */
  readonly nodeGroup: string;
  /** Of the access entry that lets them in; undefined where it is not known. */
  readonly type?: EntryType | undefined;
}

/** An OIDC provider by which people log in beside IAM. */
export interface SeenIdentityProvider {
  readonly name: string;
  /** Undefined where its tokens name no groups. */
  readonly groupsClaim: string | undefined;
  readonly groupsPrefix: string | undefined;
}

/** A source beside aws-auth and access entries that could not be read; `why` as of those. */
export interface Unread {
  readonly what: 'cluster' | 'access policies' | 'node roles' | 'roles' | 'bindings' | 'identity providers';
  readonly why: string;
}

/** An IAM role that exists. */
export interface SeenRole {
  readonly arn: string;
  readonly createDate?: Date | undefined;
}

export interface SeenCluster {
  readonly name?: string | undefined;
  /** Undefined where only files were looked at. */
  readonly mode?: AuthenticationMode | undefined;
  /** Undefined where it was not looked at. */
  readonly awsAuth?: SeenAwsAuth | undefined;
  /** Undefined where they were not looked at. */
  readonly accessEntries?: SeenAccessEntries | undefined;
  /** Undefined where RBAC was not looked at. */
  readonly bindings?: readonly SeenBinding[] | undefined;
  /** `ClusterRoleBindings`: what of the bindings was not seen; undefined where all were. */
  readonly bindingsMissing?: string | undefined;
  /** Undefined where they were not looked at. */
  readonly kubernetesRoles?: readonly SeenKubernetesRole[] | undefined;
  /** All of them; undefined where they were not looked at. */
  readonly nodeRoles?: readonly SeenNodeRole[] | undefined;
  /** Undefined where they were not looked at. */
  readonly identityProviders?: readonly SeenIdentityProvider[] | undefined;
  /** The cluster's own service role (DescribeCluster, roleArn). */
  readonly clusterRole?: string | undefined;
  /** ARN of who made the cluster, where that is known. */
  readonly creator?: string | undefined;
  /** By which this product's provider reaches the cluster. */
  readonly providerRole?: string | undefined;
  /** Roles that are known to exist; others may. */
  readonly roles?: readonly SeenRole[] | undefined;
  /** What should have been seen besides and was not. */
  readonly unread?: readonly Unread[] | undefined;
}
