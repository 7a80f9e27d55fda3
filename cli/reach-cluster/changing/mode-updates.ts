/** The change of the authentication mode, and the updates of the cluster. */
import {
  type AuthenticationMode,
  DescribeUpdateCommand,
  ListUpdatesCommand,
  type Update,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks';
import { type ClusterUpdate } from '../../../access/authentication-mode/port';
import { unlessGone } from '../refusal';
import { type Session, within } from '../session';
import { eksOutcome, type Performed } from './performed';

export async function changeMode(
  name: string,
  authenticationMode: AuthenticationMode,
  session: Session,
): Promise<Performed> {
  try {
    const { update } = await within(session, (abortSignal) =>
      session.eks.send(new UpdateClusterConfigCommand({ name, accessConfig: { authenticationMode } }), {
        abortSignal,
      }),
    );
    return { is: 'done', updateId: update?.id };
  } catch (error) {
    return eksOutcome(error, `eks:UpdateClusterConfig on cluster ${name}`);
  }
}

/** That of `id`, ended or not; else the one that runs; undefined: none does. Throws what the service answers. */
export async function updateOf(
  name: string,
  id: string | undefined,
  session: Session,
): Promise<ClusterUpdate | undefined> {
  return within(session, async (signal) => {
    const known = id === undefined ? undefined : await describe(name, id, session, signal);
    if (known !== undefined) return known;
    let nextToken: string | undefined;
    do {
      const page = await session.eks.send(new ListUpdatesCommand({ name, nextToken }), {
        abortSignal: signal,
      });
      for (const each of page.updateIds ?? []) {
        const update = await describe(name, each, session, signal);
        if (update?.status === 'InProgress') return update;
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return undefined;
  });
}

async function describe(
  name: string,
  updateId: string,
  { eks }: Session,
  abortSignal: AbortSignal,
): Promise<ClusterUpdate | undefined> {
  const command = new DescribeUpdateCommand({ name, updateId });
  const update = (await unlessGone(() => eks.send(command, { abortSignal })))?.update;
  return update && seenOf(update);
}

function seenOf({ id = '', type, status = 'InProgress', errors = [] }: Update): ClusterUpdate {
  const why = errors.map(({ errorCode = '', errorMessage = '' }) => `${errorCode}: ${errorMessage}`);
  return { id, type: type ?? '', status, why: why.join('; ').replace(/\s+/g, ' ').slice(0, 400) };
}
