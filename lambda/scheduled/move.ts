/**
 * Moves mappings from aws-auth into access entries: first the entries, with the records of the mappings; after a pause, in
 * which they reach the API servers, aws-auth gives the mappings up. A run that ends half-way leaves both to the next one.
 */
import { openAccessEntries } from '../../access/access-entry/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { hasCode, ProviderError } from '../../access/errors';
import { fnv1a } from '../../access/fnv1a';
import { LateEvent } from '../../access/late-event';
import { identityOf } from '../../access/login-identity';
import { arnOf } from '../../access/principal';
import { idKeyOf } from '../../access/recorded-set';
import { asWritten, OtherEvent } from './as-written';
import { isExpired } from './expire';
import { livenessOf, REASONS } from './liveness';
import { subjectOf } from './report';
import { questionsOf } from './run-questions';
import { type FollowedMappings, type Move, type Put, type Run } from './run';
import { takeOutOfAwsAuth } from './take-out';

/** No put begins with less time than this left, in milliseconds. */
const PUT_MS = 20_000;
/** To take back an entry, after a request of ten seconds: one without its policies gives less than aws-auth. */
const TAKE_BACK_MS = 15_000;

export async function moveMappings(
  run: Run,
  cluster: Cluster,
  moves: readonly Move[],
): Promise<FollowedMappings> {
  const { deadline, log, counts, settleMs } = run;
  const puts: Put[] = [];
  let isGiven = 0;
  for (const [index, move] of moves.entries()) {
    // However many there are, some of them leave aws-auth in this run.
    if (deadline.remainingMs() < (puts.length > 0 ? PUT_MS + settleMs : PUT_MS)) {
      counts.RunsCutShort = 1;
      log('INFO', 'the time of the run is over: the next run moves the others', {
        cluster: cluster.name,
        mappings: moves.length - index,
      });
      break;
    }
    const put = await putEntry(run, cluster, move);
    if (put === 'given') isGiven += 1;
    else if (put) puts.push(put);
  }
  let moved = 0;
  if (puts.length > 0 && deadline.remainingMs() <= settleMs + PUT_MS / 2) counts.RunsCutShort = 1;
  else if (puts.length > 0) {
    await deadline.pause(settleMs);
    for (const put of puts) if (await takeOutOfAwsAuth(run, cluster, put)) moved += 1;
  }
  return { moved, left: moves.length - moved - isGiven };
}

/** `given`: another owner's access entry gives the same. Undefined: it stays, and the log says why. */
async function putEntry(run: Run, cluster: Cluster, move: Move): Promise<Put | 'given' | undefined> {
  const { edges, deadline, log } = run;
  const { mapping, desired, translation } = move;
  const subject = subjectOf(cluster, mapping);
  const { stacks, accessEntries } = edges(deadline);
  const liveness = await livenessOf(stacks, mapping.record.owner, {
    cluster: cluster.name,
    key: idKeyOf(mapping),
  });
  if (liveness !== 'live' && liveness !== 'gone') {
    log('INFO', 'not moved now', { ...subject, reason: REASONS[liveness] });
    return undefined;
  }
  if (isExpired(run, mapping.record)) {
    log('INFO', 'not moved: it has ended meanwhile', subject);
    return undefined;
  }
  const hasRecord = translation.effective.type === 'STANDARD';
  const backEnd = openAccessEntries(asWritten(accessEntries, mapping, hasRecord));
  const { key, record, facts } = mapping;
  try {
    const outcome = await backEnd.put(
      {
        cluster,
        key,
        kind: desired.kind,
        target: translation.target as Parameters<typeof backEnd.put>[0]['target'],
        effective: translation.effective,
        owner: record.owner,
        // The date of the event that wrote the mapping, never one of this run.
        requestedAt: record.at,
        existingEntry: 'FAIL',
        isNew: false,
        previous: undefined,
        ownership: questionsOf(run, cluster.name, { key, owner: record.owner }, async () => ({
          state: 'seen',
          sighting: mapping.sighting,
          standing: 'self',
        })),
        facts: { ...facts, run: run.requestId },
        requestId: `${run.requestId}-${fnv1a(key).toString(36)}`,
        waitsForIam: false,
      },
      { ...deadline, remainingMs: () => deadline.remainingMs() - TAKE_BACK_MS },
    );
    // An entry more whose date has to be known.
    if (facts.expires !== undefined) run.entries.delete(cluster.name);
    return { move, liveness, outcome };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // What was written before a later event went on from it has that error as its cause.
    const late = [error, error.cause].find((one) => one instanceof LateEvent);
    // That event may not have taken the mapping out of aws-auth.
    if (late instanceof OtherEvent && late.isNewer) return { move, liveness, outcome: undefined };
    if (late) {
      log('INFO', 'not moved now', { ...subject, reason: REASONS.busy });
      return undefined;
    }
    if (hasCode(error, 'AlreadyExists') && (await givesTheSame())) {
      log('INFO', 'an access entry of another owner gives the same already', subject);
      return 'given';
    }
    log('WARN', 'left in aws-auth', { ...subject, reason: error.message });
    return undefined;
  }

  async function givesTheSame(): Promise<boolean> {
    const { entry } = await backEnd.look({ cluster, key, principalArn: arnOf(desired.principal) }, deadline);
    return entry?.identity === identityOf(translation.effective);
  }
}
