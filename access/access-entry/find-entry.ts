/** Finds the access entry of a principal whose real ARN may not be known, and those of a permission set's roles. */
import { hasCode, undefinedIfRefused } from '../errors';
import { type Owner } from '../owner';
import { concerns } from '../ownership-record';
import { isRoleOfSet, type PermissionSet } from '../permission-set';
import { canonicalArn, parsePrincipalArn } from '../principal';
import { type CurrentAccessEntry } from './access-entry';
import { readRecord } from './owner-tags';
import { type AccessEntryStore } from './port';

interface Sought {
  readonly cluster: string;
  /** Without it the entry is looked for among all of the cluster's. */
  readonly principalArn?: string | undefined;
  readonly canonicalArn: string;
}

/** A cluster that is gone has taken its entries along (GT-101). */
export async function findEntry(
  store: AccessEntryStore,
  request: Sought,
): Promise<CurrentAccessEntry | undefined> {
  const { cluster } = request;
  try {
    const principalArn = request.principalArn ?? (await findPrincipal(store, request));
    return principalArn === undefined ? undefined : await store.read({ cluster, principalArn });
  } catch (error) {
    if (hasCode(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** Principals, roles of the set, whose entry has a record that concerns the owner. EKS lists no tags: each is a look. */
export async function findRolesOfSet(
  store: AccessEntryStore,
  { cluster, set, owner }: { readonly cluster: string; readonly set: PermissionSet; readonly owner: Owner },
): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for (const principalArn of await store.listPrincipals(cluster)) {
      const canonical = canonicalOf(principalArn);
      if (canonical === undefined || !isRoleOfSet(canonical, set)) continue;
      const entry = await store.read({ cluster, principalArn });
      const record = entry && readRecord(entry.tags);
      if (record && concerns(record, owner)) found.push(principalArn);
    }
  } catch (error) {
    if (!hasCode(error, 'NotFound')) throw error;
  }
  return found;
}

async function findPrincipal(store: AccessEntryStore, request: Sought): Promise<string | undefined> {
  const principals = await store.listPrincipals(request.cluster);
  return principals.find((arn) => canonicalOf(arn) === request.canonicalArn);
}

function canonicalOf(arn: string): string | undefined {
  return undefinedIfRefused(() => canonicalArn(parsePrincipalArn(arn, '')));
}
