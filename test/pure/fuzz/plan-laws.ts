/** The laws of the plans, over one section of a ConfigMap. */
import { readAwsAuth } from '../../../access/aws-auth/reading/login';
import { entryText } from '../access/aws-auth/editing/edited-text';
import { entriesOf } from '../../../access/aws-auth/reading/entries';
import { type IdentityMapping } from '../../../access/aws-auth/identity-mapping';
import { planPut, planRemove } from '../access/aws-auth/plan-alone';
import { type Plan } from '../../../access/aws-auth/plan';
import { ProviderError } from '../../../access/errors';
import { type ExistingEntry } from '../../../access/desired-access';
import { hold, type Case } from './laws';
import { type AwsAuth } from '../../../access/aws-auth/intent';

const OWNER = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/guid', logicalId: 'Entry' };
const FOO = 'arn:aws:iam::111122223333:role/foo';
const ZOE = 'arn:aws:iam::111122223333:user/zoe';

/** How many plans were carried out. */
export function checkPlans({ section, text, which }: Case): number {
  const data = { [section]: text, other: '- x\n' };
  const start: AwsAuth = { data, annotations: { 'a/b': 'c', zebra: '[]' } };
  const existingEntry: ExistingEntry = which % 3 === 0 ? 'FAIL' : 'ADOPT';
  const [key, mapping] = askedOf(section, which);
  const put = planOrUndefined(() =>
    planPut(start, { key, mapping, owner: OWNER, existingEntry, isNew: which % 5 !== 0 }),
  );
  if (put === undefined) return 0;
  const state = put.write ?? start;
  const before = foreign(start, key);
  hold('put leaves what is foreign', foreign(state, key) === before, () => foreign(state, key));
  const again = planPut(state, { key, mapping, owner: OWNER, existingEntry, isNew: true });
  hold('put twice', again.write === undefined, () => JSON.stringify(again.write));
  const gone = planOrUndefined(() => planRemove(state, { key, owner: OWNER, lastKnown: mapping }));
  if (gone === undefined) return 1;
  const end = gone.write ?? state;
  hold('remove leaves what is foreign', foreign(end, key) === before, () => foreign(end, key));
  const { 'cfn-eks-access/owners': left } = end.annotations;
  hold('remove leaves no record', left === undefined, () => left ?? '');
  return 2;
}

function askedOf(section: Case['section'], which: number): [string, IdentityMapping] {
  if (section === 'mapAccounts') return ['012345678901', { section, accountId: '012345678901' }];
  const arn = which % 2 === 0 ? FOO : ZOE;
  return [arn, { section: arn === FOO ? 'mapRoles' : 'mapUsers', arn, username: 'joe', groups: ['team-a'] }];
}

/** Undefined where a stack author gets a sentence; a fault of ours is none of these. */
function planOrUndefined(plan: () => Plan): Plan | undefined {
  try {
    return plan();
  } catch (error) {
    if (error instanceof ProviderError && error.code !== 'InternalFailure') return undefined;
    throw error;
  }
}

/** Entries of others with their bytes, what does not load, and all that is not aws-auth's. */
function foreign({ data, annotations }: AwsAuth, key: string): string {
  const { 'cfn-eks-access/owners': _, ...rest } = annotations;
  const reading = readAwsAuth(data);
  const own = new Set<object>(entriesOf(reading, key));
  const sections = Object.values(reading).map(({ section, entries, dropped, notices, error }) => [
    error === undefined ? 'readable' : data[section],
    entries
      .filter((entry) => !own.has(entry))
      .map((entry) => [
        { ...entry, index: 0 },
        error === undefined ? entryText(section, data[section] ?? '', entry.index) : '',
        notices.filter(({ index }) => index === entry.index).map(({ field, problem }) => field + problem),
      ]),
    dropped.map(({ reason }) => reason),
  ]);
  return JSON.stringify([sections, rest, data['other']]);
}
