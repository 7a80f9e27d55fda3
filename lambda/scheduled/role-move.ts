/**
 * Moves the mapping of a permission set to the role that the set has now: first that role is mapped, in the place where the
 * former one is, and then the former one is taken out.
 */
import { openAccessEntries } from '../../access/access-entry/back-end';
import { openAwsAuth } from '../../access/aws-auth/back-end';
import { type BackEnd, type PutOutcome } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { ProviderError } from '../../access/errors';
import { fnv1a } from '../../access/fnv1a';
import { accessOfRole } from '../../access/following/role-of-set';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { LateEvent } from '../../access/late-event';
import { type Owner } from '../../access/owner';
import { type PermissionSet, setKey } from '../../access/permission-set';
import { isRead } from '../../access/placement';
import { canonicalArn, type PrincipalArn } from '../../access/principal';
import { type RecordFacts } from '../../access/record-facts';
import { type OwnershipQuestions } from '../../access/surroundings';
import { livenessOf } from './liveness';
import { subjectOf } from './report';
import { type Run } from './run';
import { questionsOf } from './run-questions';

/** A mapping whose set has another role now. */
export interface Former {
  /** Canonical ARN of the former role. */
  readonly key: string;
  readonly record: { readonly owner: Owner; readonly at?: number | undefined };
  readonly facts: RecordFacts;
  readonly set: PermissionSet;
  readonly to: PrincipalArn;
  /** What the mapping gives, of the former role. */
  readonly desired: DesiredAccess;
  readonly backEnd: BackEnd;
  takeOut(): Promise<void>;
}

/** Throws nothing of the provider's own; the log says what became of it. */
export async function moveToRole(run: Run, cluster: Cluster, former: Former): Promise<void> {
  const { log, deadline, edges } = run;
  const { record, set, to } = former;
  const told = { ...subjectOf(cluster, former), set: set.name, role: to.arn };
  if (!run.moves) return log('INFO', 'would move to the role that the permission set has now', told);
  const { stacks } = edges(deadline);
  const liveness = () => livenessOf(stacks, record.owner, { cluster: cluster.name, key: setKey(set) });
  try {
    const before = await liveness();
    if (before !== 'live' && before !== 'gone')
      return log('INFO', 'not moved now', { ...told, reason: `its resource is ${before} to CloudFormation` });
    const outcome = await put(run, cluster, former);
    await former.takeOut();
    const now = await liveness();
    // A Delete that has looked before the new role was mapped has found the former one alone.
    if (now === 'deleting' || (now === 'gone' && before === 'live')) {
      await outcome.undo();
      return log('INFO', 'took back the mapping of a permission set: CloudFormation no longer has it', told);
    }
    log('INFO', 'moved to the role that the permission set has now', told);
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    const level = error instanceof LateEvent ? 'INFO' : 'WARN';
    log(level, 'not moved to the role that the permission set has now', { ...told, reason: error.message });
  }
}

async function put(
  run: Run,
  cluster: Cluster,
  { record, facts, set, to, desired, backEnd }: Former,
): Promise<PutOutcome> {
  const wanted = accessOfRole(desired, to, set);
  const translation = backEnd.translate(wanted, cluster);
  if ('unsupported' in translation) throw new ProviderError('InvalidRequest', translation.unsupported);
  checkGuardrails(wanted, translation, run.guardrails, run.provider);
  const key = canonicalArn(to);
  return backEnd.put(
    {
      ...translation,
      cluster,
      kind: wanted.kind,
      key,
      owner: record.owner,
      // The date of the event that wrote the mapping, never one of this run.
      requestedAt: record.at,
      existingEntry: 'FAIL',
      isNew: false,
      previous: undefined,
      ownership: questionsOf(run, cluster.name, { key, owner: record.owner }, (standingOf) =>
        lookElsewhere(run, cluster, { key, to, present: backEnd }, standingOf),
      ),
      facts: { ...facts, arn: backEnd.place === 'API' ? undefined : to.arn },
      requestId: `${run.requestId}-${fnv1a(key).toString(36)}`,
      waitsForIam: false,
    },
    run.deadline,
  );
}

/** In the place where the set's mapping does not live. */
async function lookElsewhere(
  { edges, deadline }: Run,
  cluster: Cluster,
  { key, to, present }: { readonly key: string; readonly to: PrincipalArn; readonly present: BackEnd },
  standingOf: OwnershipQuestions['standingOf'],
): ReturnType<OwnershipQuestions['elsewhere']> {
  const others = [
    () => openAccessEntries(edges(deadline).accessEntries),
    () => openAwsAuth(() => edges(deadline).configMap(cluster)),
  ];
  const other = others.map((open) => open()).find(({ place }) => place !== present.place);
  if (!other || !isRead(other.place, cluster.authenticationMode)) return { state: 'nothing' };
  const sighting = await other.look({ cluster, key, principalArn: to.arn }, deadline);
  return { state: 'seen', sighting, standing: sighting.owner && (await standingOf(sighting.owner)) };
}
