/** One access entry in memory, as EKS keeps it, with the calls that were made and what each is refused with. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { type Write } from '../../../../access/access-entry/plan';
import { type AccessEntryStore } from '../../../../access/access-entry/port';
import { ProviderError } from '../../../../access/errors';
import { newRecord } from '../../../../access/ownership-record';

export const owner = {
  stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1',
  logicalId: 'A',
};
export const OTHER = { ...owner, logicalId: 'B' };
export const address = { cluster: 'prod', principalArn: 'arn:aws:iam::111122223333:role/dev' };

/** Of an owner, as the event of this date has left it. */
export const entryOf = (more: Partial<CurrentAccessEntry> = {}, of = owner, at = 7): CurrentAccessEntry => ({
  principalArn: address.principalArn,
  accessEntryArn: 'arn',
  type: 'STANDARD',
  username: 'dev',
  groups: ['a'],
  policies: [],
  tags: recordTags({ ...newRecord(of), at }),
  createdAt: new Date(0),
  ...more,
});

export class StoreInMemory implements AccessEntryStore {
  readonly did: string[] = [];
  reads = 0;

  constructor(
    public entry: CurrentAccessEntry | undefined,
    /** Before a call is served: throws what EKS answers instead. */
    private readonly before: (action: Write['do'], calls: number) => void = () => undefined,
  ) {}

  async read(): Promise<CurrentAccessEntry | undefined> {
    this.reads += 1;
    return this.entry;
  }

  async readPolicies(): Promise<CurrentAccessEntry['policies'] | undefined> {
    return this.entry?.policies;
  }

  async listPrincipals(): Promise<readonly string[]> {
    return this.entry ? [this.entry.principalArn] : [];
  }

  async apply(_: unknown, action: Write): Promise<CurrentAccessEntry | undefined> {
    this.before(action.do, this.did.length);
    if (action.do === 'create' && this.entry) throw new ProviderError('AlreadyExists', 'it is there');
    if (action.do !== 'create' && !this.entry) throw new ProviderError('NotFound', 'it is not there');
    this.did.push(action.do);
    if (action.do === 'create') {
      const { type, username = '', groups, tags } = action;
      return (this.entry = { ...entryOf(), type, username, groups, tags, createdAt: new Date(8.64e15) });
    }
    if (action.do === 'delete') this.entry = undefined;
    else if (action.do === 'update' && this.entry)
      this.entry = { ...this.entry, username: action.username, groups: action.groups };
    else if (action.do === 'tag' && this.entry)
      this.entry = { ...this.entry, tags: { ...this.entry.tags, ...action.tags } };
    else if (action.do === 'untag' && this.entry) {
      const kept = Object.entries(this.entry.tags).filter(([key]) => !action.keys.includes(key));
      this.entry = { ...this.entry, tags: Object.fromEntries(kept) };
    }
    return undefined;
  }
}
