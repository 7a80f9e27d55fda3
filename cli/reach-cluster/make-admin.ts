/**
 * Makes a principal an administrator of the cluster for a time: what `adminSteps` says, said before it is done. Nothing of
 * what is there is changed but what `recover` made itself.
 */
import { adminSteps, type AdminStep } from '../../access/recovery/admin-steps';
import { type LiveOptions } from '../live-options';
import { Problem } from '../problem';
import { readAccessEntry } from './access-entry';
import { type AdminState, performStep } from './admin-calls';
import { describeCluster, type DescribedCluster } from './describe-cluster';
import { whyOf } from './refusal';
import { readNodeRoles } from './node-roles';
import { openSession, type Session } from './session';

export interface WantedAdmin {
  /** ARN, or `role/NAME` and `user/NAME` of the cluster's account. */
  readonly principal: string;
  /** In milliseconds since 1970. */
  readonly until: number;
  readonly mayChangeMode: boolean;
}

type Wanted = WantedAdmin & { readonly nodeRoles: readonly string[] };

export interface MadeAdmin {
  readonly region: string;
  readonly principalArn: string;
  /** What was done, one clause each, in order; empty where the principal was an administrator already. */
  readonly done: readonly string[];
}

/** `say`: each step, before it is done. Throws Problem, which says what has been done by then. */
export async function makeAdmin(
  options: LiveOptions,
  wanted: WantedAdmin,
  say: (text: string) => void,
): Promise<MadeAdmin> {
  const session = await openSession(options);
  const roles = await readNodeRoles(options.cluster, session);
  const nodeRoles = 'why' in roles ? [] : roles.map(({ arn }) => arn);
  const done: string[] = [];
  for (;;) {
    const state = await stateOf(options.cluster, wanted.principal, session);
    const steps = stepsFor(state, { ...wanted, nodeRoles });
    if (done.length === 0 && steps.length > 0)
      say(
        `On ${state.described.arn}: ${steps.map(({ says }, index) => `${index + 1}. ${says}`).join('; ')}.`,
      );
    const [first] = steps;
    const isOfMode = first?.do === 'change mode';
    for (const step of isOfMode ? [first] : steps) {
      say(`${step.says} …`);
      try {
        await performStep(step, state, session);
      } catch (error) {
        throw failed(error, step, state, done);
      }
      done.push(step.says);
    }
    // After a change of the mode there may be an entry of this principal, which EKS has made.
    if (isOfMode) continue;
    if (done.length > 0) await prove(state, { ...wanted, nodeRoles }, session);
    return { region: session.region, principalArn: state.principalArn, done };
  }
}

async function stateOf(cluster: string, principal: string, session: Session): Promise<AdminState> {
  const described = await describeCluster(cluster, session);
  if ('why' in described) throw new Problem(`EKS did not describe the cluster (${described.why}).`);
  const principalArn = arnOf(principal, described);
  if (described.mode === 'CONFIG_MAP') return { cluster, described, principalArn, entry: undefined };
  const entry = await readAccessEntry(cluster, principalArn, session);
  if (entry !== undefined && 'why' in entry)
    throw new Problem(`Whether ${principalArn} has an access entry could not be read: ${entry.why}.`);
  return { cluster, described, principalArn, entry };
}

function stepsFor(state: AdminState, wanted: Wanted): readonly AdminStep[] {
  const { described } = state;
  const [, partition = 'aws'] = described.arn.split(':');
  const planned = adminSteps({ ...described, ...state, partition, ...wanted });
  if ('refused' in planned) throw new Problem(planned.refused, planned.hint);
  return planned.steps;
}

/** `role/NAME` is a role of the cluster's account without a path. */
function arnOf(principal: string, { arn, accountId }: DescribedCluster): string {
  const [, partition = 'aws'] = arn.split(':');
  return /^(role|user)\//.test(principal) ? `arn:${partition}:iam::${accountId}:${principal}` : principal;
}

/** EKS may accept a policy and not list it. */
async function prove(state: AdminState, wanted: Wanted, session: Session): Promise<void> {
  const after = await stateOf(state.cluster, wanted.principal, session);
  if (after.entry !== undefined && !stepsFor(after, wanted).some((step) => step.do === 'associate')) return;
  throw new Problem(
    `EKS accepted it, and does not list full control of ${state.principalArn} yet.`,
    `Look again: aws eks list-associated-access-policies --cluster-name ${state.cluster} --principal-arn ${state.principalArn}`,
  );
}

function failed(
  error: unknown,
  { says }: AdminStep,
  { cluster }: AdminState,
  done: readonly string[],
): Problem {
  if ((error as Partial<Problem> | null)?.name === 'Problem') return error as Problem;
  const [, action = 'the action'] = /\((eks:\w+(?:, eks:\w+)*)\)/.exec(says) ?? [];
  const before = done.length === 0 ? 'Nothing was done.' : `Done before: ${done.join('; ')}.`;
  return new Problem(
    `Could not ${says}: ${whyOf(error, `${action} on cluster ${cluster}`)}.`,
    `${before} The same command goes on from here.`,
  );
}
