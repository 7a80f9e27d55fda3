/** Finds the access entry of a principal whose real ARN may not be known. */
import { hasCode } from '../errors';
import { canonicalArn, parsePrincipalArn } from '../principal';
import { type CurrentAccessEntry } from './access-entry';
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

async function findPrincipal(store: AccessEntryStore, request: Sought): Promise<string | undefined> {
  const principals = await store.listPrincipals(request.cluster);
  return principals.find((arn) => canonicalOf(arn) === request.canonicalArn);
}

function canonicalOf(arn: string): string | undefined {
  try {
    return canonicalArn(parsePrincipalArn(arn, 'principalArn'));
  } catch (error) {
    if (hasCode(error, 'InvalidRequest')) return undefined;
    throw error;
  }
}
