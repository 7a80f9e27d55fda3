/** Who the caller is to AWS: what `aws sts get-caller-identity` prints. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Problem } from '../problem';
import { whyOf } from './refusal';
import { type Session, within } from './session';

export interface CallerIdentity {
  readonly UserId: string;
  readonly Account: string;
  readonly Arn: string;
}

/** Throws Problem. */
export async function callerIdentity(session: Session): Promise<CallerIdentity> {
  try {
    const {
      UserId = '',
      Account = '',
      Arn = '',
    } = await within(session, (abortSignal) =>
      session.sts.send(new GetCallerIdentityCommand({}), { abortSignal }),
    );
    return { UserId, Account, Arn };
  } catch (error) {
    throw new Problem(`Cannot ask STS who you are: ${whyOf(error, 'sts:GetCallerIdentity')}.`);
  }
}
