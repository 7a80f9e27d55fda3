/** go-yaml's limits on aliases. */
import { type AliasNode, type YamlNode } from './node';
import { YamlError } from './source';

/** go-yaml's guard against texts that grow without end through their aliases. */
export class DecodeBudget {
  /** Something was decoded that has no JSON form; a later key may have replaced it. */
  hasDoubtfulJson = false;
  private decoded = 0;
  private throughAlias = 0;
  private depth = 0;
  private readonly open = new Set<AliasNode>();

  spend(node: YamlNode): void {
    this.decoded += 1;
    if (this.depth > 0) this.throughAlias += 1;
    const { decoded, throughAlias } = this;
    // From 0.99 at 400,000 values down to 0.1 at 4,000,000.
    const allowed = Math.max(0.1, 0.99 - (0.89 * Math.max(0, decoded - 400_000)) / 3_600_000);
    if (throughAlias > 100 && decoded > 1000 && throughAlias / decoded > allowed) {
      throw new YamlError('the aliases make too much of the text', node.start);
    }
  }

  /** Runs `decode` for what the alias refers to. */
  follow<T>(alias: AliasNode, decode: (target: YamlNode) => T): T {
    if (this.open.has(alias))
      throw new YamlError(`the value of anchor "${alias.name}" contains itself`, alias.start);
    this.open.add(alias);
    this.depth += 1;
    const result = decode(alias.target);
    this.depth -= 1;
    this.open.delete(alias);
    return result;
  }
}
