/** What an answer says has to be true. */
import { type Cluster, tagsOfContent } from './cluster';
import { PLACES, PRINCIPALS } from './names';
import { askedLogin, askedRights, askedTags, hasEnded } from './mapping';
import { type Answer, type Delivery, type Request, wasBlind } from './request';
import { type Cell, isUnclear, stackOf } from './cell';
import { recordsIn } from './records';
import { rightsOf } from './rights-given';
import { type SeenWorld } from './seen-world';

export interface AnswerTaken {
  readonly world: SeenWorld;
  readonly delivery: Delivery;
  readonly answers: readonly Answer[];
}

/** Gives what is wrong. */
export function checkAnswer({ world, delivery, answers }: AnswerTaken): readonly string[] {
  const [answer] = answers;
  if (!answer || answers.length > 1) return [`${answers.length} answers to one delivery`];
  const { request } = delivery;
  // What CloudFormation no longer waits for is judged by what it changed.
  if (delivery.startedSettled || request.type === 'Delete') return [];
  // What it says may have been over when it was given: it is what a serial order would have said (`at-once.ts`).
  if (delivery.rival === 'another event') return [];
  return answer.Status === 'SUCCESS'
    ? checkSuccess(world, delivery, answer)
    : checkFailure(world, delivery, answer.PhysicalResourceId);
}

function checkSuccess(
  { cluster, ledger, time }: SeenWorld,
  delivery: Delivery,
  { Data }: Answer,
): readonly string[] {
  const { type, mapping, owner } = delivery.request;
  // A mapping that has ended lets nobody in, and its Update succeeds.
  if (hasEnded(mapping, time.now())) return [];
  const place = Data?.['AuthenticationMode'] === 'API' ? 'API' : 'CONFIG_MAP';
  const taken = ledger.judgeSuccess(delivery, place, mapping.principal);
  if (taken !== undefined) return [taken];
  // Which may be between two calls.
  if (delivery.rival === 'a copy') return [];
  // The old name's access entry stays in force until the Delete of the old name, which its stack has yet to send.
  const overriding = place === 'CONFIG_MAP' ? ledger.holder('API', mapping.principal) : undefined;
  if (overriding !== undefined && overriding !== owner && stackOf(overriding) === stackOf(owner)) return [];
  // An Update onto what is there does not fail for an access entry that a person, or another stack, made over it
  // meanwhile (docs/design.md, section 2).
  const isOverridden = place === 'CONFIG_MAP' && cluster.content('API', mapping.principal) !== undefined;
  if (type === 'Update' && isOverridden) return [];
  // The log says that what is there could not be seen (docs/design.md, section 2).
  if (wasBlind(delivery)) return [];
  const login = cluster.login(mapping.principal);
  const asked = askedLogin(mapping);
  // Without its record an entry is adopted from itself, and the tags of the template were found.
  if (login === asked && isUnclear(ledger.cell('API', mapping.principal))) return [];
  return login === asked
    ? [
        ...checkRights(cluster, delivery.request),
        ...checkTags(cluster, delivery.request, ledger.cell('API', mapping.principal)),
      ]
    : [`answered SUCCESS, and the principal logs in as ${login ?? 'nobody'}, not ${asked}`];
}

/** On the way back what the cluster no longer binds is a warning (docs/decisions/0017-rights-by-policy-or-by-group.md). */
function checkRights(cluster: Cluster, { mapping, stackStatus }: Request): readonly string[] {
  if (stackStatus.includes('ROLLBACK')) return [];
  const has = rightsOf(cluster, mapping.principal);
  return askedRights(mapping)
    .filter((token) => !has.has(token))
    .map((token) => `answered SUCCESS, and the principal has no ${token}`);
}

/** The tags that the template names, and of what it no longer names none but those that were found. */
function checkTags(
  { entries }: Cluster,
  { mapping, old, physicalId, stackStatus }: Request,
  { found }: Cell,
): readonly string[] {
  const has = entries.get(PRINCIPALS[mapping.principal])?.tags ?? {};
  const asked = askedTags(mapping);
  // Neither an attempt that was refused nor another provider has put any on that could be taken off.
  const isFromOld = !stackStatus.includes('ROLLBACK') && physicalId?.includes('|');
  const dropped = isFromOld && old?.principal === mapping.principal ? Object.keys(askedTags(old)) : [];
  const given = [...found.values()].map((content) => (content === undefined ? {} : tagsOfContent(content)));
  const isBack = (key: string): boolean =>
    asked[key] === undefined && given.some((tags) => tags[key] === has[key]);
  const wrong = [...new Set([...dropped, ...Object.keys(asked)])].filter(
    (key) => has[key] !== asked[key] && !isBack(key),
  );
  return wrong.map(
    (key) => `answered SUCCESS, and the tag ${key} is ${has[key] ?? 'none'}, not ${asked[key] ?? 'none'}`,
  );
}

function checkFailure(world: SeenWorld, delivery: Delivery, id: string): readonly string[] {
  const { request } = delivery;
  const { owner, mapping } = request;
  const isHeld = PLACES.some(
    (place) =>
      !isUnclear(world.ledger.cell(place, mapping.principal)) &&
      world.ledger.holder(place, mapping.principal) === owner &&
      ![undefined, world.foreign.content(place, mapping.principal)].includes(
        world.cluster.content(place, mapping.principal),
      ),
  );
  if (request.type === 'Create') {
    // Late enough to be another try: its Delete looks for the record.
    if (id.startsWith('create-unknown|'))
      return delivery.startedAt - request.requestedAt >= 45_000 ? [] : ['took a first try for another one'];
    if (!id.startsWith('create-failed|')) {
      // What a clean-up that failed has left under this name the Delete takes away.
      const isRecorded = recordsIn(world.cluster.configMap).get(mapping.principal)?.owner === owner;
      // Held up until its ExpiresAt had come, it may be another try of what was written.
      const mayHaveWritten = request.runs > 1 || hasEnded(mapping, world.time.now());
      return delivery.writes > 0 || isHeld || isRecorded || mayHaveWritten
        ? []
        : ['answered a real id, and wrote nothing'];
    }
    // What another copy has made goes: it asks whether it is wanted after it has written; or its answer was the first.
    const isOfAnother = delivery.rival === 'a copy' || request.answers.length > 1;
    return isHeld && !isOfAnother ? ['answered that nothing was made, and the mapping is there'] : [];
  }
  return [];
}
