/** The step to mode API, which ends what aws-auth gives: only where nobody would lose anything, and by its own approval. Pure. */
import { SECTIONS } from '../../aws-auth/identity-mapping';
import { readAwsAuth } from '../../aws-auth/reading/login';
import { principalKeyOf, whoOf } from '../../explain/who';
import { effectiveIdentities } from '../effective';
import { dataOf, planOfNow } from './base';
import { workingEntries } from './entry-state';
import { nextModeStep } from './mode-step';
import { type Approval, type SeenMigration } from './seen-migration';
import { ownedIn } from './since';
import { type End, type Step, stop } from './step';

export function nextApiStep(seen: SeenMigration, approval: Approval): Step {
  const { name, mode, run } = seen;
  if (mode === 'API')
    return run.isProved
      ? { do: 'done', why: `${name} is in mode API: aws-auth is not read any more.`, left: [] }
      : { do: 'prove' };
  if (mode === 'CONFIG_MAP')
    return stop(`${name} is in mode CONFIG_MAP, and EKS takes one step at a time: approve a plan first.`);
  const against = hindrances(seen);
  if (against.length > 0)
    return stop(
      `${name} has to stay in API_AND_CONFIG_MAP, where everybody gets in. Nothing was changed.`,
      against,
    );
  const { digest } = planOfNow(seen);
  if (digest !== approval.api)
    return stop(
      `The step to mode API, which EKS never takes back, needs the digest of who gets in now: look at it (eks-access list --cluster ${name}), and give --approve-api ${digest}. Nothing was changed.`,
    );
  return run.isProved ? nextModeStep(seen, 'API', approval) : { do: 'prove' };
}

/** What approves the step to mode API, or why it is refused. */
export function approvalOfApi(seen: SeenMigration): Pick<End, 'apiDigest' | 'against'> {
  const against = hindrances(seen);
  return against.length > 0 ? { against } : { apiDigest: planOfNow(seen).digest };
}

/** Who or what would lose, one sentence each. */
export function hindrances(seen: SeenMigration): readonly string[] {
  const { awsAuth, nodeRoles, caller } = seen;
  const reading = readAwsAuth(dataOf(awsAuth));
  const working = workingEntries(seen);
  const owned = ownedIn(awsAuth);
  const lost = SECTIONS.filter((section) => reading[section].state === 'lost');
  const losers = effectiveIdentities(reading, [
    ...[...working.values()].map(({ principalArn, username, groups, policies = [], type }) => ({
      principalArn,
      userName: username,
      groups,
      policies,
      type,
    })),
  ]).filter(({ place }) => place === 'aws-auth');
  const nodes = nodeRoles?.flatMap(({ arn, nodeGroup, type }) => {
    const entry = working.get(principalKeyOf(arn));
    const who = `${whoOf(arn)} (${nodeGroup})`;
    if (entry === undefined) return [`${who} has no access entry: its nodes could not join.`];
    return type === undefined || entry.type === type || entry.type === 'EC2'
      ? []
      : [`${who} has an access entry of type ${entry.type}, and its nodes need ${type}.`];
  }) ?? ['Node groups and Fargate profiles could not be read.'];
  return [
    ...lost.map(
      (section) => `${section} of aws-auth cannot be parsed: nobody knows whom it is meant to let in.`,
    ),
    ...losers.map(
      ({ principal, key }) =>
        `${whoOf(principal)} gets in by aws-auth alone${owned.has(key) ? ': a stack owns it, and the provider moves it' : ''}.`,
    ),
    ...nodes,
    ...(caller === undefined || working.has(principalKeyOf(caller))
      ? []
      : [`You (${whoOf(caller)}) have no access entry.`]),
  ];
}
