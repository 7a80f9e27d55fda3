/** Which access entries of a cluster are mappings of permission sets whose role is gone, and what they say. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { type AccessEntryStore } from '../../../../access/access-entry/port';
import { type IamRole } from '../../../../access/aws/iam-api';
import { identityOf } from '../../../../access/login-identity';
import { newRecord } from '../../../../access/ownership-record';
import { digestOf, withFacts, type RecordFacts } from '../../../../access/record-facts';
import { entriesOfSets } from '../../../../lambda/scheduled/entries-of-sets';

const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'A' };
const ofSet = (suffix: string): string =>
  `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_${suffix.repeat(16)}`;
const gives = { userName: 'ops', groups: ['a'], policies: [], type: 'STANDARD' };
const wrote = digestOf(identityOf(gives));
const tagsOf = (facts: RecordFacts) => recordTags(withFacts(newRecord(owner), facts));

async function found(tagsByArn: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>) {
  const reads: string[] = [];
  const store = {
    listPrincipals: async () => Object.keys(tagsByArn),
    read: async ({ principalArn }: { readonly principalArn: string }) => {
      reads.push(principalArn);
      const tags = tagsByArn[principalArn];
      const entry: Partial<CurrentAccessEntry> = { principalArn, type: 'STANDARD', username: 'ops' };
      return tags && { ...entry, groups: ['a'], policies: [], tags };
    },
  } as unknown as AccessEntryStore;
  const present: readonly IamRole[] = [{ arn: ofSet('a'), name: 'a', roleId: 'AROA', createDate: 0 }];
  return { entries: await entriesOfSets(store, 'prod', present), reads };
}

test('of those whose role is gone the ones with a record that names a set', async () => {
  const role = 'arn:aws:iam::111122223333:role/ops';
  const { entries, reads } = await found({
    [role]: tagsOf({ set: 'Ops' }),
    [ofSet('a')]: tagsOf({ set: 'Ops' }),
    // Gone since the list, without a record, with one of a later version, and of a template that names the role.
    [ofSet('b')]: undefined,
    [ofSet('c')]: { team: 'x' },
    [ofSet('d')]: { 'cfn-eks-access:owner': 'v9/x/A' },
    [ofSet('e')]: tagsOf({ wrote }),
    [ofSet('f')]: { ...tagsOf({ set: 'Ops', wrote }), team: 'x', 'aws:service': 'y' },
  });
  expect(reads).toEqual(['b', 'c', 'd', 'e', 'f'].map(ofSet));
  expect(entries).toMatchObject([
    {
      key: `arn:aws:iam::111122223333:role/awsreservedsso_ops_${'f'.repeat(16)}`,
      facts: { set: 'Ops' },
      hasDrifted: false,
      desired: { cluster: 'prod', userName: 'ops', groups: ['a'], engine: 'RBAC', tags: { team: 'x' } },
    },
  ]);
});

test.each([
  ['says what was written', wrote, false],
  ['says something else than was written', digestOf(identityOf({ ...gives, groups: [] })), true],
  ['is from before there were digests', undefined, false],
])('an entry that %s', async (_, written, hasDrifted) => {
  const { entries } = await found({ [ofSet('f')]: tagsOf({ set: 'Ops', wrote: written }) });
  expect(entries).toMatchObject([{ hasDrifted }]);
});
