/**
 * The table of plans: the calls that turn the current entry into the desired one, and no fewer would. The pure tests hold
 * the planner to it, and the front door's count the requests of real events against it.
 *
 * An entry is a type of nodes, or a user name with (groups), policies@namespaces and {tags}; `*` marks a tag of another
 * tool, `30×a` stands for thirty tags. Every STANDARD entry carries its record besides; what is desired has the date of a
 * later event in it, so that `Tag` is there where anything else is written.
 */
import { type AssociatedPolicy } from '../../../../access/access-entry/access-entry';

export const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKS';

const DRAWN = `
a new entry                     | none                                 | joe (a)                              | Create
a new entry that has it all     | none                                 | joe (a b) View@n Edit {t=1}          | Create, Associate View, Associate Edit, List
a new node                      | none                                 | EC2_LINUX                            | Create
a new node of Auto Mode         | none                                 | EC2 AutoNode                         | Create, Associate AutoNode, List
nothing, in another order       | joe (a b) View@m,n Edit {t=1 *c=7}   | joe (b a) Edit View@n,m {t=1}        | nothing
nothing, no groups              | joe                                  | joe                                  | nothing
nothing, a node                 | EC2_LINUX                            | EC2_LINUX                            | nothing
nothing, a node of Auto Mode    | EC2 AutoNode                         | EC2 AutoNode                         | nothing
other groups                    | joe (a)                              | joe (b)                              | Tag, Update
no groups                       | joe (a)                              | joe                                  | Tag, Update
another user name               | joe (a)                              | jim (a)                              | Tag, Update
user name and groups            | joe (a)                              | jim (b)                              | Tag, Update
a wider scope                   | joe View@n                           | joe View                             | Tag, Associate View, List
a narrower scope                | joe View                             | joe View@n                           | Tag, Associate View, List
other namespaces                | joe View@m,n                         | joe View@n,o                         | Tag, Associate View, List
a policy more                   | joe View                             | joe View Edit                        | Tag, Associate Edit, List
a policy less                   | joe View Edit                        | joe View                             | Tag, Disassociate Edit
another policy                  | joe View                             | joe Edit                             | Tag, Associate Edit, List, Disassociate View
no policy                       | joe View Edit                        | joe                                  | Tag, Disassociate View, Disassociate Edit
a tag more                      | joe {t=1 *c=7}                       | joe {t=1 u=2}                        | Tag
another value                   | joe {t=1 *c=7}                       | joe {t=2}                            | Tag
a tag less                      | joe {t=1 u=2 *c=7}                   | joe {t=1}                            | Tag, Untag
another tag                     | joe {t=1 *c=7}                       | joe {u=1}                            | Tag, Untag
a tag that was another tool's   | joe {t=1 *c=7}                       | joe {t=1 c=8}                        | Tag
more tags than EKS takes        | joe {30×a *c=7}                      | joe {30×b}                           | Untag, Tag
all at once                     | joe (a) View Edit@n {t=1 *c=7}       | jim (b) Edit@m Admin {u=1}           | Tag, Associate Edit, Associate Admin, List, Update, Disassociate View, Untag
from groups to a policy         | joe (admins)                         | joe Admin                            | Tag, Associate Admin, List, Update
a node instead                  | joe (a) View {t=1}                   | EC2_LINUX                            | Delete, Create
an entry instead of a node      | EC2_LINUX                            | joe (a) View {t=1}                   | Delete, Create, Associate View, List
nodes of another type           | EC2_LINUX                            | EC2_WINDOWS                          | Delete, Create
a policy of Auto Mode more      | EC2                                  | EC2 AutoNode                         | Associate AutoNode, List
a policy of Auto Mode less      | EC2 AutoNode                         | EC2                                  | Disassociate AutoNode
`;

export interface DrawnEntry {
  readonly type: string;
  /** Undefined for nodes. */
  readonly username: string | undefined;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  /** The template's own. */
  readonly tags: Readonly<Record<string, string>>;
  readonly foreignTags: Readonly<Record<string, string>>;
}

export interface Row {
  readonly what: string;
  readonly current: DrawnEntry | undefined;
  readonly desired: DrawnEntry;
  /** `Associate View`: operation, and the name of the policy. */
  readonly calls: readonly string[];
}

export const PLANS: readonly Row[] = DRAWN.trim()
  .split('\n')
  .map((line) => {
    const [what = '', current = '', desired = '', calls = ''] = line.split('|').map((cell) => cell.trim());
    const isThere = current !== 'none';
    return {
      what,
      current: isThere ? readEntry(current) : undefined,
      desired: readEntry(desired),
      calls: calls === 'nothing' ? [] : calls.split(', '),
    };
  });

/** `View`: what the table calls a policy. */
export function policyName(policyArn: string): string {
  return policyArn.replace(POLICY, '').replace(/Policy$/, '');
}

function readEntry(cell: string): DrawnEntry {
  const parts = /^(\S+)(?: \(([^)]*)\))?((?: [\w@,]+)*)(?: \{([^}]*)\})?$/.exec(cell);
  if (!parts) throw new Error(`"${cell}" is no entry`);
  const [, name = '', groups, policies = '', tags = ''] = parts;
  const isNode = /^[A-Z]/.test(name);
  const all = tags.split(' ').filter(Boolean);
  return {
    type: isNode ? name : 'STANDARD',
    username: isNode ? undefined : name,
    groups: groups?.split(' ') ?? [],
    policies: policies.split(' ').filter(Boolean).map(readPolicy),
    tags: Object.fromEntries(all.filter((tag) => !tag.startsWith('*')).flatMap(readTags)),
    foreignTags: Object.fromEntries(
      all.filter((tag) => tag.startsWith('*')).flatMap((tag) => readTags(tag.slice(1))),
    ),
  };
}

function readPolicy(text: string): AssociatedPolicy {
  const [name, namespaces] = text.split('@');
  return {
    policyArn: `${POLICY}${name}Policy`,
    scope: namespaces === undefined ? 'cluster' : 'namespace',
    namespaces: namespaces?.split(',') ?? [],
  };
}

function readTags(text: string): readonly (readonly [string, string])[] {
  const [, count, letter = ''] = /^(\d+)×(\w)$/.exec(text) ?? [];
  if (count !== undefined)
    return Array.from({ length: Number(count) }, (_, index) => [`${letter}${index}`, '1']);
  const [key = '', value = ''] = text.split('=');
  return [[key, value]];
}
