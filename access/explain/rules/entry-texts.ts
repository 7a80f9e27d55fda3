/** Those of an entry's user name and groups that a rule is about, each with where it is written. Pure. */
import { type YamlNode } from '../../go-yaml/node';
import { type LoadedEntry, valueOf } from './values';

export interface EntryText {
  readonly what: 'user name' | 'group';
  readonly value: string;
  readonly nodeOf: () => YamlNode | undefined;
}

export function entryTextsOf(found: LoadedEntry, isMeant: (value: string) => boolean): readonly EntryText[] {
  const { username, groups } = found.loaded;
  const itemOf = (group: string): YamlNode | undefined => {
    const list = valueOf(found, 'groups');
    const items = list?.kind === 'sequence' ? [...list.items] : [];
    return items.find((item) => item.kind === 'scalar' && item.value === group);
  };
  const texts: EntryText[] = [];
  if (isMeant(username))
    texts.push({ what: 'user name', value: username, nodeOf: () => valueOf(found, 'username') });
  for (const value of new Set(groups))
    if (isMeant(value)) texts.push({ what: 'group', value, nodeOf: () => itemOf(value) });
  return texts;
}
