/** The one cluster: its mode, the ConfigMap aws-auth and the access entries, and who logs in as what. */
import { type Place } from '../../../../access/place';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { readSection } from '../../../../access/aws-auth/reading/login';
import { type Login, loginOf, policyText } from './mapping';
import { ACCOUNT, plainArn, type PrincipalName, PRINCIPALS, REGION } from './names';
import { Rbac } from './rbac';

export interface Policy {
  readonly policyArn: string;
  readonly scope: 'cluster' | 'namespace';
  readonly namespaces: readonly string[];
}

export interface Entry {
  readonly accessEntryArn: string;
  readonly type: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly Policy[];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

export interface ConfigMapState {
  readonly resourceVersion: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

/** Clusters so far: the function remembers them by their ARNs from one run to the next. */
let clusters = 0;

export class Cluster {
  readonly arn = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/prod-${(clusters += 1)}`;
  configMap: ConfigMapState | undefined;
  /** By the principal's real ARN. */
  readonly entries = new Map<string, Entry>();
  /** What CreateAccessEntry answered to a clientRequestToken (GT-69). */
  readonly created = new Map<string, Entry>();
  private version = 1;
  private serial = 0;

  constructor(
    public mode: AuthenticationMode,
    readonly rbac = new Rbac(),
  ) {}

  /** Another cluster with the same in it. */
  copy(): Cluster {
    const copy = new Cluster(this.mode, this.rbac.copy());
    copy.configMap = this.configMap;
    for (const [arn, entry] of this.entries) copy.entries.set(arn, entry);
    for (const [token, entry] of this.created) copy.created.set(token, entry);
    copy.version = this.version;
    copy.serial = this.serial;
    return copy;
  }

  write(data: Readonly<Record<string, string>>, annotations: Readonly<Record<string, string>>): void {
    this.configMap = { resourceVersion: (this.version += 1), data, annotations };
  }

  /** Rewrites mapRoles as people do: the annotations stay. */
  edit(change: (text: string) => string): void {
    const { data = {}, annotations = {} } = this.configMap ?? {};
    this.write({ ...data, mapRoles: change(data['mapRoles'] ?? '') }, annotations);
  }

  mapRoles(): string {
    return this.configMap?.data['mapRoles'] ?? '';
  }

  newEntryArn(name: string): string {
    return `arn:aws:eks:us-east-1:111122223333:access-entry/prod/role/111122223333/${name}/${(this.serial += 1)}`;
  }

  /** What a place says of a principal, records aside; undefined: nothing. For aws-auth all its entries, in order. */
  content(place: Place, name: PrincipalName): string | undefined {
    if (place === 'CONFIG_MAP') return awsAuthContents(this.mapRoles()).get(plainArn(name));
    const entry = this.entries.get(PRINCIPALS[name]);
    return entry && entryContent(entry);
  }

  /** What the principal is by one place alone; undefined: nobody. */
  loginIn(place: Place, name: PrincipalName): Login | undefined {
    const content = this.content(place, name);
    return content === undefined ? undefined : loginOfContent(content);
  }

  reads(place: Place): boolean {
    return place === 'API' ? this.mode !== 'CONFIG_MAP' : this.mode !== 'API';
  }

  /** An access entry overrides the entry of aws-auth (GT-50). */
  login(name: PrincipalName): Login | undefined {
    const byEntry = this.reads('API') ? this.loginIn('API', name) : undefined;
    return byEntry ?? (this.reads('CONFIG_MAP') ? this.loginIn('CONFIG_MAP', name) : undefined);
  }
}

interface Said {
  readonly user: string;
  readonly groups: readonly string[];
  readonly policies: readonly string[];
}

/** By the ARN without path; the last entry of a principal is in force (GT-21), and all are compared. */
export function awsAuthContents(text: string): ReadonlyMap<string, string> {
  const known = remembered.get(text);
  if (known) return known;
  const contents = readContents(text);
  // The same few texts are looked at again and again.
  if (remembered.size >= 64) remembered.clear();
  remembered.set(text, contents);
  return contents;
}

const remembered = new Map<string, ReadonlyMap<string, string>>();

function readContents(text: string): ReadonlyMap<string, string> {
  const all = new Map<string, Said[]>();
  for (const entry of readSection('mapRoles', text).entries) {
    if (entry.section === 'mapAccounts') continue;
    const key = entry.arn.toLowerCase();
    const said = { user: entry.username, groups: entry.groups, policies: [] };
    all.set(key, [...(all.get(key) ?? []), said]);
  }
  return new Map([...all].map(([key, said]) => [key, JSON.stringify(said)]));
}

export function entryContent({ type, username, groups, policies, tags }: Entry): string {
  const said = {
    user: username,
    groups,
    // EKS keeps no order of them.
    policies: policies
      .map(({ policyArn, scope, namespaces }) => policyText(policyArn, scope, namespaces))
      .sort(),
  };
  const others = Object.entries(tags).filter(([key]) => !key.startsWith('cfn-eks-access:'));
  return JSON.stringify([{ ...said, type, tags: others.sort() }]);
}

export function loginOfContent(content: string): Login | undefined {
  const last = (JSON.parse(content) as Said[]).at(-1);
  return last && loginOf(last.user, last.groups, last.policies);
}

/** Those of an access entry, records aside. */
export function tagsOfContent(content: string): Readonly<Record<string, string>> {
  const [said] = JSON.parse(content) as readonly { readonly tags: readonly (readonly [string, string])[] }[];
  return Object.fromEntries(said?.tags ?? []);
}

/** The content of an access entry that another tool has put a tag on. */
export function withTag(content: string, key: string, value: string): string {
  const [said] = JSON.parse(content) as [Said & { readonly tags: readonly (readonly [string, string])[] }];
  const others = said.tags.filter(([name]) => name !== key);
  return JSON.stringify([{ ...said, tags: [...others, [key, value] as const].sort() }]);
}
