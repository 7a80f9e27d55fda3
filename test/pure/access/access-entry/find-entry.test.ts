/** The access entry of a principal whose real ARN is not known, and those of a permission set, whatever EKS answers. */
import { findEntry, findRolesOfSet } from '../../../../access/access-entry/find-entry';
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { type AccessEntryStore } from '../../../../access/access-entry/port';
import { ProviderError } from '../../../../access/errors';
import { newRecord } from '../../../../access/ownership-record';
import { entryOf, OTHER, owner } from './store-in-memory';

const DEV = 'arn:aws:iam::111122223333:role/team/Dev';
const ofSet = (set: string, suffix: string): string =>
  `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${set}_${suffix.repeat(16)}`;
const gone = new ProviderError('NotFound', 'no such cluster');
const denied = new ProviderError('AccessDenied', 'no');

/** `list`: the ARNs, or what EKS answers instead; `tags`: of those that are still there. */
function storeOf(list: readonly string[] | Error, tags: Readonly<Record<string, object>> = {}) {
  const reads: string[] = [];
  const store = {
    listPrincipals: async () => {
      if (list instanceof Error) throw list;
      return list;
    },
    read: async ({ principalArn }: { readonly principalArn: string }) => {
      reads.push(principalArn);
      return tags[principalArn] && { ...entryOf(), principalArn, tags: tags[principalArn] };
    },
  };
  return { store: store as unknown as AccessEntryStore, reads };
}

describe('by the canonical ARN', () => {
  const sought = { cluster: 'prod', canonicalArn: 'arn:aws:iam::111122223333:role/dev' };

  test('it is read by the ARN that EKS lists; what is none of a role or user is passed over', async () => {
    const { store, reads } = storeOf(['arn:aws:iam::111122223333:group/dev', DEV], { [DEV]: {} });
    expect(await findEntry(store, sought)).toMatchObject({ principalArn: DEV });
    expect(reads).toEqual([DEV]);
  });

  test('there is none', async () => {
    const { store, reads } = storeOf([ofSet('Ops', '0')]);
    expect(await findEntry(store, sought)).toBeUndefined();
    expect(reads).toEqual([]);
  });

  test('a cluster that is gone has none, and what EKS refuses comes out', async () => {
    expect(await findEntry(storeOf(gone).store, sought)).toBeUndefined();
    await expect(findEntry(storeOf(denied).store, sought)).rejects.toBe(denied);
  });
});

describe('of a permission set', () => {
  const sought = {
    cluster: 'prod',
    set: { name: 'Ops', partition: 'aws', accountId: '111122223333' },
    owner,
  };

  test('those whose record concerns the owner', async () => {
    const of = (one: typeof owner) => recordTags(newRecord(one));
    const { store, reads } = storeOf(
      [
        'arn:aws:iam::111122223333:group/dev',
        DEV,
        ofSet('Dev', '0'),
        ...['1', '2', '3', '4'].map((suffix) => ofSet('Ops', suffix)),
      ],
      { [ofSet('Ops', '1')]: of(owner), [ofSet('Ops', '2')]: of(OTHER), [ofSet('Ops', '3')]: {} },
    );
    expect(await findRolesOfSet(store, sought)).toEqual([ofSet('Ops', '1')]);
    expect(reads).toEqual(['1', '2', '3', '4'].map((suffix) => ofSet('Ops', suffix)));
  });

  test('a cluster that is gone has none, and what EKS refuses comes out', async () => {
    expect(await findRolesOfSet(storeOf(gone).store, sought)).toEqual([]);
    await expect(findRolesOfSet(storeOf(denied).store, sought)).rejects.toBe(denied);
  });
});
