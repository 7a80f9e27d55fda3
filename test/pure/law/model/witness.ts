/** Sees every change that one run of the function makes, has it judged at once, and notes what is wrong with it. */
import { LAST_DELETE_ANNOTATION } from '../../../../access/contract';
import { type Place } from '../../../../access/place';
import { holdOn, letGo, noteHandOver } from './cell';
import { passOn } from './half-done';
import { type ConfigMapState, entryContent as contentOf } from './cluster';
import { ForeignTags } from './foreign-tags';
import { changesOf, checkForeignText } from './foreign-text';
import { PRINCIPAL_NAMES, principalOf, type PrincipalName } from './names';
import { keepsFor, type Recorded, recordOn, recordsIn } from './records';
import { type Delivery, type Request } from './request';
import { type RbacWitness } from './rbac-store';
import { RightsWitness, rbacWitness } from './rights-witness';
import { type Witness } from './stores';
import { type SeenWorld } from './seen-world';

export function witnessOf(world: SeenWorld, delivery: Delivery): Witness & RbacWitness {
  const { ledger, cluster } = world;
  const { request } = delivery;
  const judge = (place: Place, name: PrincipalName | undefined, before?: string, after?: string): void => {
    const why = name
      ? ledger.judge(delivery, { place, name, before, after })
      : 'changed a principal that no resource names';
    const what = `${place} ${name ?? ''}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
    if (why !== undefined) world.violate(`${label(request)}: ${why} (${what})`);
  };
  const tags = new ForeignTags();
  const violate = (what: string): void => world.violate(`${label(request)}: ${what}`);
  const rights = new RightsWitness(world, delivery, violate);
  /** Whose it is may change without what it says. */
  const judgeRecord = (place: Place, name: PrincipalName, wasOurs: boolean, isOurs: boolean): void => {
    // What this event gave back is followed by its record.
    const isGoingOn = ledger.cell(place, name).lastDelivery === delivery;
    const content = cluster.content(place, name);
    if (wasOurs && !isOurs) {
      const cell = ledger.cell(place, name);
      // A copy of an event that takes back what it took: its resource may have had it before another one.
      const isAsMet = isGoingOn && request.type !== 'Delete' && cell.met?.content === content;
      if (isAsMet) cell.holders = [...(cell.met?.holders ?? [])];
      else ledger.releaseCell(request.owner, place, name);
      noteHandOver(ledger.cell(place, name), delivery, content);
      if (content === world.foreign.content(place, name)) letGo(ledger.cell(place, name), request.owner);
      if (isGoingOn) ledger.takenBack(place, name);
    }
    if (wasOurs || !isOurs || content === undefined) return;
    if (ledger.holder(place, name) !== request.owner && !isGoingOn) judge(place, name, content, content);
  };
  /** Another resource has the entry, and this one's Delete, or its Update to another place, has come. */
  const dropLink = (place: Place, name: PrincipalName, had?: Recorded, has?: Recorded): void => {
    const isDropped = keepsFor(had, request.owner) && !keepsFor(has, request.owner);
    if (isDropped && !isFor(request, has)) ledger.releaseCell(request.owner, place, name);
  };
  return {
    ...rbacWitness(world, delivery, violate),
    awsAuthWritten: (before, after) => {
      if (isOvertaken(world, delivery) && !isMark(before, after))
        world.violate(`${label(request)}: wrote after a later event had succeeded`);
      const changes = changesOf(before, after);
      for (const { arn, was, is } of changes) judge('CONFIG_MAP', principalOf(arn), was, is);
      rights.written('CONFIG_MAP', changes);
      const changed = changes.map(({ arn }) => principalOf(arn));
      const [had, has] = [recordsIn(before), recordsIn(after)];
      for (const name of PRINCIPAL_NAMES.filter((name) => !changed.includes(name))) {
        judgeRecord('CONFIG_MAP', name, isFor(request, had.get(name)), isFor(request, has.get(name)));
        if (isFor(request, had.get(name)))
          passOn(ledger.cell('CONFIG_MAP', name), request.owner, has.get(name)?.owner);
        dropLink('CONFIG_MAP', name, had.get(name), has.get(name));
      }
      for (const what of checkForeignText(world, before, after)) world.violate(`${label(request)}: ${what}`);
    },
    entryWritten: (arn, before, after) => {
      const name = principalOf(arn);
      for (const what of tags.lost(arn, before, after)) world.violate(`${label(request)}: ${what}`);
      const [was, is] = [before, after].map((entry) => entry && contentOf(entry));
      if (was !== is) {
        judge('API', name, was, is);
        rights.written('API', [{ arn, was }]);
        // A call that EKS carries out after its Delete has failed is followed by none that would hand the record over.
        const isCutOff = request.type === 'Delete' && request.isSettled && isFor(request, recordOn(after));
        if (name && isCutOff) holdOn(ledger.cell('API', name), request.owner);
      } else if (name) {
        judgeRecord('API', name, isFor(request, recordOn(before)), isFor(request, recordOn(after)));
        dropLink('API', name, recordOn(before), recordOn(after));
      }
    },
  };
}

/** The late write of an Update, when a later event of the same mapping has told CloudFormation what is in force. */
function isOvertaken({ requests, cluster }: SeenWorld, { request, fault }: Delivery): boolean {
  const isLate = fault?.kind === 'late' && request.type === 'Update' && request.answers.length > 0;
  // What REPLACE takes over may go in any case.
  if (!isLate || !cluster.reads('CONFIG_MAP') || request.mapping.existing === 'REPLACE') return false;
  const later = requests.slice(requests.indexOf(request) + 1);
  return later.some(
    ({ owner, mapping, answers }) =>
      owner === request.owner &&
      mapping.principal === request.mapping.principal &&
      answers[0]?.Status === 'SUCCESS',
  );
}

/** Whether all that was written is the mark of a Delete that found nothing: it is in nobody's way. */
function isMark(before: ConfigMapState | undefined, after: ConfigMapState): boolean {
  const unmarked = (state: ConfigMapState | undefined): string => {
    const { [LAST_DELETE_ANNOTATION]: _, ...annotations } = state?.annotations ?? {};
    return JSON.stringify([state?.data, annotations]);
  };
  return unmarked(before) === unmarked(after);
}

/** Whether the record says that the one who asks owns it: what is done with a record is seen, never believed. */
function isFor({ owner }: Request, record: Recorded | undefined): boolean {
  return record?.owner === owner;
}

/** For messages. */
export function label({ type, stack, logicalId, id }: Request): string {
  return `${type} of ${stack}.${logicalId} (${id})`;
}
