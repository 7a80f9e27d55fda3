/**
 * Access entries for the real authenticator: those of the local EKS, in the file from which it reads mappings of their shape
 * (GT-48). Of them it knows user name and groups; what access policies allow is not its business.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalCluster } from '../../../local/aws/local-cluster';

/** Nobody's: its user name tells which version of the file the authenticator has read. */
const VERSION_ARN = 'arn:aws:iam::999999999999:user/version';

/** Path in the folder of a rig whose authenticator reads it. */
export function entriesFile(folder: string): string {
  return join(folder, 'access-entries.json');
}

export interface Known {
  readonly cluster: LocalCluster;
  /** Of whom mode CONFIG_MAP has a hidden mapping (GT-51). */
  readonly creatorArn: string;
}

export class EntriesFile {
  private version = 0;
  private written = '';

  constructor(
    /** `entriesFile` of the rig. */
    private readonly path: string,
    private readonly login: (arn: string) => Promise<{ readonly username: string } | undefined>,
  ) {}

  /** What is in force now; resolves when the authenticator has read it. */
  async follow({ cluster, creatorArn }: Known): Promise<void> {
    const creator = {
      principalArn: creatorArn,
      username: 'kubernetes-admin',
      kubernetesGroups: ['system:masters'],
    };
    await this.write(cluster.authenticationMode === 'CONFIG_MAP' ? [creator] : cluster.accessEntries());
  }

  /** As if there were no access entries. */
  async clear(): Promise<void> {
    await this.write([]);
  }

  private async write(
    entries: readonly {
      readonly principalArn: string;
      readonly username: string;
      readonly kubernetesGroups: readonly string[];
    }[],
  ): Promise<void> {
    const text = JSON.stringify(entries);
    if (text === this.written) return;
    this.version += 1;
    const username = `version-${this.version}`;
    const mapRoles = entries
      .filter(({ principalArn }) => principalArn.includes(':role/'))
      // The authenticator compares with the ARN of a session, which has no path.
      .map((entry) => ({
        ...mappingOf(entry),
        rolearn: entry.principalArn.replace(/:role\/.*\//, ':role/'),
      }));
    const mapUsers = entries
      .filter(({ principalArn }) => principalArn.includes(':user/'))
      .map((entry) => ({ ...mappingOf(entry), userarn: entry.principalArn }));
    const content = {
      mapRoles,
      mapUsers: [...mapUsers, { userarn: VERSION_ARN, username, groups: [] }],
      mapAccounts: [],
    };
    writeFileSync(this.path, JSON.stringify(content));
    for (let tries = 0; (await this.login(VERSION_ARN))?.username !== username; tries += 1)
      if (tries > 2000) throw new Error(`the authenticator does not read ${this.path}`);
    this.written = text;
  }
}

function mappingOf(entry: {
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
}): object {
  return { username: entry.username, groups: entry.kubernetesGroups };
}
