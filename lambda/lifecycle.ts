/**
 * Create, Update and Delete of one mapping: sequences what the pure parts decide and the back ends do. Contains no
 * rule of either back end.
 */
import { type ConfigMapStore, putIdentityMapping, removeIdentityMapping } from './aws-auth/reconcile';
import { NoRights } from './aws-auth/refusal';
import { toIdentityMapping } from './aws-auth/translate';
import {
  type AccessEntryStore,
  PartlyWritten,
  putAccessEntry,
  removeAccessEntry,
} from './access-entry/reconcile';
import { toAccessEntry } from './access-entry/translate';
import { attributesOf, expectedAttributes } from './attributes';
import { type Request } from './cloudformation/event';
import { parseProperties, parseResourceType, recallProperties } from './cloudformation/properties';
import { success } from './cloudformation/response';
import { type StackResourceState } from './cloudformation/stack-resource';
import { type Cluster } from './cluster/connection';
import { type Attributes } from './contract';
import { invalidRequest, ProviderError } from './errors';
import { checkGuardrails, type Guardrails } from './guardrails';
import { type Log } from './log';
import {
  isCreateFailedId,
  parsePhysicalId,
  physicalIdOf,
  principalKey,
  type PhysicalId,
} from './physical-id';
import { placementOf, type Placement } from './placement';
import { type DesiredAccess, type Owner, type PutOutcome, type RemoveOutcome } from './resource';
import { hasCode, type Deadline } from './retry';

/** Everything outside the function, as one event needs it. */
export interface Edges {
  describeCluster(name: string): Promise<Cluster>;
  configMapStore(cluster: Cluster): ConfigMapStore;
  accessEntryStore(): AccessEntryStore;
  stackResource(owner: Owner): Promise<{ readonly state: StackResourceState; readonly detail: string }>;
}

export interface Invocation {
  readonly request: Request;
  readonly owner: Owner;
  readonly deadline: Deadline;
  readonly log: Log;
  readonly edges: Edges;
  /** Read when it is needed, so that a broken configuration never stops a Delete (CR-8, CR-38). */
  readonly guardrails: () => Guardrails;
  readonly provider: { readonly accountId: string; readonly region: string };
  /** When CloudFormation made the request; undefined where the ResponseURL does not tell. */
  readonly requestedAt?: Date;
  readonly progress: Progress;
}

/** What a failure must know to answer with a truthful id (CR-13, CR-17). */
export interface Progress {
  /** Id of the desired mapping, once it is known. */
  desiredId?: string;
  mayHaveWritten: boolean;
}

export interface Outcome {
  readonly physicalResourceId: string;
  readonly data?: Attributes;
}

export async function createOrUpdate(invocation: Invocation): Promise<Outcome> {
  const { request, progress, provider, log, deadline } = invocation;
  const resourceType = parseResourceType(request.resourceType);
  const desired = parseProperties(resourceType, request.properties);
  const physicalResourceId = physicalIdOf(desired);
  progress.desiredId = physicalResourceId;
  const isCreate =
    request.requestType === 'Create' ||
    (request.requestType === 'Update' && request.physicalResourceId !== physicalResourceId);
  const previous =
    request.requestType === 'Update' && !isCreate
      ? recallProperties(resourceType, request.oldProperties)
      : undefined;

  const guardrails = invocation.guardrails();
  const cluster = await usableCluster(invocation, desired.cluster);
  const placement = placementOf(desired, cluster);
  checkGuardrails(desired, placement, guardrails, provider);
  // An answer that is too long would lose itself and the truth with it: found out before anything is changed.
  success(
    request.envelope,
    physicalResourceId,
    expectedAttributes(desired, placement, cluster, provider.region),
  );

  log('INFO', 'putting the mapping', {
    cluster: cluster.name,
    place: placement.place,
    mode: cluster.authenticationMode,
  });
  const outcome = await put(invocation, {
    cluster,
    desired,
    placement,
    isCreate,
    ...(previous ? { previous } : {}),
  });
  log('INFO', outcome.changed ? 'put the mapping' : 'the mapping is already as desired', {
    before: outcome.before,
    after: outcome.after,
    adopted: outcome.adopted,
  });
  if (isCreate) await withdrawIfUnwanted(invocation, outcome);
  if (!isCreate) await leaveOtherPlace(invocation, cluster, placement, outcome, { desired, previous });
  if (request.requestType === 'Update' && !isCreate) await leaveAbandoned(invocation, physicalResourceId);
  deadline.signal.throwIfAborted();
  return { physicalResourceId, data: attributesOf(desired, placement, cluster, outcome) };
}

