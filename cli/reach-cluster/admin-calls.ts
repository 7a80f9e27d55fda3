/** The calls of the EKS API that make an administrator, one step each. */
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DescribeUpdateCommand,
  TagResourceCommand,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks';
import { setTimeout as pause } from 'node:timers/promises';
import { type AdminStep } from '../../access/recovery/admin-steps';
import { Problem } from '../problem';
import { type ReadEntry } from './access-entry';
import { describeCluster, type DescribedCluster } from './describe-cluster';
import { isNamed } from './refusal';
import { type Session, within } from './session';

export interface AdminState {
  readonly cluster: string;
  readonly described: DescribedCluster;
  readonly principalArn: string;
  readonly entry: ReadEntry | undefined;
}

/** GT-105: some minutes. */
const MODE_MS = 25 * 60_000;
/** GT-110: EKS finds a new entry after several seconds. */
const FOUND_MS = 60_000;

export async function performStep(step: AdminStep, state: AdminState, session: Session): Promise<void> {
  const { cluster: clusterName, principalArn, entry } = state;
  const { eks } = session;
  await within(session, async (abortSignal) => {
    switch (step.do) {
      case 'create':
        return eks.send(new CreateAccessEntryCommand({ clusterName, principalArn, tags: step.tags }), {
          abortSignal,
        });
      case 'tag':
        return eks.send(new TagResourceCommand({ resourceArn: entry?.accessEntryArn, tags: step.tags }), {
          abortSignal,
        });
      default:
        return undefined;
    }
  });
  if (step.do === 'associate') await associate(step.policyArn, state, session);
  if (step.do === 'change mode') await changeMode(clusterName, session);
}

async function associate(
  policyArn: string,
  { cluster: clusterName, principalArn }: AdminState,
  session: Session,
): Promise<void> {
  const accessScope = { type: 'cluster' as const };
  const command = new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope });
  const ends = Date.now() + FOUND_MS;
  for (;;) {
    try {
      await within(session, (abortSignal) => session.eks.send(command, { abortSignal }));
      return;
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException') || Date.now() > ends) throw error;
      await pause(1_000);
    }
  }
}

async function changeMode(name: string, session: Session): Promise<void> {
  const accessConfig = { authenticationMode: 'API_AND_CONFIG_MAP' as const };
  const begun = await within(session, (abortSignal) =>
    session.eks.send(new UpdateClusterConfigCommand({ name, accessConfig }), { abortSignal }),
  );
  const updateId = begun.update?.id;
  const ends = Date.now() + MODE_MS;
  for (let wait = 250; ; wait = Math.min(2 * wait, 10_000)) {
    const { update } = await within(session, (abortSignal) =>
      session.eks.send(new DescribeUpdateCommand({ name, updateId }), { abortSignal }),
    );
    if (update?.status === 'Successful') return untilSeen(name, session);
    const look = `aws eks describe-update --name ${name} --update-id ${updateId ?? ''}`;
    if (update?.status === 'Failed' || update?.status === 'Cancelled')
      throw new Problem(`The change of the mode came to nothing: ${update.status}.`, `Why: ${look}`);
    if (Date.now() > ends) throw new Problem('The change of the mode is still under way.', `Look: ${look}`);
    await pause(wait);
  }
}

/** GT-105: what EKS says of the cluster follows after the update. */
async function untilSeen(name: string, session: Session): Promise<void> {
  const ends = Date.now() + FOUND_MS;
  for (;;) {
    const described = await describeCluster(name, session);
    if ('why' in described || described.mode !== 'CONFIG_MAP') return;
    if (Date.now() > ends)
      throw new Problem('The mode was changed, and EKS does not say so yet.', 'Run the same command again.');
    await pause(1_000);
  }
}
