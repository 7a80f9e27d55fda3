/** What a principal may do by named rights, whichever way it has them: by access policies, and by groups that are bound. */
import { type Cluster } from './cluster';
import { type PrincipalName } from './names';
import { type Token, tokenOfGroup, tokensOfPolicy } from './rights';

interface Said {
  readonly groups: readonly string[];
  /** `<ARN> <scope> <namespaces>`. */
  readonly policies?: readonly string[];
}

/** Once logged in, at this moment. */
export function rightsOf(cluster: Cluster, name: PrincipalName): ReadonlySet<Token> {
  const place = cluster.reads('API') && cluster.content('API', name) !== undefined ? 'API' : 'CONFIG_MAP';
  const content = cluster.reads(place) ? cluster.content(place, name) : undefined;
  if (content === undefined) return new Set();
  const { groups, policies } = saidIn(content);
  return new Set([...groups.flatMap((group) => cluster.rbac.givenTo(group)), ...policies]);
}

/** What a place says, bound or not. */
export function rightsSaid(content: string | undefined): readonly Token[] {
  if (content === undefined) return [];
  const { groups, policies } = saidIn(content);
  return [...groups.flatMap((group) => tokenOfGroup(group) ?? []), ...policies];
}

/** Those that it says by groups. */
export function rightsSaidByGroup(content: string | undefined): readonly Token[] {
  return content === undefined ? [] : saidIn(content).groups.flatMap((group) => tokenOfGroup(group) ?? []);
}

function saidIn(content: string): {
  readonly groups: readonly string[];
  readonly policies: readonly Token[];
} {
  const { groups = [], policies = [] } = (JSON.parse(content) as Said[]).at(-1) ?? {};
  const tokens = policies.flatMap((text) => {
    const [arn = '', scope, ...namespaces] = text.split(' ');
    return tokensOfPolicy(arn, scope === 'cluster' ? [] : namespaces);
  });
  return { groups, policies: tokens };
}