interface Put {
  readonly cluster: Cluster;
  readonly desired: DesiredAccess;
  readonly placement: Placement;
  readonly isCreate: boolean;
  readonly previous?: DesiredAccess;
}

interface Settled extends PutOutcome {
  /** Whether it is certain that aws-auth holds nothing of this resource. */
  readonly awsAuthIsClean: boolean;
}

async function put(
  invocation: Invocation,
  { cluster, desired, placement, isCreate, previous }: Put,
): Promise<Settled> {
  const { owner, deadline, request, requestedAt, progress } = invocation;
  const { existingEntry } = desired;
  if (placement.place === 'CONFIG_MAP') {
    const known = previous && attempt(() => toIdentityMapping(previous));
    const outcome = await putIdentityMapping(
      configMapStore(invocation, cluster),
      {
        key: principalKey(desired.principal),
        mapping: placement.mapping,
        owner,
        existingEntry,
        isCreate,
        ...(known ? { previous: known } : {}),
      },
      deadline,
    );
    return { ...outcome, awsAuthIsClean: false };
  }
  const known = previous && attempt(() => toAccessEntry(previous, cluster.partition));
  const taken = putAccessEntry(
    accessEntryStore(invocation),
    {
      cluster: cluster.name,
      entry: placement.entry,
      owner,
      existingEntry,
      isCreate,
      ...(known && 'entry' in known ? { previous: known.entry } : {}),
      requestToken: request.envelope.requestId,
      ...(requestedAt ? { requestStartedAt: requestedAt } : {}),
      awsAuthIsClean: isCreate,
    },
    deadline,
  );
  try {
    return await taken;
  } catch (error) {
    // Any other error out of there means that the entry is as it was.
    if (!(error instanceof PartlyWritten)) progress.mayHaveWritten = false;
    throw error;
  }
}

/** CloudFormation may have cancelled meanwhile, and a Delete may have overtaken us: what nobody wants is taken back (CR-28). */
async function withdrawIfUnwanted(
  { edges, owner, log, progress }: Invocation,
  outcome: PutOutcome,
): Promise<void> {
  const { state, detail } = await edges.stackResource(owner);
  log(state === 'unknown' ? 'WARN' : 'INFO', 'asked CloudFormation whether the resource is still wanted', {
    state,
    detail,
  });
  if (state !== 'unwanted') return;
  if (outcome.changed) await outcome.undo();
  progress.mayHaveWritten = false;
  throw new ProviderError(
    'NotStabilized',
    `CloudFormation no longer wants this resource (${detail}): what was mapped has been taken back`,
  );
}

/** After the new place holds the mapping the old one gives it up; nobody loses access in between (GT-108). */
async function leaveOtherPlace(
  invocation: Invocation,
  cluster: Cluster,
  placement: Placement,
  outcome: Settled,
  { desired, previous }: { readonly desired: DesiredAccess; readonly previous: DesiredAccess | undefined },
): Promise<void> {
  const target = { key: principalKey(desired.principal), desired: previous ?? desired };
  if (placement.place === 'API' && !outcome.awsAuthIsClean && desired.kind !== 'access-entry') {
    await leaveAwsAuth(invocation, cluster, target, {
      mayBeDenied: placement.entry.type !== 'STANDARD',
      mayHeal: true,
    });
  } else if (
    placement.place === 'CONFIG_MAP' &&
    cluster.authenticationMode !== 'CONFIG_MAP' &&
    desired.kind !== 'account'
  ) {
    await leaveAccessEntries(invocation, cluster, target, livedInAccessEntries(target, cluster));
  }
}

/** Whether the properties, on the cluster as it is now, make an access entry: then one that equals them may be ours. */
function livedInAccessEntries({ desired }: Target, cluster: Cluster): boolean {
  return desired !== undefined && attempt(() => placementOf(desired, cluster))?.place === 'API';
}

