/**
 * The way back of a run, while the mode reads aws-auth: first the lines that it took out, for whom the access entry gives
 * the same still; then the access entries that carry its tag. Pure.
 */
import { listOf, principalKeyOf, whoOf } from '../../explain/who';
import { type SeenAccessEntry } from '../../explain/seen-cluster';
import { type EffectiveIdentity } from '../effective';
import { copyName, dataOf, isOfRun } from './base';
import { identityOfSeen, workingEntries } from './entry-state';
import { putBack } from './put-back';
import { type SeenMigration } from './seen-migration';
import { type InAwsAuth, identitiesOf, ownedIn } from './since';
import { type End, type Step, stop } from './step';

export function nextUndoStep(seen: SeenMigration, digest: string): Step {
  const { name, mode, copy, awsAuth, entries = [], run } = seen;
  if (mode === 'API')
    return stop(
      `${name} is in mode API, of which there is no way back, and in which aws-auth lets nobody in: the access entries stay. Nothing was changed.`,
    );
  const made = entries.filter((entry) => isOfRun(entry, digest));
  if (copy === undefined && made.length === 0)
    return stop(`Nothing in ${name} is of a run that was approved by ${digest}: nothing was changed.`);
  const [before, now] = [identitiesOf(copy ?? awsAuth), identitiesOf(awsAuth)];
  const lost = lostLines(seen, before, now);
  if (copy !== undefined && lost.length > 0) {
    const back = putBack(dataOf(copy), dataOf(awsAuth), lost);
    if ('why' in back) return stop(`The lines of ${listOf(lost.map(named))} cannot be put back: ${back.why}`);
    return { do: 'put back', principals: lost.map(({ principal }) => principal), data: back.data };
  }
  const left: string[] = [];
  for (const entry of ownLast(made, seen.caller)) {
    const why = whyKept(entry, before, now, copy !== undefined);
    if (why === undefined) return { do: 'delete entry', principalArn: entry.principalArn };
    left.push(`The access entry of ${whoOf(entry.principalArn)} stays: ${why}.`);
  }
  if (!run.isProved) return { do: 'prove' };
  return done(seen, before, digest, left);
}

function done(seen: SeenMigration, before: InAwsAuth, digest: string, left: readonly string[]): End {
  const { name, copy, nodeRoles = [] } = seen;
  const ofEks = new Set(nodeRoles.map(({ arn }) => principalKeyOf(arn)));
  const nodes = [...workingEntries(seen)].flatMap(([key, { type, principalArn }]) =>
    type !== 'STANDARD' && before.has(key) && !ofEks.has(key) ? [principalArn] : [],
  );
  return {
    do: 'done',
    why: `What the run ${digest} has made in ${name} is taken back.${
      copy === undefined
        ? ''
        : ` aws-auth as it was stays in ConfigMap kube-system/${copyName(digest)}: kubectl -n kube-system delete configmap ${copyName(digest)}.`
    } There is no way back from the mode.`,
    left: [
      ...left,
      ...(nodes.length === 0
        ? []
        : [`Access entries of nodes stay (${listOf(nodes.map(whoOf))}): EKS takes no tags on them.`]),
    ],
  };
}

/** Lines of the copy that are gone, of those alone whom an access entry gives the same now: nobody gains anything. */
function lostLines(seen: SeenMigration, before: InAwsAuth, now: InAwsAuth): readonly EffectiveIdentity[] {
  const working = workingEntries(seen);
  const owned = ownedIn(seen.copy);
  return [...before].flatMap(([key, [first]]) => {
    const entry = working.get(key);
    if (first === undefined || entry === undefined || now.has(key) || owned.has(key)) return [];
    return first.isNode || identityOfSeen(entry) !== first.identity ? [] : [first];
  });
}

/** One clause; undefined where its principal gets in without it as before the run. */
function whyKept(
  entry: SeenAccessEntry,
  before: InAwsAuth,
  now: InAwsAuth,
  hasCopy: boolean,
): string | undefined {
  const key = principalKeyOf(entry.principalArn);
  const [was, is] = [before.get(key)?.[0]?.identity, now.get(key)?.[0]?.identity];
  if (!hasCopy && is !== identityOfSeen(entry))
    return 'the copy of aws-auth is gone, and aws-auth as it is gives something else';
  return was === is ? undefined : 'aws-auth would give something else than before the run';
}

/** The caller's own way in goes last. */
function ownLast(made: readonly SeenAccessEntry[], caller: string | undefined): readonly SeenAccessEntry[] {
  const isOwn = ({ principalArn }: SeenAccessEntry): boolean =>
    caller !== undefined && principalKeyOf(principalArn) === principalKeyOf(caller);
  return [...made.filter((entry) => !isOwn(entry)), ...made.filter(isOwn)];
}

function named({ principal }: EffectiveIdentity): string {
  return whoOf(principal);
}
