/** One access entry with its policies. */
import {
  DescribeAccessEntryCommand,
  type DescribeAccessEntryCommandOutput,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { type AssociatedPolicy } from '../../access/access-entry/access-entry';
import { type SeenAccessEntry } from '../../access/explain/seen-cluster';
import { isNamed, unlessGone, whyOf } from './refusal';
import { type Session, within } from './session';

/** `why`: its policies could not be listed; no entry: there is none. */
export async function readEntry(
  clusterName: string,
  principalArn: string,
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly entry?: SeenAccessEntry; readonly why?: string }> {
  const entry = await describe(clusterName, principalArn, session, signal);
  if (entry === undefined) return {};
  const listed = await policiesOf(clusterName, principalArn, session, signal);
  if ('why' in listed) return { entry: entryOf(principalArn, entry, undefined), why: listed.why };
  return { entry: entryOf(principalArn, entry, listed) };
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

type Described = DescribeAccessEntryCommandOutput['accessEntry'];

/** Undefined where it was deleted meanwhile. */
async function describe(
  clusterName: string,
  principalArn: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<Described> {
  const command = new DescribeAccessEntryCommand({ clusterName, principalArn });
  return (await unlessGone(() => eks.send(command, { abortSignal })))?.accessEntry;
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
