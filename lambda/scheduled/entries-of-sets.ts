/** Access entries of permission sets' roles that are gone: of the others nothing has to be known. */
import { isRecordTag, readRecord } from '../../access/access-entry/owner-tags';
import { isServiceTag } from '../../access/access-entry/tag-text';
import { type AccessEntryStore } from '../../access/access-entry/port';
import { sightingOf } from '../../access/access-entry/sighting';
import { type IamRole } from '../../access/aws/iam-api';
import { type DesiredAccess, type EntryType } from '../../access/desired-access';
import { undefinedIfRefused } from '../../access/errors';
import { PERMISSION_SET_PATH } from '../../access/permission-set';
import { splitGroups } from '../../access/rights/granted';
import { canonicalArn, parsePrincipalArn } from '../../access/principal';
import { digestOf, factsOf, type RecordFacts } from '../../access/record-facts';

export interface RecordedEntry {
  readonly key: string;
  readonly record: NonNullable<ReturnType<typeof readRecord>>;
  readonly facts: RecordFacts;
  readonly hasDrifted: boolean;
  /** What the entry says, in neither back end's words. */
  readonly desired: DesiredAccess;
}

/** Those with a record that names a set. One call, and two for each entry of a role that is gone. */
export async function entriesOfSets(
  store: AccessEntryStore,
  cluster: string,
  roles: readonly IamRole[],
): Promise<readonly RecordedEntry[]> {
  const present = new Set(roles.map(({ arn }) => arn));
  const found: RecordedEntry[] = [];
  for (const principalArn of await store.listPrincipals(cluster)) {
    if (!principalArn.includes(`:role${PERMISSION_SET_PATH}`) || present.has(principalArn)) continue;
    const entry = await store.read({ cluster, principalArn });
    const record = entry && undefinedIfRefused(() => readRecord(entry.tags));
    if (!record) continue;
    const facts = factsOf(record);
    if (facts.set === undefined) continue;
    const principal = parsePrincipalArn(principalArn, 'principalArn');
    const identity = sightingOf(entry).entry?.identity;
    const tags = Object.entries(entry.tags).filter(([key]) => !isRecordTag(key) && !isServiceTag(key));
    found.push({
      key: canonicalArn(principal),
      record,
      facts,
      hasDrifted: facts.wrote !== undefined && identity !== undefined && digestOf(identity) !== facts.wrote,
      desired: {
        resourceType: 'Custom::EksAccessEntry',
        kind: 'access-entry',
        cluster,
        principal,
        userName: entry.username,
        ...splitGroups(entry.groups),
        // What it has as a group stays a group.
        engine: 'RBAC',
        type: entry.type as EntryType,
        accessPolicies: entry.policies.map(({ policyArn, scope, namespaces }) => ({
          policy: policyArn,
          scope,
          namespaces,
        })),
        tags: Object.fromEntries(tags),
        authenticationMode: 'API',
        existingEntry: 'FAIL',
        expiresAt: facts.expires,
      },
    });
  }
  return found;
}
