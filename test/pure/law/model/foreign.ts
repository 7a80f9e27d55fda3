/**
 * People and other tools: what they do to the cluster, and what they left behind, which is what the law compares with.
 * They never touch what a resource of ours holds: to edit that is to ask for a repair, which the law does not judge.
 */
import { type Place } from '../../../../access/place';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { awsAuthContents, type Cluster, type Entry, entryContent, withTag } from './cluster';
import { policyArnOf, type PolicyWish, scopeOf } from './mapping';
import { plainArn, type PrincipalName, PRINCIPALS } from './names';
import { type RbacAct } from './rbac';

/** What a person writes for a principal; `node` for what nodes need, whatever else is given. */
export interface Wish {
  readonly user: string;
  readonly groups: readonly string[];
  readonly node?: boolean;
  /** Of an access entry. */
  readonly policies?: readonly PolicyWish[];
  readonly tags?: Readonly<Record<string, string>>;
  /** In which of three ways it is written in aws-auth. */
  readonly style?: number;
}

export type ForeignAct =
  | { readonly act: 'map'; readonly principal: PrincipalName; readonly wish: Wish }
  | { readonly act: 'unmap'; readonly principal: PrincipalName }
  | { readonly act: 'note'; readonly number: number }
  | { readonly act: 'entry'; readonly principal: PrincipalName; readonly wish: Wish }
  | { readonly act: 'no-entry'; readonly principal: PrincipalName }
  /** A tool for costs puts its own tag on whatever entry is there, or changes its value. */
  | { readonly act: 'tag'; readonly principal: PrincipalName; readonly value: string }
  | { readonly act: 'wipe-records' }
  | { readonly act: 'mode' }
  | RbacAct;

interface Block {
  readonly principal: PrincipalName | undefined;
  readonly text: string;
}

const NODE = {
  user: 'system:node:{{EC2PrivateDNSName}}',
  groups: ['system:bootstrappers', 'system:nodes'],
};

/** No template ever names it. */
export const FOREIGN_TAG = 'cost-centre';

export interface Ours {
  /** Whether a resource of ours holds what a place says of a principal. */
  readonly isHeld: (place: Place, name: PrincipalName) => boolean;
  readonly recordsLost: () => void;
  /** Another tool has put a tag on the access entry. */
  readonly tagged: (name: PrincipalName, value: string) => void;
}

export class ForeignLayer {
  /** The text of mapRoles as people left it, in stretches. */
  blocks: readonly Block[] = [];
  private readonly entries = new Map<PrincipalName, string>();

  constructor(
    private readonly cluster: Cluster,
    private readonly ours: Ours,
    private readonly now: () => number,
  ) {}

  content(place: Place, name: PrincipalName): string | undefined {
    if (place === 'API') return this.entries.get(name);
    const text = this.blocks.filter(({ principal }) => principal === name).map((block) => block.text);
    return awsAuthContents(text.join('')).get(plainArn(name));
  }

  /** What was there was taken for good, as somebody asked. */
  forget(place: Place, name: PrincipalName): void {
    if (place === 'API') this.entries.delete(name);
    else this.blocks = this.blocks.filter(({ principal }) => principal !== name);
  }

  act(what: ForeignAct): void {
    switch (what.act) {
      case 'map':
        return this.map(what.principal, what.wish);
      case 'unmap':
        return this.replaceBlock(what.principal, undefined);
      case 'note':
        return this.append(noteBlock(what.number));
      case 'entry':
        return this.makeEntry(what.principal, what.wish);
      case 'no-entry':
        return this.removeEntry(what.principal);
      case 'tag':
        return this.tag(what.principal, what.value);
      case 'wipe-records':
        return this.wipeRecords();
      case 'mode':
        return this.changeMode();
      default:
        return this.cluster.rbac.act(what);
    }
  }

  private map(principal: PrincipalName, wish: Wish): void {
    const text = blockText(plainArn(principal), wish);
    if (this.ours.isHeld('CONFIG_MAP', principal)) return;
    if (this.content('CONFIG_MAP', principal) !== undefined) return this.replaceBlock(principal, text);
    if (this.cluster.content('CONFIG_MAP', principal) === undefined) this.append({ principal, text });
  }

  private append(block: Block): void {
    if (this.cluster.mode === 'API' && !this.cluster.configMap) return;
    // The line of a first entry in an empty text has no end (docs/law.md): people begin another one.
    this.cluster.edit((text) => text + (/[^\n]$/.test(text) ? '\n' : '') + block.text);
    this.blocks = [...this.blocks, block];
  }

  private replaceBlock(principal: PrincipalName, text: string | undefined): void {
    const block = this.blocks.find((other) => other.principal === principal);
    if (!block || this.ours.isHeld('CONFIG_MAP', principal)) return;
    this.cluster.edit((whole) => whole.replace(block.text, () => text ?? ''));
    this.blocks = this.blocks.flatMap((other) =>
      other !== block ? [other] : text === undefined ? [] : [{ principal, text }],
    );
  }

