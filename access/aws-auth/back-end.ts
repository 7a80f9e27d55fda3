/** The ConfigMap aws-auth of one cluster, as a back end among others. */
import { type BackEnd } from '../back-end';
import { type DesiredAccess } from '../desired-access';
import { ProviderError, undefinedIfRefused } from '../errors';
import { identityOf } from '../login-identity';
import { concerns } from '../ownership-record';
import { isRoleOfSet } from '../permission-set';
import { principalKeyOf } from '../principal-key';
import { factsOf } from '../record-facts';
import { type Deadline } from '../retry';
import { type IdentityMapping } from './identity-mapping';
import { type ConfigMapStore } from './port';
import { putIdentityMapping } from './put';
import { removeIdentityMapping } from './remove';
import { readOwnership } from './owners-annotation';
import { entriesOf } from './reading/entries';
import { parseSection } from './reading/parse-section';
import { readingOf, SectionReader } from './reading/section-reader';
import { sightingOf } from './sighting';
import { toIdentityMapping } from './translate';
import { awsAuthTranslator } from './translator';

/** `openStore` is called when the cluster is first to be reached: a cluster that is being made has no endpoint yet. */
export function openAwsAuth(openStore: () => ConfigMapStore): BackEnd<IdentityMapping> {
  let kept: SectionReader | undefined;
  const readerOf = (deadline: Deadline): SectionReader =>
    (kept ??= new SectionReader(parseSection, () => throwIfOver(deadline)));
  return {
    ...awsAuthTranslator,
    put: async (
      {
        key,
        target,
        owner,
        requestedAt,
        existingEntry,
        isNew,
        isReplacement,
        hadEnded,
        previous,
        effective,
        ownership,
        facts,
        leavesMark,
      },
      deadline,
    ) => {
      const intent = {
        key,
        mapping: target,
        owner,
        requestedAt,
        existingEntry,
        isNew,
        isReplacement,
        hadEnded,
        previous: mappingOf(previous),
        facts,
      };
      const request = { intent, desired: identityOf(effective), ownership, leavesMark };
      return putIdentityMapping(openStore(), request, deadline, readerOf(deadline));
    },
    remove: async ({ lastKnown, equalIsOwn, isGone, ...request }, deadline) => {
      const { key, owner, set, requestedAt, isReplaced, isProvidersRole, leavesMark, marksRemoval } = request;
      const known = equalIsOwn ? mappingOf(lastKnown) : undefined;
      const whose = { key, owner, set, requestedAt, lastKnown: known, isReplaced, isProvidersRole };
      const intent = { ...whose, leavesMark, marksRemoval };
      return removeIdentityMapping(openStore(), { intent, isGone }, deadline, readerOf(deadline));
    },
    look: async ({ key }, deadline) => {
      const { data, annotations } = (await openStore().read()) ?? { data: {}, annotations: {} };
      const entries = entriesOf(readingOf(readerOf(deadline).readAll(data)), key);
      return sightingOf(entries, readOwnership(annotations).get(key));
    },
    recordedRoles: async ({ set, owner }) => {
      const { annotations } = (await openStore().read()) ?? { annotations: {} };
      return [...readOwnership(annotations)]
        .filter(([key, record]) => isRoleOfSet(key, set) && concerns(record, owner))
        .map(([key, record]) => {
          const { arn } = factsOf(record);
          return arn !== undefined && principalKeyOf(arn) === key ? arn : key;
        });
    },
  };
}

/** While a plan computes no timer fires, so the deadline's signal says nothing: the clock does. */
function throwIfOver(deadline: Deadline): void {
  deadline.signal.throwIfAborted();
  if (deadline.remainingMs() > 0) return;
  throw new ProviderError(
    'NotStabilized',
    'the time of the invocation ran out while aws-auth was being planned: run the stack operation again, and remove duplicate entries of aws-auth if there are many',
  );
}

/** Undefined where the properties of the past are nothing that aws-auth can say. */
function mappingOf(desired: DesiredAccess | undefined): IdentityMapping | undefined {
  const translation = desired && undefinedIfRefused(() => toIdentityMapping(desired));
  return translation && 'mapping' in translation ? translation.mapping : undefined;
}
