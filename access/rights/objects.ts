/** Objects of RBAC as manifests have them. Types. */

export type Rule = Readonly<Record<string, readonly string[]>>;

export interface LabelSelector {
  readonly matchLabels?: Texts;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn';
    readonly values: readonly string[];
  }[];
}

export type Texts = Readonly<Record<string, string>>;

export interface Metadata {
  readonly name: string;
  readonly labels: Texts;
  readonly annotations?: Texts;
}

export interface ClusterRole {
  readonly apiVersion: string;
  readonly kind: 'ClusterRole';
  readonly metadata: Metadata;
  /** Left out where the control plane fills them in, so that applying the manifest again does not empty them. */
  readonly rules?: readonly Rule[];
  readonly aggregationRule?: { readonly clusterRoleSelectors: readonly LabelSelector[] };
}

export interface ClusterRoleBinding {
  readonly apiVersion: string;
  readonly kind: 'ClusterRoleBinding';
  readonly metadata: Metadata;
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly apiGroup: string; readonly kind: string; readonly name: string }[];
}
