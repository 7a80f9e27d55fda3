/** The roles that a text names, as IAM has them, with their paths: of the account of the cluster alone. */
import { type SeenRole } from '../../../access/explain/seen-cluster';
import { readRoles } from '../roles';
import { type Session } from '../session';

export class AskedRoles {
  private asked = '';
  private found: readonly SeenRole[] = [];

  constructor(
    private readonly session: Session,
    private readonly say: (text: string) => void,
  ) {}

  /** Asked once for the same names; where IAM does not tell, none. */
  async of(text: string, accountId: string): Promise<readonly SeenRole[]> {
    const principals = [...new Set(text.match(/arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/g) ?? [])].sort();
    // Names that go from the text stay known.
    if (principals.every((principal) => this.asked.includes(`${principal}\n`))) return this.found;
    this.asked += principals.map((principal) => `${principal}\n`).join('');
    const ofSets = principals.some((arn) => arn.includes('AWSReservedSSO_'));
    const read = await readRoles({ principals, accountId, ofSets }, this.session);
    if ('why' in read) this.say(`IAM was not asked for the paths of roles: ${read.why}`);
    else this.found = [...this.found, ...read];
    return this.found;
  }
}
