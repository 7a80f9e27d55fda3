/** Sees every change that one run of the function makes, has it judged at once, and notes what is wrong with it. */
import { type Place } from '../../../../access/place';
import { entryContent as contentOf } from './cluster';
import { changesOf, checkForeignText } from './foreign-text';
import { principalOf, type PrincipalName } from './names';
import { type Delivery, type Request } from './request';
import { type Witness } from './stores';
import { type SeenWorld } from './seen-world';

export function witnessOf(world: SeenWorld, delivery: Delivery): Witness {
  const { ledger, cluster } = world;
  const { request } = delivery;
  /** Tags and annotations as this delivery met them: what comes back to that is a record given back. */
  const met = new Map<string, string>();
  const judge = (place: Place, name: PrincipalName | undefined, before?: string, after?: string): void => {
    const why = name
      ? ledger.judge(delivery, { place, name, before, after })
      : 'changed a principal that no resource names';
    const what = `${place} ${name ?? ''}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
    if (why !== undefined) world.violate(`${label(request)}: ${why} (${what})`);
  };
  /** Whose it is may change without what it says. */
  const judgeRecord = (place: Place, name: PrincipalName | undefined): void => {
    const isOwn = name && ledger.holder(place, name) === request.owner;
    const content = name && cluster.content(place, name);
    if (request.type !== 'Delete' && !isOwn && content !== undefined) judge(place, name, content, content);
  };
  return {
    awsAuthWritten: (before, after) => {
      const changes = changesOf(before, after);
      for (const { arn, was, is } of changes) judge('CONFIG_MAP', principalOf(arn), was, is);
      const [recordsBefore, recordsAfter] = [before, after].map((state) =>
        JSON.stringify(state?.annotations),
      );
      if (!met.has('aws-auth')) met.set('aws-auth', recordsBefore ?? '{}');
      const isGivenBack = met.get('aws-auth') === recordsAfter && recordsBefore !== recordsAfter;
      const { principal } = request.mapping;
      if (changes.length > 0) met.set('aws-auth', '');
      else if (isGivenBack) ledger.releaseCell(request.owner, 'CONFIG_MAP', principal);
      else if (before) judgeRecord('CONFIG_MAP', principal);
      for (const what of checkForeignText(world, before, after)) world.violate(`${label(request)}: ${what}`);
    },
    entryWritten: (arn, before, after) => {
      const name = principalOf(arn);
      const [was, is] = [before, after].map((entry) => entry && contentOf(entry));
      const [tagsBefore, tagsAfter] = [before, after].map((entry) => JSON.stringify(entry?.tags));
      if (!met.has(arn) && tagsBefore !== undefined) met.set(arn, tagsBefore);
      const isGivenBack = met.get(arn) === tagsAfter && tagsBefore !== tagsAfter;
      if (was !== is) judge('API', name, was, is);
      else if (isGivenBack && name) ledger.releaseCell(request.owner, 'API', name);
      else judgeRecord('API', name);
    },
  };
}

/** For messages. */
export function label({ type, stack, logicalId, id }: Request): string {
  return `${type} of ${stack}.${logicalId} (${id})`;
}
