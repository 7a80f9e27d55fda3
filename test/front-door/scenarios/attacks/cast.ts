/** The principals of the attacks, how they are mapped, and what is looked at afterwards. */
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import { type LocalCluster } from '../../../../local/aws/control-plane';
import { type Answer } from '../world';

export const ACCOUNT = 'arn:aws:iam::111122223333';
export const FOO = `${ACCOUNT}:role/foo`;
export const BAR = `${ACCOUNT}:role/bar`;
export const ADMIN = `${ACCOUNT}:role/Admin`;
/** Mapped in aws-auth by NODES of the world. */
export const NODE = `${ACCOUNT}:role/nodes`;
export const NODE_SESSION = 'i-0123456789abcdef0';
export const PROVIDER_ROLE = `${ACCOUNT}:role/eks-access-provider`;

/** What a Delete that found nothing leaves, so that a write under way meets a conflict (CR-28). */
const LAST_DELETE = 'cfn-eks-access/last-delete';

/** An entry of mapRoles as a person writes it. */
export function mapped(rolearn: string, username: string, groups: readonly string[] = []): string {
  return `- rolearn: ${rolearn}   # by hand\n  username: ${username}\n  groups: [${groups.map((group) => `'${group}'`).join(', ')}]\n`;
}

/**
 * Everything that decides who gets in, byte for byte. Of the records only whose the entries are: when an event was
 * served, and the mark of the last Delete, are nobody's access.
 */
export function stateOf(cluster: LocalCluster): unknown {
  const { data, metadata } = cluster.configMap() ?? {};
  const { [LAST_DELETE]: _, [OWNERS_ANNOTATION]: records, ...annotations } = metadata?.annotations ?? {};
  const entries = cluster.accessEntries().map(({ tags, ...entry }) => {
    const isRecord = (key: string): boolean => key.startsWith('cfn-eks-access:');
    const own = Object.entries(tags).filter(([key]) => !isRecord(key));
    return { ...entry, tags: Object.fromEntries(own), isRecorded: Object.keys(tags).some(isRecord) };
  });
  return { data, annotations, owners: ownersOf(records), entries };
}

/** Whose entries they are: stack, principal, logical id; the text itself where it is none of the provider's. */
function ownersOf(records: string | undefined): unknown {
  try {
    const { stacks } = JSON.parse(records ?? '{"stacks":{}}') as {
      readonly stacks: Readonly<Record<string, Readonly<Record<string, { readonly id: string }>>>>;
    };
    return Object.entries(stacks).flatMap(([stack, group]) =>
      Object.entries(group).map(([principal, { id }]) => [stack, principal, id]),
    );
  } catch (error) {
    return [records, (error as Error).name];
  }
}

/** The answer, which must be a SUCCESS: a step on the way to what a test asserts. */
export function done(answer: Answer): Answer {
  if (answer.Status === 'SUCCESS') return answer;
  throw new Error(`a step on the way failed: ${answer.Reason ?? 'no Reason'}`);
}

/** A FAILED answer whose Reason has these words. */
export function failedWith(reason: RegExp): object {
  return { Status: 'FAILED', Reason: expect.stringMatching(reason) as string };
}
