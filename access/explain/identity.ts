/** Who can log in, or could: one entry of aws-auth or one access entry, and what it comes to. Types only. */
import { type AssociatedPolicy } from '../access-entry/access-entry';
import { type Section } from '../aws-auth/identity-mapping';
import { type RuleName } from './finding';
import { type Span } from './document/document';

export interface AwsAuthPlace {
  readonly place: 'aws-auth';
  readonly section: Section;
  /** Position in the section's list; in a section that does not parse, the order of the text. */
  readonly index: number;
  /** Of the entry, in the document. */
  readonly span: Span;
}

export interface AccessEntryPlace {
  readonly place: 'access entry';
}

export type OwnerOf =
  | {
      readonly kind: 'stack';
      readonly stackId: string;
      /** Name of the stack. */
      readonly stack: string;
      readonly logicalId: string;
    }
  /** Made by `eks-access recover` for a time. `until`: ISO 8601; undefined where another tool has taken the date away. */
  | { readonly kind: 'recover'; readonly until?: string | undefined }
  | { readonly kind: 'node role'; readonly nodeGroup?: string | undefined }
  /** By which this product's provider reaches the cluster. */
  | { readonly kind: 'provider' };

export interface NotInForce {
  /** The primary reason, by the name of the rule that tells more about it. */
  readonly rule: RuleName;
  /** One clause: `shadowed by line 23: the last entry for a role wins`. */
  readonly clause: string;
  /** Whether the principal gets in all the same, by another entry. */
  readonly isReplaced: boolean;
  /** Line of the document that is the reason, where it is another one. */
  readonly line?: number | undefined;
}

/**
 * `in force`; `at random`: two entries differ in letter case alone and the authenticator takes either (GT-22);
 * `unknown`: in force unless an access entry, which could not be read, overrides it.
 */
export type Standing = 'in force' | 'at random' | 'unknown' | 'not in force';

export interface Identity {
  /** ARN as written, or account id; empty where the entry names nobody. */
  readonly principal: string;
  /** `role/dev`, `user/alice`, `account 444455556666`; the whole text where it is none of these. */
  readonly who: string;
  /** As written, templates not filled in; undefined where each login gets its own ARN (GT-34). */
  readonly userName: string | undefined;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  /** Of the access entry; undefined in aws-auth. */
  readonly type: string | undefined;
  readonly from: AwsAuthPlace | AccessEntryPlace;
  readonly owner: OwnerOf | undefined;
  readonly standing: Standing;
  /** Exactly where it is not in force. */
  readonly reason: NotInForce | undefined;
}
