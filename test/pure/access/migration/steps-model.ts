/**
 * A cluster as the steps of a move change it, written apart from the program that makes them: aws-auth, its copy, access
 * entries, the mode, and EKS, which makes entries of its own when the mode changes.
 */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import {
  type SeenAccessEntry,
  type SeenCluster,
  type SeenNodeRole,
} from '../../../../access/explain/seen-cluster';
import { NODE_IDENTITIES } from '../../../../access/node-identity';
import { type RunMemory, type SeenMigration } from '../../../../access/migration/steps/seen-migration';
import { type Action } from '../../../../access/migration/steps/step';
import { seenAwsAuth } from '../explain/seen';
import { described } from './generated-clusters';

export const ADMIN = 'arn:aws:iam::999999999999:role/Migrator';
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

export class ModelCluster {
  copies = new Map<string, AwsAuthData>();
  entries: SeenAccessEntry[];
  memory: RunMemory = { isProved: false, refused: new Map(), waitedMs: Infinity, now: Infinity };
  private clock = 0;

  constructor(
    public mode: AuthenticationMode,
    public data: AwsAuthData,
    entries: readonly SeenAccessEntry[] = [],
    readonly nodeRoles: readonly SeenNodeRole[] = [],
    /** Who migrates; made the cluster unless told otherwise. */
    readonly caller = ADMIN,
    readonly creator: string | undefined = ADMIN,
  ) {
    this.entries = [...entries];
    if (mode === 'API_AND_CONFIG_MAP') this.makeOwnEntries();
  }

  /** `digest`: whose copy is looked for. */
  seen(digest: string | undefined): SeenMigration {
    const copy = digest === undefined ? undefined : this.copies.get(`aws-auth.before-${digest}`);
    return {
      name: 'prod',
      mode: this.mode,
      status: 'ACTIVE',
      platform: { version: '1.34', platformVersion: 'eks.1', isOnOutpost: false },
      update: undefined,
      awsAuth: seenAwsAuth(this.data),
      copy: copy && seenAwsAuth(copy),
      entries: this.mode === 'CONFIG_MAP' ? undefined : this.entries,
      nodeRoles: this.nodeRoles,
      roles: [],
      caller: this.caller,
      run: this.memory,
    };
  }

  /** What explains who gets in, by other code than that of the steps. */
  cluster(): SeenCluster {
    const { mode, data, entries, creator } = this;
    const accessEntries = mode === 'CONFIG_MAP' ? undefined : ({ state: 'read', entries } as const);
    return { mode, awsAuth: seenAwsAuth(data), accessEntries, creator };
  }

  crash(): void {
    this.memory = { ...this.memory, isProved: false, refused: new Map() };
  }

  /** `stopsAfterCreate`: the run is gone between CreateAccessEntry and AssociateAccessPolicy. */
  apply(action: Action, stopsAfterCreate = false): void {
    switch (action.do) {
      case 'copy':
        if (this.copies.has(action.name)) throw new Error('a copy is never overwritten');
        this.copies.set(action.name, action.data);
        return;
      case 'change mode': {
        const before = this.mode;
        this.mode = action.to;
        if (before === 'CONFIG_MAP') this.makeOwnEntries();
        return this.forget();
      }
      case 'make entry': {
        if (this.find(action.entry.principalArn)) throw new Error('EKS has one entry of a principal');
        const made = described(action.entry);
        const policies = stopsAfterCreate ? [] : made.policies;
        this.entries.push({
          ...made,
          policies,
          tags: action.entry.tags,
          createdAt: new Date((this.clock += 1)),
        });
        return this.forget();
      }
      case 'add policies': {
        const found = this.find(action.principalArn);
        const policies = [...(found?.policies ?? []), ...action.policies];
        this.entries = this.entries.map((each) => (each === found ? { ...each, policies } : each));
        return this.forget();
      }
      case 'delete entry':
        this.entries = this.entries.filter((each) => each !== this.find(action.principalArn));
        return this.forget();
      case 'take out':
      case 'put back':
        this.data = action.data;
        return this.forget();
      case 'prove':
        this.memory = { ...this.memory, isProved: true };
        return;
      case 'wait':
      case 'bake':
        throw new Error(`nothing is to be waited for: ${JSON.stringify(action)}`);
    }
  }

  private forget(): void {
    this.memory = { ...this.memory, isProved: false };
  }

  private find(principalArn: string): SeenAccessEntry | undefined {
    return this.entries.find((entry) => entry.principalArn === principalArn);
  }

  private makeOwnEntries(): void {
    for (const { arn: principalArn, type = 'EC2_LINUX' } of this.nodeRoles)
      if (!this.find(principalArn) && type !== 'STANDARD') {
        const { userName = '', groups = [] } = NODE_IDENTITIES[type] ?? {};
        this.entries.push({ principalArn, type, username: userName, groups, policies: [] });
      }
    const { creator } = this;
    if (creator !== undefined && !this.find(creator))
      this.entries.push({
        principalArn: creator,
        type: 'STANDARD',
        username: creator.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/') + '/{{SessionName}}',
        groups: [],
        policies: [{ policyArn: POLICY, scope: 'cluster', namespaces: [] }],
      });
  }
}
