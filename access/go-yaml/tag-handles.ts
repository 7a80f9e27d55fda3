/** Tags in their long form: `!!str` is `tag:yaml.org,2002:str` unless the document declares the handle otherwise. */
import { YamlError } from './source';
import { type Token } from './token';

const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]);

export class TagHandles {
  private readonly declared = new Map<string, string>();

  /** A `%TAG` directive. */
  declare({ handle, value, start }: Token): void {
    if (this.declared.has(handle)) throw new YamlError('a tag handle is declared twice', start);
    this.declared.set(handle, value);
  }

  /** The long form of a tag token. */
  resolve({ handle, value, start }: Token): string {
    if (handle === '') return value;
    const prefix = this.declared.get(handle) ?? DEFAULTS.get(handle);
    if (prefix === undefined) throw new YamlError(`the tag handle ${handle} is not declared`, start);
    return prefix + value;
  }
}
