/**
 * What the law has to notice: the product with one of its fixes undone, by a patch on its source when the bundle is
 * made. A patch whose text is no longer there fails loudly (`bundle.ts`).
 */
import { type Patch } from './bundle';
import seeds from './mutant-seeds.json';

export interface Mutant extends Patch {
  readonly name: string;
  /** What the product then does. */
  readonly undoes: string;
  /** The walk that notices it where random sequences seldom do; left out: a seed does. */
  readonly walk?: string;
}

/** How many sequences may pass before a mutant is found. */
export const LIMIT = 5_000;

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'unconditional-put',
    undoes:
      'aws-auth is written without the version that was read: what another tool wrote meanwhile is lost',
    file: 'access/aws-auth/reconcile.ts',
    text: 'const metadata = { ...object.metadata, annotations };',
    becomes: 'const { resourceVersion: _version, ...metadata } = { ...object.metadata, annotations };',
  },
  {
    name: 'real-id-of-nothing',
    undoes: 'a Create that wrote nothing answers with the real id',
    file: 'lambda/handler.ts',
    text: 'failureId(request, envelope, mayHaveActed(error) ? writtenIdOf(request) : undefined)',
    becomes: 'failureId(request, envelope, writtenIdOf(request))',
  },
  {
    name: 'owner-ignored',
    undoes: 'a Delete removes an entry whose record names another resource',
    file: 'access/ownership-removal.ts',
    text: 'if (record && !isSameOwner(record.owner, owner)) {',
    becomes: 'if (record && owner === undefined) {',
  },
  {
    name: 'late-served',
    undoes: 'an event that a later one has overtaken is served',
    file: 'access/ownership-record.ts',
    text: '(at ?? 0) - SKEW_MS',
    becomes: '(at ?? 0) - 1e12',
  },
  {
    name: 'nodes-for-all',
    undoes: 'a node mapping without record may be taken over',
    file: 'access/ownership.ts',
    text: "  if (entry.protects === 'node' && !entry.givesAsDesired) return refusedHere(facts, 'node');\n",
    becomes: '',
  },
  {
    name: 'provider-for-all',
    undoes: 'the mapping of the provider itself may be taken over',
    file: 'access/ownership.ts',
    text: "if (facts.isProvidersRole || here.entry?.protects === 'provider')",
    becomes: 'if (facts.isProvidersRole === null)',
  },
  {
    name: 'siblings-for-all',
    undoes: 'an Update in place takes what another logical id of its stack holds',
    file: 'access/ownership.ts',
    text: "  return isNew ? standing !== 'sibling of a new stack' : standing === 'sibling in a rollback';",
    becomes: '  return isNew || !isNew;',
  },
  {
    name: 'other-place-unseen',
    undoes: 'the other place is never looked at',
    file: 'access/surroundings.ts',
    text: "elsewhere: looks ? await ownership.elsewhere(recorded) : { state: 'nothing' }",
    becomes: "elsewhere: looks === undefined ? await ownership.elsewhere() : { state: 'nothing' }",
  },
  {
    name: 'equality-anywhere',
    undoes: 'what equals the old properties is removed though the mapping never lived there',
    file: 'lambda/other-places.ts',
    text: 'const mayBeEqual = mayHaveLeft && !isNowhereElse;',
    becomes: 'const mayBeEqual = mayHaveLeft !== undefined;',
  },
  {
    name: 'old-place-first',
    undoes: 'a mapping that moves leaves the old place before it is in the new one',
    file: 'lambda/lifecycle.ts',
    text: '  const done = await put(invocation, { cluster, placement, ...wanted });',
    becomes: `  if (!wanted.isNew)
    await removeFromOtherPlaces(invocation, cluster, placement.backEnd, wanted, { isMade: false, wasOwn: true, isNowhereElse: false });
  const done = await put(invocation, { cluster, placement, ...wanted });`,
  },
  {
    name: 'attempts-for-state',
    walk: 'a replacement that is cancelled and cannot be taken back in time',
    undoes: 'old properties of another principal are taken for what is there',
    file: 'lambda/lifecycle.ts',
    text: 'const isSame = old !== undefined && physicalIdOf(old) === physicalResourceId;',
    becomes: 'const isSame = old !== undefined;',
  },
  {
    name: 'known-everywhere',
    undoes: 'what equals the old properties is the resource’s own in a place where it never lived',
    file: 'lambda/put.ts',
    text: 'return formerPlace(invocation, cluster, previous)?.place === place;',
    becomes: 'return previous !== undefined;',
  },
  {
    name: 'foreign-id-served',
    undoes: 'the Delete of another provider’s id removes the mapping that took its place',
    file: 'lambda/late-delivery.ts',
    text: `    return 'no work';`,
    becomes: `    return 'serve';`,
  },
  {
    name: 'nodes-of-anyone',
    undoes: 'a Create takes any equal access entry of nodes for its own',
    file: 'access/access-entry/reconcile.ts',
    text: '(current !== undefined && state.made?.createdAt.getTime() === current.createdAt.getTime());',
    becomes: 'current !== undefined;',
  },
  {
    name: 'sibling-of-a-new-stack',
    undoes: 'the second of two resources of a new stack takes the first one’s mapping',
    file: 'access/ownership.ts',
    text: `  return isNew ? standing !== 'sibling of a new stack' : standing === 'sibling in a rollback';`,
    becomes: `  return isNew || standing === 'sibling in a rollback';`,
  },
  {
    name: 'cleaning-must-succeed',
    undoes: 'a rollback fails for an attempt that cannot be looked for',
    file: 'lambda/cancelled-replacement.ts',
    text: `    log('WARN', 'what a cancelled replacement may have left was not looked for', {`,
    becomes: `    if (cancelled) throw error;
    log('WARN', 'what a cancelled replacement may have left was not looked for', {`,
  },
  {
    name: 'moving-must-succeed',
    walk: 'the way back onto a mapping in aws-auth over which a person has made an access entry',
    undoes: 'an Update onto what is there fails for an entry that blocks its move',
    file: 'lambda/put.ts',
    text: 'const stays = mayStay ? await presentPlace() : undefined;',
    becomes: 'const stays = mayStay === undefined ? await presentPlace() : undefined;',
  },
  {
    name: 'late-unasked',
    undoes: 'CloudFormation is not asked about events that come late',
    file: 'lambda/late-delivery.ts',
    text: 'if (!asksCloudFormation(delivery)) return work();',
    becomes: 'if (delivery) return work();',
  },
  {
    name: 'no-mark',
    undoes: 'a Delete that finds nothing leaves no mark',
    file: 'lambda/remove.ts',
    text: 'const leavesMark = mayBeWriting ? markOf(invocation, cluster) : undefined;',
    becomes: 'const leavesMark = mayBeWriting === undefined ? markOf(invocation, cluster) : undefined;',
  },
  {
    name: 'way-back-unfenced',
    walk: 'a write to aws-auth that happens after the way back from the Update that asked for it',
    undoes: 'the way back from an Update does not look where its write may be under way',
    file: 'lambda/other-places.ts',
    text: 'const mayBeWriting = backEnd.place === last?.place;',
    becomes: 'const mayBeWriting = last === null;',
  },
  {
    name: 'unwanted-kept',
    undoes: 'what CloudFormation no longer wants stays mapped',
    file: 'lambda/put.ts',
    text: 'if (isStillWanted(resource, physicalResourceId, kind)) return;',
    becomes: 'if (resource) return;',
  },
  {
    name: 'taken-unasked',
    walk: 'a young duplicate of an Update after the stack is gone, where another stack’s nodes join the cluster by now',
    undoes: 'an Update takes an entry without asking whether it is still awaited',
    file: 'access/surroundings.ts',
    text: 'if (changesAnything(taking)) await request.ownership.refuseIfLate();',
    becomes: 'if (changesAnything === undefined) await request.ownership.refuseIfLate();',
  },
  {
    name: 'cleaned-at-rest',
    walk: 'a young duplicate of a clean-up Delete after a person has made the same entry',
    undoes: 'a clean-up Delete removes what equals its properties when its stack is at rest',
    file: 'lambda/remove.ts',
    text: '(!isAtRest || (await isBusy(edges.stacks, owner)));',
    becomes: '(!isAtRest || isBusy !== undefined);',
  },
  {
    name: 'given-back-to-nobody',
    walk: 'a rename that retains the old name',
    undoes: 'an entry goes back to a resource that is gone',
    file: 'access/ownership-removal.ts',
    text: 'previousOf(record, facts.gone)',
    becomes: 'previousOf(record)',
  },
  {
    name: 'mark-believed',
    walk: 'the same, where the access entry says that aws-auth holds nothing of it',
    undoes: 'an access entry’s mark is believed after the mapping has moved to aws-auth',
    file: 'lambda/remove.ts',
    text: 'if (outcome.isNowhereElse && backEnd.place === placed?.place) return;',
    becomes: 'if (outcome.isNowhereElse) return;',
  },
  {
    name: 'moved-unseen',
    walk: 'a move to aws-auth while the access entry may not be looked at',
    undoes: 'a mapping moves to aws-auth though its access entry, which overrides it, may not be looked at',
    file: 'lambda/ownership-questions.ts',
    text: 'if (isLeft && !(await isRollback(invocation))) throw error;',
    becomes: 'if (isLeft === undefined) throw error;',
  },
  {
    name: 'adopted-lost',
    walk: 'a rename of an adopted mapping to nodes, whose entry could not keep what was there before',
    undoes: 'a rename to nodes forgets what ADOPT had found',
    file: 'access/access-entry/claim.ts',
    text: `      if (!isStandard(request.entry) && keepsEntry(verdict.record)) throw losesAdopted(current, request);
      const renamed`,
    becomes: '      const renamed',
  },
  {
    name: 'found-inherited',
    walk: 'REPLACE of an adopted entry that stops between two calls',
    undoes: 'what another owner had kept is read as the new owner’s until a second call',
    file: 'access/access-entry/plan-tags.ts',
    text: '(isHandedOver && isRecordTag(name)) ||',
    becomes: '(isHandedOver && name === TAGS.at) ||',
  },
  {
    name: 'try-in-place',
    walk: 'a rename of nodes from aws-auth to an access entry whose answer was lost',
    undoes: 'a Create that is tried again meets the other place as an Update in place does',
    file: 'access/access-entry/claim.ts',
    text: '    isNew,\n    existingEntry,\n    isProvidersRole',
    becomes: '    isNew: isNew && !request.isOwnTry,\n    existingEntry,\n    isProvidersRole',
  },
  {
    name: 'mark-outlived',
    walk: 'a move to aws-auth that stops half-way, on whose way back EKS allows nothing',
    undoes: 'an access entry goes on saying that aws-auth holds nothing of its owner, who writes there',
    file: 'access/access-entry/unmark.ts',
    text: 'keys: [TAGS.awsAuth]',
    becomes: 'keys: [TAGS.found]',
  },
  {
    name: 'nothing-answered-made',
    walk: 'REPLACE of a node’s access entry as it is, where aws-auth may not be changed',
    undoes: 'a Create that took a node’s access entry as it is, and failed then, answers with the real id',
    file: 'lambda/after-write.ts',
    text: 'return !isNew || changed || wasOwn ?',
    becomes: 'return !isNew || isNew || changed || wasOwn ?',
  },
  {
    name: 'rest-kept',
    walk: 'the Delete of an old name that stops between two calls',
    undoes: 'the rest of what was kept is read with what is kept now, until a second call',
    file: 'access/access-entry/plan-tags.ts',
    text: ' || (isRewritten && isChunkOf(name, TAGS.found))',
    becomes: ' || (isRewritten && name === TAGS.at)',
  },
  {
    name: 'taking-unguarded',
    undoes: 'ADOPT and REPLACE take entries whatever the guardrail says',
    file: 'access/ownership.ts',
    text: `  if (!mayTakeOver(record !== undefined)) return refusedHere(facts, 'guardrail');
`,
    becomes: '',
  },
  {
    name: 'overriding-unguarded',
    undoes: 'an access entry overrides aws-auth whatever ExistingEntry says',
    file: 'access/ownership.ts',
    text: `  if (existingEntry === 'FAIL') return refusedThere(facts, 'exists');
`,
    becomes: '',
  },
  {
    name: 'dead-mapping',
    undoes: 'ADOPT makes a mapping that is dead under another owner’s access entry',
    file: 'access/ownership.ts',
    text: `  return there.overrides ? refusedThere(facts, 'overridden') : 'left';`,
    becomes: `  return 'left';`,
  },
  {
    name: 'nodes-of-eks',
    undoes: 'the mapping of a node that moved to API forgets that it lived in aws-auth',
    file: 'lambda/other-places.ts',
    text: 'if (isNode(desired) && !isMade && !isRead(',
    becomes: 'if (isNode(desired) && isMade === undefined && !isRead(',
  },
  {
    name: 'orphan-in-force',
    walk: 'a new mapping over what a failed clean-up of its name has left',
    undoes: 'a new mapping leaves an access entry of its own in force over it',
    file: 'lambda/lifecycle.ts',
    text: "if ((!isNew && isMoved) || outcome.elsewhere === 'ours')",
    becomes: 'if (!isNew && isMoved)',
  },
  {
    name: 'create-known-by-place',
    walk: 'a rename to nodes whose answer was lost',
    undoes: 'another try of an event does not know the access entry of nodes that the first one made',
    file: 'access/access-entry/apply.ts',
    text: 'applyOnce(action, on.requestToken, on)',
    becomes: 'applyOnce(action, on.requestToken && `${on.requestToken}-${actions.indexOf(action)}`, on)',
  },
  {
    name: 'forced-moved',
    undoes: 'the schedule moves what its template forces into aws-auth',
    file: 'access/following/verdict.ts',
    text: 'if (facts.forced)',
    becomes: 'if (facts.forced === null)',
  },
  {
    name: 'run-dated',
    undoes: 'a run of the schedule dates the record itself',
    file: 'lambda/scheduled/move.ts',
    text: 'requestedAt: record.at,',
    becomes: 'requestedAt: deadline.now(),',
  },
  {
    name: 'mapping-first',
    undoes: 'the schedule takes the mapping out of aws-auth before its access entry is in place',
    file: 'lambda/scheduled/move.ts',
    text: 'const put = await putEntry(run, cluster, move);',
    becomes: `await takeOutOfAwsAuth(run, cluster, { move, liveness: 'live', outcome: undefined });
    const put = await putEntry(run, cluster, move);`,
  },
  {
    name: 'entry-kept',
    walk: 'the stack is deleted just before a run makes the access entry, which is taken back',
    undoes: 'a run does not ask CloudFormation whether what it has moved is still wanted',
    file: 'lambda/scheduled/take-out.ts',
    text: 'if (isWanted(put.liveness, now, isTakenOut)) {',
    becomes: 'if (now) {',
  },
  {
    name: 'taken-as-read',
    walk: 'an Update forces the mapping into aws-auth just before a run makes the access entry, which is taken back',
    undoes: 'a run takes a mapping out of aws-auth though an event has changed it since it was read',
    file: 'lambda/scheduled/take-out.ts',
    text: 'if (stateOf(now) !== stateOf(mapping)) throw new Overtaken(false);',
    becomes: '',
  },
  {
    name: 'report-moves',
    undoes: 'a run that is to report moves mappings',
    file: 'lambda/scheduled/follow.ts',
    text: 'else if (run.moves) moves.push',
    becomes: 'else if (run) moves.push',
  },
  {
    name: 'ended-stays',
    undoes: 'a run leaves mappings in aws-auth that have ended',
    file: 'lambda/scheduled/follow.ts',
    text: 'if (isExpired(run, mapping.record)) await expireInAwsAuth(run, cluster, mapping);',
    becomes: '',
  },
  {
    name: 'ended-though-extended',
    walk: 'an Update gives a later date while a run is under way (API_AND_CONFIG_MAP)',
    undoes: 'a run ends an access entry that has got a later date since it was looked at',
    file: 'lambda/scheduled/expire.ts',
    text: 'if (record && !isExpired(run, record)) throw overtakenEvent();',
    becomes: '',
  },
  {
    name: 'ended-while-busy',
    walk: 'a run while an Update gives a later date (CONFIG_MAP)',
    undoes: 'a run ends a mapping that a stack operation is changing',
    file: 'lambda/scheduled/expire.ts',
    text: "if (liveness === 'busy' || liveness === 'deleting')",
    becomes: "if (liveness === 'deleting')",
  },
  {
    name: 'cleaned-up-moved',
    walk: 'a run while a replacement cleans up the mapping before it',
    undoes: 'a run moves the mapping of an id that is being cleaned up',
    file: 'lambda/scheduled/liveness.ts',
    text: "return liveness === 'replaced' ? afterReplacement(await stacks.stack(owner.stackId)) : liveness;",
    becomes: "return liveness === 'replaced' ? 'gone' : liveness;",
  },
  {
    name: 'looked-once',
    walk: 'a run moves the mapping that another stack’s Create is about to replace in aws-auth',
    undoes: 'the other place is not looked at again though the record here has gone meanwhile',
    file: 'lambda/ownership-questions.ts',
    text: "const key = recorded ? describeOwner(recorded) : '';",
    becomes: "const key = recorded === null ? describeOwner(recorded) : '';",
  },
  {
    name: 'ended-known',
    walk: 'a person maps the principal as before once the mapping has ended: neither Update nor Delete takes that',
    undoes: 'an Update takes what equals a mapping that has ended for its own',
    file: 'lambda/put.ts',
    text: 'hadEnded: hasEnded(former?.expiresAt, deadline.now()),',
    becomes: '',
  },
  {
    name: 'ended-equal',
    walk: 'the same, and the stack is deleted at once',
    undoes: 'a Delete removes what equals a mapping that has ended',
    file: 'lambda/remove.ts',
    text: "desired?.existingEntry === 'ADOPT' || hasEnded(desired?.expiresAt, deadline.now());",
    becomes: "desired?.existingEntry === 'ADOPT';",
  },
  {
    name: 'ended-unmade',
    walk: 'a Create whose answer was lost, tried again when its mapping has ended',
    undoes: 'another try of a Create answers that nothing was made, because its mapping has ended since',
    file: 'lambda/expired.ts',
    text: 'throw withActed(expiredError(expiresAt), mayBeMapped);',
    becomes: 'throw withActed(expiredError(expiresAt), mayBeMapped === null);',
  },
  {
    name: 'ended-is-new',
    walk: 'the way back from a replacement onto a mapping that has ended meanwhile',
    undoes: 'the way back from a replacement is refused when the mapping before it has ended',
    file: 'lambda/expired.ts',
    text: 'if (!isNew || (await isRollback(invocation))) return;',
    becomes: 'if (!isNew || isRollback === null) return;',
  },
  {
    name: 'foreign-tags-removed',
    undoes: 'tags that nobody named are removed from the entry',
    file: 'access/access-entry/plan-tags.ts',
    text: 'const keys = target.tagsToRemove.filter(',
    becomes: 'const keys = [...target.tagsToRemove, ...Object.keys(current.tags)].filter(',
  },
  {
    name: 'policies-not-given-back',
    undoes: 'an entry that was adopted keeps the policies that its stack had associated',
    file: 'access/access-entry/release.ts',
    text: 'return { ...previous, tags, tagsToRemove:',
    becomes: 'return { ...previous, policies: current?.policies ?? previous.policies, tags, tagsToRemove:',
  },
  {
    name: 'policies-stay',
    undoes: 'a policy that is no longer asked for, or was not found, stays associated',
    file: 'access/access-entry/plan-policies.ts',
    text: '.filter(({ policyArn }) => !wanted.has(policyArn))',
    becomes: '.filter(({ policyArn }) => !wanted.has(policyArn) && wanted.size === 0)',
  },
  {
    name: 'scope-unseen',
    undoes: 'a policy that is there counts as it is asked for, whatever its scope',
    file: 'access/access-entry/plan-policies.ts',
    text: "return JSON.stringify([policyArn, scope, scope === 'cluster' ? '' : unorderedKey(namespaces)]);",
    becomes: 'return JSON.stringify([policyArn, scope && namespaces ? 0 : 1]);',
  },
];

/** The seed that found each, as `npm run law:bites` printed it. */
export function seedOf(name: string): number {
  const seed = (seeds as Readonly<Record<string, number>>)[name];
  if (seed === undefined) throw new Error(`no seed is known for ${name}: run npm run law:bites`);
  return seed;
}
