/** Access entries, made and deleted. An entry that cannot get its policies is taken back at once. */
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
} from '@aws-sdk/client-eks';
import { type AssociatedPolicy, type DesiredAccessEntry } from '../../../access/access-entry/access-entry';
import { isNamed } from '../refusal';
import { type Session, within } from '../session';
import { DONE, eksOutcome, type Performed } from './performed';

/** EKS does not know an entry at once that it has just made (GT-110). */
const TRIES = 10;
const PAUSE_MS = 500;

export async function makeEntry(
  clusterName: string,
  { principalArn, type, username, groups, policies, tags }: DesiredAccessEntry,
  session: Session,
): Promise<Performed> {
  // Types of nodes take neither user name, groups nor tags (GT-83).
  const identity = type === 'STANDARD' ? { username, kubernetesGroups: [...groups], tags: { ...tags } } : {};
  try {
    const command = new CreateAccessEntryCommand({ clusterName, principalArn, type, ...identity });
    await within(session, (abortSignal) => session.eks.send(command, { abortSignal }));
  } catch (error) {
    return eksOutcome(error, `eks:CreateAccessEntry on cluster ${clusterName}`);
  }
  const added = await addPolicies(clusterName, principalArn, policies, session);
  if (added.is === 'done') return added;
  // Without its policies it gives less than the line in aws-auth that it overrides.
  const back = await deleteEntry(clusterName, principalArn, session);
  if (back.is === 'done' || added.is === 'again') return added;
  return {
    is: 'denied',
    why: `${added.why}; and its access entry, which counts without its policies now, cannot be taken back: ${back.why}`,
  };
}

export async function addPolicies(
  clusterName: string,
  principalArn: string,
  policies: readonly AssociatedPolicy[],
  session: Session,
): Promise<Performed> {
  for (const { policyArn, scope, namespaces } of policies) {
    const accessScope = scope === 'cluster' ? { type: scope } : { type: scope, namespaces: [...namespaces] };
    const command = new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope });
    for (let left = TRIES; ; left -= 1) {
      try {
        await within(session, (abortSignal) => session.eks.send(command, { abortSignal }));
        break;
      } catch (error) {
        const outcome = eksOutcome(error, `eks:AssociateAccessPolicy on cluster ${clusterName}`);
        if (outcome.is !== 'again' || left <= 1) return outcome;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }
  return DONE;
}

export async function deleteEntry(
  clusterName: string,
  principalArn: string,
  session: Session,
): Promise<Performed> {
  try {
    const command = new DeleteAccessEntryCommand({ clusterName, principalArn });
    await within(session, (abortSignal) => session.eks.send(command, { abortSignal }));
    return DONE;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return DONE;
    return eksOutcome(error, `eks:DeleteAccessEntry on cluster ${clusterName}`);
  }
}
