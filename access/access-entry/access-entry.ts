/** An access entry and its policy associations, in the EKS API's words (GT-70). Types only. */
import { type EntryType } from '../desired-access';

export interface AssociatedPolicy {
  readonly policyArn: string;
  readonly scope: 'cluster' | 'namespace';
  /** Sorted; empty for cluster scope (GT-97). */
  readonly namespaces: readonly string[];
}

/** What a template wants of the EKS API. */
export interface DesiredAccessEntry {
  /** The real ARN, path included (GT-75). */
  readonly principalArn: string;
  readonly type: EntryType;
  /** Always given for STANDARD, because an Update without it resets it (GT-89); absent for node types (GT-83). */
  readonly username?: string | undefined;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  /** The template's own tags, without the ownership record. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the EKS API holds. */
export interface CurrentAccessEntry {
  readonly principalArn: string;
  readonly accessEntryArn: string;
  /** STANDARD when the API leaves it out (GT-93). */
  readonly type: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  /** All tags, the ownership record included. */
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}