/**
 * The Update that takes back a replacement which CloudFormation cancelled before it took our answer: it comes with the
 * old id, so nobody will ever send a Delete for the principal that was mapped meanwhile (CR-18).
 */
async function leaveAbandoned(invocation: Invocation, physicalResourceId: string): Promise<void> {
  const { request, log } = invocation;
  if (request.requestType !== 'Update') return;
  const attempted = recallProperties(parseResourceType(request.resourceType), request.oldProperties);
  if (!attempted || physicalIdOf(attempted) === physicalResourceId) return;
  const cluster = await clusterIfAny(invocation, attempted.cluster);
  if (!cluster) return;
  log('INFO', 'looking for what a cancelled replacement may have left', {
    abandoned: physicalIdOf(attempted),
  });
  const target = { key: principalKey(attempted.principal), kind: attempted.kind, desired: attempted };
  await leaveBoth(invocation, cluster, target, false);
}

export async function remove(invocation: Invocation): Promise<Outcome> {
  const { request, log } = invocation;
  if (request.requestType !== 'Delete') throw new ProviderError('InternalFailure', 'only a Delete removes');
  const { physicalResourceId } = request;
  const done = (note: string): Outcome => {
    log('INFO', note, { physicalResourceId });
    return { physicalResourceId };
  };
  if (isCreateFailedId(physicalResourceId)) return done('nothing was made, so nothing is removed');
  const target = targetOf(invocation, physicalResourceId);
  if (!target) return done('neither the id nor the properties name anything of this provider’s');

  const cluster = await clusterIfAny(invocation, target.cluster);
  if (!cluster) return done('the cluster is gone, and its mappings with it');
  if (cluster.status === 'DELETING') return done('the cluster is being deleted, and its mappings with it');
  await leaveBoth(invocation, cluster, target, true);
  return done('deleted');
}

/** Takes the mapping from wherever it lives (GT-108). `mayHeal`: an entry without record that equals the properties counts as ours. */
async function leaveBoth(
  invocation: Invocation,
  cluster: Cluster,
  target: Target & Pick<PhysicalId, 'kind'>,
  mayHeal: boolean,
): Promise<void> {
  const hasEntries = cluster.authenticationMode !== 'CONFIG_MAP' && target.kind !== 'account';
  const entry = hasEntries
    ? await leaveAccessEntries(invocation, cluster, target, mayHeal && target.kind === 'access-entry')
    : undefined;
  // Where the access entry said so, aws-auth was never used, and a provider without rights there may still delete.
  if (entry?.awsAuthIsClean || target.kind === 'access-entry') return;
  const wasInAwsAuth = await leaveAwsAuth(invocation, cluster, target, {
    mayBeDenied: isNodeTarget(target),
    mayHeal,
  });
  // An entry without record that equals the properties is ours only when aws-auth held nothing of ours: somebody may
  // have made it, or EKS itself at the change of mode (GT-106), while this mapping still lived in aws-auth.
  if (mayHeal && entry && !entry.removed && !wasInAwsAuth && livedInAccessEntries(target, cluster)) {
    await leaveAccessEntries(invocation, cluster, target, true);
  }
}

interface Target {
  readonly key: string;
  /** What the properties asked for, where they can be read and name the same principal as the id. */
  readonly desired?: DesiredAccess;
}

/** The id decides (CR-15); an id that is not ours leaves the properties, and then only a record counts (CR-14). */
function targetOf(
  { request, log }: Invocation,
  physicalResourceId: string,
): (Target & Pick<PhysicalId, 'kind' | 'cluster'>) | undefined {
  const id = parsePhysicalId(physicalResourceId);
  const resourceType = attempt(() => parseResourceType(request.resourceType));
  const desired = resourceType && recallProperties(resourceType, request.properties);
  if (!id) {
    return desired && { key: principalKey(desired.principal), kind: desired.kind, cluster: desired.cluster };
  }
  const agrees = desired !== undefined && physicalIdOf(desired) === physicalResourceId;
  if (!agrees)
    log('WARN', 'the properties do not name what the physical id names: the id decides', {
      physicalResourceId,
    });
  return { key: id.principal, kind: id.kind, cluster: id.cluster, ...(agrees ? { desired } : {}) };
}

