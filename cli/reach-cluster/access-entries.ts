/** All access entries of a cluster with their policies, at most eight described at once. */
import { ListAccessEntriesCommand } from '@aws-sdk/client-eks';
import { type SeenAccessEntries, type SeenAccessEntry } from '../../access/explain/seen-cluster';
import { readEntry } from './access-entry';
import { atMost } from './at-most';
import { textOf, whyOf } from './refusal';
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
      const { entry, why } = await readEntry(clusterName, principalArn, session, signal);
      policies ??= why;
      return entry === undefined ? [] : [entry];
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
