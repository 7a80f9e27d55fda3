/** The user name and the groups of an entry, each with where it is written. Pure. */
import { type YamlNode } from '../../go-yaml/node';
import { type LoadedEntry, valueOf } from './values';

export interface EntryText {
  readonly what: 'user name' | 'group';
  readonly value: string;
  readonly nodeOf: () => YamlNode | undefined;
}

export function entryTextsOf(found: LoadedEntry): readonly EntryText[] {
  const { username, groups } = found.loaded;
  const itemOf = (group: string): YamlNode | undefined => {
    const list = valueOf(found, 'groups');
    const items = list?.kind === 'sequence' ? [...list.items] : [];
    return items.find((item) => item.kind === 'scalar' && item.value === group);
  };
  return [
    { what: 'user name', value: username, nodeOf: () => valueOf(found, 'username') },
    ...[...new Set(groups)].map((value): EntryText => ({
      what: 'group',
      value,
      nodeOf: () => itemOf(value),
    })),
  ];
}
