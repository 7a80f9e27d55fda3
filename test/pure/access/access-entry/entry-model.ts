/** What the EKS API does with the calls of a plan; refuses what it would refuse. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type Action } from '../../../../access/access-entry/plan';

type Entry = CurrentAccessEntry | undefined;

const WITH_POLICIES = ['STANDARD', 'EC2'];
const NEW = {
  principalArn: 'arn:aws:iam::111122223333:role/x',
  accessEntryArn: 'arn:entry',
  createdAt: new Date(0),
};

export function perform(entry: Entry, actions: readonly Action[]): Entry {
  return actions.reduce<Entry>((now, action) => performOne(now, action), entry);
}

export function performOne(now: Entry, action: Action): Entry {
  if (action.do === 'create') {
    if (now) throw new Error('already in use');
    return create(action);
  }
  if (!now) throw new Error('no entry (GT-95)');
  const others = (arn: string) => now.policies.filter(({ policyArn }) => policyArn !== arn);
  switch (action.do) {
    case 'delete':
      return undefined;
    case 'update':
      if (now.type !== 'STANDARD') throw new Error('the username must not begin with system: (GT-91)');
      return { ...now, username: action.username, groups: action.groups };
    case 'tag':
      return tagged(now, { ...now.tags, ...action.tags });
    case 'untag':
      return tagged(now, without(now.tags, action.keys));
    case 'associate':
      if (!WITH_POLICIES.includes(now.type)) throw new Error('only STANDARD takes policies (GT-98)');
      if (others(action.policy.policyArn).length >= 20) throw new Error('more than 20 policies (GT-112)');
      return { ...now, policies: [...others(action.policy.policyArn), action.policy] };
    case 'confirm':
      for (const policy of action.policies)
        if (!now.policies.includes(policy)) throw new Error('read back before it was associated');
      return now;
    case 'disassociate':
      if (others(action.policyArn).length === now.policies.length) throw new Error('no such policy (GT-95)');
      return { ...now, policies: others(action.policyArn) };
  }
}

function create({ type, username, groups, tags }: Extract<Action, { readonly do: 'create' }>): Entry {
  if (type === 'STANDARD')
    return tagged({ ...NEW, type, username: username ?? '', groups, policies: [], tags: {} }, tags);
  if (username !== undefined || groups.length > 0 || Object.keys(tags).length > 0)
    throw new Error('node types take neither user name, groups nor tags (GT-83)');
  return { ...NEW, type, username: 'system:node:x', groups: ['system:nodes'], policies: [], tags };
}

function tagged(entry: CurrentAccessEntry, tags: CurrentAccessEntry['tags']): CurrentAccessEntry {
  if (entry.type !== 'STANDARD') throw new Error('node types cannot be tagged');
  if (Object.keys(tags).length > 50) throw new Error('more than 50 tags (GT-72)');
  return { ...entry, tags };
}

export function without(
  tags: CurrentAccessEntry['tags'],
  keys: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}
