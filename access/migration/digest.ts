/**
 * What an approval of a move is for, in one word: who gets in as whom. A changed aws-auth changes it; a new order, a
 * comment, an access entry that gives what aws-auth gives, or a mapping of a stack that the provider has moved, does
 * not. Pure.
 */
import { fnv1aHex } from '../fnv1a';
import { type EffectiveIdentity } from './effective';

export interface DigestedPlan {
  readonly effective: readonly EffectiveIdentity[];
  /** Keys of the principals that records of this product give to stacks, in aws-auth or on access entries. */
  readonly owned: ReadonlySet<string>;
  /** What is let in, or changed, besides: key of the principal, and what it will give. Default: nothing. */
  readonly included?: readonly { readonly key: string; readonly identity: string }[] | undefined;
}

/** 16 hexadecimal digits. It tells plans apart; it protects against no one who may write aws-auth. */
export function digestOfPlan({ effective, owned, included = [] }: DigestedPlan): string {
  const lines = [
    // The entry of a node carries no record (its type takes no tags), so that a moved one could not be counted.
    ...effective
      .filter(({ key }) => !owned.has(key))
      .map(({ key, identity }) => JSON.stringify(['in', key, identity])),
    ...[...owned]
      .filter((key) => !effective.some((each) => each.key === key && each.isNode))
      .map((key) => JSON.stringify(['owned', key])),
    ...included.map(({ key, identity }) => JSON.stringify(['included', key, identity])),
  ];
  return fnv1aHex([...new Set(lines)].sort().join('\n'));
}