/** Whether something was removed. */
async function leaveAwsAuth(
  invocation: Invocation,
  cluster: Cluster,
  { key, desired }: Target,
  { mayBeDenied, mayHeal }: { readonly mayBeDenied: boolean; readonly mayHeal: boolean },
): Promise<boolean> {
  const { log, owner, deadline } = invocation;
  const lastKnown = mayHeal && desired ? attempt(() => toIdentityMapping(desired)) : undefined;
  try {
    const outcome = await removeIdentityMapping(
      configMapStore(invocation, cluster),
      { key, owner, ...(lastKnown ? { lastKnown } : {}) },
      deadline,
    );
    logRemoval(log, 'aws-auth', outcome);
    return outcome.removed;
  } catch (error) {
    // In mode API nobody reads aws-auth any more (GT-50): cleaning it is a courtesy.
    const courtesy = cluster.authenticationMode === 'API' || (mayBeDenied && error instanceof NoRights);
    if (!courtesy || !(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'aws-auth was not looked at', { reason: error.message });
    return false;
  }
}

async function leaveAccessEntries(
  invocation: Invocation,
  cluster: Cluster,
  { key, desired }: Target,
  healByEquality: boolean,
): Promise<RemoveOutcome & { readonly awsAuthIsClean: boolean }> {
  const { log, owner, deadline } = invocation;
  const translation = desired && attempt(() => toAccessEntry(desired, cluster.partition));
  const lastKnown = translation && 'entry' in translation ? translation.entry : undefined;
  const outcome = await removeAccessEntry(
    accessEntryStore(invocation),
    {
      cluster: cluster.name,
      ...(desired && desired.principal.type !== 'account' ? { principalArn: desired.principal.arn } : {}),
      canonicalArn: key,
      owner,
      ...(lastKnown ? { lastKnown } : {}),
      healByEquality,
    },
    deadline,
  );
  logRemoval(log, 'access entries', outcome);
  return outcome;
}

function logRemoval(log: Log, place: string, { removed, note, warning, before, after }: RemoveOutcome): void {
  if (warning) log('WARN', warning);
  log('INFO', removed ? `removed from ${place}` : `nothing to remove from ${place}`, { note, before, after });
}

function isNodeTarget({ desired }: Target): boolean {
  return desired?.type !== undefined && desired.type !== 'STANDARD';
}

async function usableCluster({ edges }: Invocation, name: string): Promise<Cluster> {
  const cluster = await edges.describeCluster(name);
  if (cluster.status === 'ACTIVE' || cluster.status === 'UPDATING') return cluster;
  throw invalidRequest(
    `cluster "${name}" is ${cluster.status}: it must be ACTIVE before anybody can be mapped`,
  );
}

async function clusterIfAny({ edges }: Invocation, name: string): Promise<Cluster | undefined> {
  try {
    return await edges.describeCluster(name);
  } catch (error) {
    if (hasCode(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** The stores, with every write remembered: a failure then answers with an id that CloudFormation will delete. */
function configMapStore({ edges, progress }: Invocation, cluster: Cluster): ConfigMapStore {
  const store = edges.configMapStore(cluster);
  return {
    read: () => store.read(),
    replace: (configMap) => writing(progress, () => store.replace(configMap)),
    make: () => writing(progress, () => store.make()),
  };
}

function accessEntryStore({ edges, progress }: Invocation): AccessEntryStore {
  const store = edges.accessEntryStore();
  return { ...store, apply: (...parameters) => writing(progress, () => store.apply(...parameters)) };
}

/** While a write is under way, and after one whose answer was lost, it may have happened (CR-13). */
async function writing<T>(progress: Progress, write: () => Promise<T>): Promise<T> {
  const before = progress.mayHaveWritten;
  progress.mayHaveWritten = true;
  try {
    return await write();
  } catch (error) {
    const refused = hasCode(
      error,
      'InvalidRequest',
      'AccessDenied',
      'AlreadyExists',
      'ResourceConflict',
      'NotFound',
      'Throttling',
    );
    if (refused) progress.mayHaveWritten = before;
    throw error;
  }
}

/** Undefined where the old properties cannot be said in this back end's words: then there is nothing to compare with. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}
