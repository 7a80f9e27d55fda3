/** An event that a later one of the same resource has overtaken changes nothing (CR-24). */
import { planPut, planRemove } from '../../../access/aws-auth/plan';
import { claim } from '../../../access/access-entry/claim';
import { recordTags } from '../../../access/access-entry/owner-tags';
import { release } from '../../../access/access-entry/release';
import { readOwnership } from '../../../access/aws-auth/owners-annotation';
import { LateEvent } from '../../../access/late-event';
import { alone } from './alone';

const OWNER = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'A' };
const ARN = 'arn:aws:iam::111122223333:role/foo';
const AT = 1_767_225_600_000;

describe('in aws-auth', () => {
  const nothing = { data: {}, annotations: {} };
  const intent = (groups: readonly string[], requestedAt: number | undefined, isNew = true) => ({
    key: ARN,
    mapping: { section: 'mapRoles' as const, arn: ARN, username: 'ann', groups },
    owner: OWNER,
    requestedAt,
    existingEntry: 'FAIL' as const,
    isNew,
    surroundings: alone(isNew ? undefined : OWNER, OWNER),
  });
  const written = planPut(nothing, intent(['a'], AT)).write ?? nothing;

  test('the record has the date', () => {
    expect(readOwnership(written.annotations).get(ARN)?.at).toBe(AT);
  });

  test('the date alone is no reason to write', () => {
    expect(planPut(written, intent(['a'], AT + 60_000, false)).write).toBeUndefined();
  });

  test('a change brings the date along', () => {
    const changed = planPut(written, intent(['b'], AT + 60_000, false)).write ?? nothing;
    expect(readOwnership(changed.annotations).get(ARN)?.at).toBe(AT + 60_000);
  });

  test('an older event is refused', () => {
    expect(() => planPut(written, intent(['b'], AT - 60_000, false))).toThrow(LateEvent);
    const removal = { key: ARN, owner: OWNER, requestedAt: AT - 60_000 };
    expect(() => planRemove(written, removal)).toThrow(LateEvent);
  });
});

describe('on an access entry', () => {
  const entry = {
    principalArn: ARN,
    type: 'STANDARD' as const,
    username: 'ann',
    groups: ['a'],
    policies: [],
    tags: {},
  };
  const current = {
    ...entry,
    accessEntryArn: 'arn:aws:eks:us-east-1:111122223333:access-entry/c/role/111122223333/foo/1',
    tags: { ...recordTags({ owner: OWNER, at: AT }) },
    createdAt: new Date(AT),
  };
  const request = (requestedAt: number) => ({
    cluster: 'c',
    entry,
    owner: OWNER,
    requestedAt,
    existingEntry: 'FAIL' as const,
    isNew: false,
    isOwnTry: false,
    surroundings: alone(OWNER, OWNER),
  });

  test('the record has the date, as a tag of its own', () => {
    expect(claim(current, request(AT + 60_000)).target.tags).toMatchObject({
      'cfn-eks-access:at': String(AT + 60_000),
    });
  });

  test('an older event is refused', () => {
    expect(() => claim(current, request(AT - 60_000))).toThrow(LateEvent);
    const removal = { owner: OWNER, requestedAt: AT - 60_000, equalIsOwn: false };
    expect(() => release(current, removal)).toThrow(LateEvent);
  });
});
