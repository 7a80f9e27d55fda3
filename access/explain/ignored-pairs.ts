/** Keys that an entry has more than once: of two the authenticator takes one (GT-10, GT-11). Pure. */
import { pairInForce } from '../aws-auth/editing/replace-values';
import { foldCase } from '../aws-auth/reading/decode-entry';
import { type ScalarNode, type YamlNode } from '../go-yaml/node';
import { type WrittenEntry } from './written';

interface IgnoredPair {
  readonly key: ScalarNode;
  readonly value: YamlNode;
  /** That counts. */
  readonly counting: ScalarNode;
}

export function ignoredPairs(
  { item, section }: WrittenEntry,
  field: 'arn' | 'username' | 'groups',
): readonly IgnoredPair[] {
  if (section === 'mapAccounts' || item?.kind !== 'mapping') return [];
  const counting = pairInForce(item, field, section)?.[0];
  if (counting?.kind !== 'scalar') return [];
  return item.pairs.flatMap(([key, value]) =>
    key.kind === 'scalar' && key !== counting && foldCase(key.value) === foldCase(counting.value)
      ? [{ key, value, counting }]
      : [],
  );
}
