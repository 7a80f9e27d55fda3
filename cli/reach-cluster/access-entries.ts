/** All access entries of a cluster with their policies, at most eight described at once. */
import {
  DescribeAccessEntryCommand,
  type DescribeAccessEntryCommandOutput,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { type AssociatedPolicy } from '../../access/access-entry/access-entry';
import { type SeenAccessEntries, type SeenAccessEntry } from '../../access/explain/seen-cluster';
import { atMost } from './at-most';
import { isNamed, textOf, whyOf } from './refusal';
import { type Session, within } from './session';

const AT_ONCE = 8;

export interface ReadEntries {
  readonly entries: SeenAccessEntries;
  /** Why the policies of an entry could not be listed; undefined where all were. */
  readonly policies: string | undefined;
}

/** `undefined` where EKS says that the cluster has none: mode CONFIG_MAP. */
export async function readAccessEntries(
  clusterName: string,
  session: Session,
  say: (text: string) => void,
): Promise<ReadEntries | undefined> {
  let policies: string | undefined;
  const read = async (signal: AbortSignal): Promise<readonly SeenAccessEntry[]> => {
    const principals = await listPrincipals(clusterName, session, signal);
    if (principals.length > AT_ONCE) say(`reading ${principals.length} access entries …`);
    const entries = await atMost(AT_ONCE, principals, async (principalArn) => {
      const entry = await describe(clusterName, principalArn, session, signal);
      if (entry === undefined) return [];
      const listed = await policiesOf(clusterName, principalArn, session, signal);
      if (!('why' in listed)) return [entryOf(principalArn, entry, listed)];
      policies ??= listed.why;
      return [entryOf(principalArn, entry, undefined)];
    });
    return entries.flat();
  };
  try {
    return { entries: { state: 'read', entries: await within(session, read) }, policies };
  } catch (error) {
    if (/authentication mode must be set/i.test(textOf(error))) return undefined;
    const permission = `eks:ListAccessEntries on cluster ${clusterName} and eks:DescribeAccessEntry on its access entries`;
    return { entries: { state: 'unreadable', why: whyOf(error, permission) }, policies };
  }
}

export type ReadEntry = SeenAccessEntry & { readonly accessEntryArn: string };

/** One entry; undefined where the principal has none. */
export async function readAccessEntry(
  clusterName: string,
  principalArn: string,
  session: Session,
): Promise<ReadEntry | undefined | { readonly why: string }> {
  try {
    return await within(session, async (signal) => {
      const entry = await describe(clusterName, principalArn, session, signal);
      if (entry === undefined) return undefined;
      const listed = await policiesOf(clusterName, principalArn, session, signal);
      if ('why' in listed) return listed;
      return { ...entryOf(principalArn, entry, listed), accessEntryArn: entry.accessEntryArn ?? '' };
    });
  } catch (error) {
    return { why: whyOf(error, `eks:DescribeAccessEntry on the access entries of cluster ${clusterName}`) };
  }
}

async function listPrincipals(
  clusterName: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListAccessEntriesCommand({ clusterName, nextToken, maxResults: 100 });
    const page = await eks.send(command, { abortSignal });
    found.push(...(page.accessEntries ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

type Described = DescribeAccessEntryCommandOutput['accessEntry'];

/** Undefined where it was deleted meanwhile. */
async function describe(
  clusterName: string,
  principalArn: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<Described> {
  try {
    const command = new DescribeAccessEntryCommand({ clusterName, principalArn });
    return (await eks.send(command, { abortSignal })).accessEntry;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

async function policiesOf(
  clusterName: string,
  principalArn: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<readonly AssociatedPolicy[] | { readonly why: string }> {
  const found: AssociatedPolicy[] = [];
  try {
    let nextToken: string | undefined;
    do {
      const command = new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn, nextToken });
      const page = await eks.send(command, { abortSignal });
      for (const { policyArn = '', accessScope } of page.associatedAccessPolicies ?? [])
        found.push({
          policyArn,
          scope: accessScope?.type === 'namespace' ? 'namespace' : 'cluster',
          namespaces: [...(accessScope?.namespaces ?? [])].sort(),
        });
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return found;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return [];
    abortSignal.throwIfAborted();
    return {
      why: whyOf(error, `eks:ListAssociatedAccessPolicies on the access entries of cluster ${clusterName}`),
    };
  }
}

function entryOf(
  principalArn: string,
  entry: Described,
  policies: readonly AssociatedPolicy[] | undefined,
): SeenAccessEntry {
  return {
    principalArn: entry?.principalArn ?? principalArn,
    type: entry?.type ?? 'STANDARD',
    username: entry?.username ?? '',
    groups: entry?.kubernetesGroups ?? [],
    policies,
    tags: entry?.tags,
    createdAt: entry?.createdAt,
  };
}