  private makeEntry(principal: PrincipalName, wish: Wish): void {
    if (this.cluster.mode === 'CONFIG_MAP' || this.ours.isHeld('API', principal)) return;
    const arn = PRINCIPALS[principal];
    const old = this.cluster.entries.get(arn);
    if (old && this.entries.get(principal) === undefined) return;
    const entry = entryOf(wish, old?.accessEntryArn ?? this.cluster.newEntryArn(principal), this.now());
    this.cluster.entries.set(arn, entry);
    this.entries.set(principal, entryContent(entry));
  }

  private removeEntry(principal: PrincipalName): void {
    if (this.ours.isHeld('API', principal) || !this.entries.has(principal)) return;
    this.cluster.entries.delete(PRINCIPALS[principal]);
    this.entries.delete(principal);
  }

  /** Node types take none. */
  private tag(principal: PrincipalName, value: string): void {
    const { entries } = this.cluster;
    const entry = entries.get(PRINCIPALS[principal]);
    if (entry?.type !== 'STANDARD') return;
    entries.set(PRINCIPALS[principal], { ...entry, tags: { ...entry.tags, [FOREIGN_TAG]: value } });
    const left = this.entries.get(principal);
    if (left !== undefined) this.entries.set(principal, withTag(left, FOREIGN_TAG, value));
    this.ours.tagged(principal, value);
  }

  /** A tool that applies its own ConfigMap, or takes tags off that it does not know. */
  private wipeRecords(): void {
    const { cluster } = this;
    // A node's entry that EKS makes can then not be told from the stack's own.
    if (this.ours.isHeld('API', 'node') || this.ours.isHeld('CONFIG_MAP', 'node')) return;
    this.ours.recordsLost();
    if (cluster.configMap) cluster.write(cluster.configMap.data, {});
    for (const [arn, entry] of cluster.entries) {
      const tags = Object.entries(entry.tags).filter(([key]) => !key.startsWith('cfn-eks-access:'));
      cluster.entries.set(arn, { ...entry, tags: Object.fromEntries(tags) });
    }
  }

  /** One way only; on the way EKS makes entries of its own for who made the cluster and for nodes (GT-106). */
  private changeMode(): void {
    const next: Record<AuthenticationMode, AuthenticationMode> = {
      CONFIG_MAP: 'API_AND_CONFIG_MAP',
      API_AND_CONFIG_MAP: 'API',
      API: 'API',
    };
    const isFirst = this.cluster.mode === 'CONFIG_MAP';
    this.cluster.mode = next[this.cluster.mode];
    if (!isFirst) return;
    this.makeEntry('admin', { user: 'admin', groups: ['system:masters'] });
    if (this.cluster.content('CONFIG_MAP', 'node') !== undefined)
      this.makeEntry('node', { ...NODE, node: true });
  }
}

function entryOf(
  { user, groups, node, policies = [], tags = {} }: Wish,
  accessEntryArn: string,
  createdAt: number,
): Entry {
  const base = { accessEntryArn, tags: {}, createdAt, policies: [] };
  if (node) return { ...base, type: 'EC2_LINUX', username: NODE.user, groups: ['system:nodes'] };
  const admin = { policy: 'AmazonEKSClusterAdminPolicy', namespaces: [] };
  const isAdmin = groups.includes('system:masters');
  return {
    ...base,
    type: 'STANDARD',
    username: user,
    groups: groups.filter((group) => group !== 'system:masters'),
    policies: [...policies, ...(isAdmin ? [admin] : [])].map(({ policy, namespaces }) => ({
      policyArn: policyArnOf(policy),
      scope: scopeOf(namespaces),
      namespaces,
    })),
    tags,
  };
}

function noteBlock(number: number): Block {
  const arn = `arn:aws:iam::444455556666:role/unrelated-${number}`;
  return {
    principal: undefined,
    text: `# ${number}, by hand\n${blockText(arn, { user: 'x', groups: [], style: number % 3 })}`,
  };
}

function blockText(arn: string, wish: Wish): string {
  const { user, groups } = wish.node ? NODE : wish;
  const [quotedUser, quotedGroups] = [JSON.stringify(user), JSON.stringify(groups)];
  switch (wish.style ?? 0) {
    case 1:
      return `- groups: ${quotedGroups} # by hand\n  rolearn: "${arn}"\n  username: ${quotedUser}\n`;
    case 2:
      return `- {rolearn: "${arn}", username: ${quotedUser}, groups: ${quotedGroups}}\n`;
    default: {
      const items = groups.map((group) => `    - ${group}\n`).join('');
      return `- rolearn: ${arn}\n  username: ${quotedUser}\n${items ? `  groups:\n${items}` : ''}`;
    }
  }
}
