/** What the table of plan.test.ts has no room for: chains of owners, twins, sections, damage, words. */
import { DocumentError } from '../../../access/aws-auth/editing/edit';
import { planPut, planRemove } from '../../../access/aws-auth/plan';
import { OWNERS_ANNOTATION } from '../../../access/contract';
import {
  ADMIN,
  adopting,
  AFTER,
  after,
  ARN,
  BEFORE,
  DIFFERENT,
  EQUAL,
  given,
  MAPPING,
  OTHER,
  OURS,
  PATHED,
  put,
  recordAt,
  removing,
  SIBLING,
} from './aws-auth-given';
import { type AwsAuth } from '../../../access/aws-auth/intent';

const twin = (username: string): string => `- rolearn: ${ARN}\n  username: ${username}\n`;
const leave = (state: AwsAuth, owner = OURS): AwsAuth => after(state, planRemove(state, { key: ARN, owner }));
const enter = (state: AwsAuth, owner = OURS): AwsAuth =>
  after(state, planPut(state, adopting('ADOPT', owner)));

describe('a chain of owners', () => {
  const start = given(BEFORE + DIFFERENT + AFTER);
  const both = enter(enter(start, OTHER), OURS);

  test.each([
    ['the last first', [OURS, OTHER]],
    ['the first first', [OTHER, OURS]],
  ])('two stacks leave, %s: what they found is back, byte for byte', (_, order) => {
    expect(order.reduce(leave, both)).toEqual(start);
  });

  test('who leaves first leaves the entry to the other', () => {
    expect(recordAt(leave(both, OURS))).toEqual(recordAt(enter(start, OTHER)));
    expect(recordAt(leave(both, OTHER))).toEqual(recordAt(enter(start, OURS)));
    expect(planRemove(both, removing({ owner: OTHER }))).toMatchObject({
      removed: false,
      adopted: false,
      note: 'the entry belongs to Entry of stack app',
    });
  });

  test('who takes it back again and again stands in it once, and leaves nothing behind', () => {
    const again = enter(enter(enter(both, OTHER), OURS), OTHER);
    expect(recordAt(again)?.previous?.owner).toEqual(OURS);
    expect(recordAt(again)?.previous?.previous).toEqual(recordAt(both)?.previous?.previous);
    expect(leave(leave(again, OTHER), OURS)).toEqual(start);
    expect(leave(leave(again, OURS), OTHER)).toEqual(start);
  });

  test('a record that names its owner twice, as older ones may, is not given back to who leaves', () => {
    const text = 'rolearn: x';
    const state = given(BEFORE + EQUAL, {
      owner: OURS,
      previous: { text: `rolearn: ${ARN}`, owner: OTHER, previous: { text, owner: OURS } },
    });
    expect(recordAt(leave(state))).toEqual({ owner: OTHER });
  });

  test('a rename: the new name has it, the Delete of the old one and of the new one leave nothing', () => {
    const old = after(given(BEFORE), planPut(given(BEFORE), put({ owner: SIBLING })));
    const renamed = after(old, planPut(old, put({ mapping: { ...MAPPING, groups: ['b'] } })));
    expect(recordAt(renamed)?.owner).toEqual(OURS);
    expect(leave(renamed)).toEqual(old); // rolled back
    expect(leave(leave(renamed, SIBLING))).toEqual(given(BEFORE));
  });
});

describe('Delete', () => {
  test.each(['an entry', ''])('says what it did not find: %s', (entry) => {
    const plan = planRemove(given(BEFORE + (entry && DIFFERENT)), removing());
    expect(plan).toEqual({
      adopted: false,
      removed: false,
      note: entry ? 'the entry is not this resource’s' : 'the entry was not found',
    });
  });

  test('of a recorded entry that has gone drops the record', () => {
    const plan = planRemove(given(BEFORE, { owner: OURS }), removing());
    expect(plan).toMatchObject({
      removed: false,
      adopted: false,
      note: 'the entry was not found',
      write: given(BEFORE),
    });
  });

  test('leaves alone what does not load, beside it', () => {
    const dropped = '- username: nobody\n- just text\n';
    const start = given(dropped + BEFORE);
    const mapped = after(start, planPut(start, put()));
    expect(mapped.data['mapRoles']).toContain(dropped + BEFORE);
    expect(after(mapped, planRemove(mapped, removing()))).toEqual(start);
  });

  test('says what was there', () => {
    const plan = planRemove(given(BEFORE + DIFFERENT, { owner: OURS }), removing());
    expect(plan).toMatchObject({ removed: true, adopted: false, before: { username: 'theirs' } });
    expect(plan).not.toHaveProperty('warning');
  });

  test('without a record nor properties leaves alone what it cannot know', () => {
    expect(planRemove(given(BEFORE + EQUAL), { key: ARN, owner: OURS }).write).toBeUndefined();
  });

  test('heals a wiped record: an equal entry is removed, in either section', () => {
    const users = `- userarn: ${ARN}\n  username: joe\n  groups: [team-a]\n`;
    const plan = planRemove(given(undefined, undefined, { mapUsers: users }), removing());
    expect(plan.write?.data).toEqual({});
  });

  test('lets no shadowed entry become active, in neither section (GT-21, GT-26)', () => {
    const users = `- userarn: ${ARN}\n  username: c\n- userarn: x\n`;
    const state = given(
      twin('a') + BEFORE + twin('b') + AFTER + twin('c'),
      { owner: OURS },
      { mapUsers: users },
    );
    expect(planRemove(state, removing()).write).toEqual(
      given(BEFORE + AFTER, undefined, { mapUsers: '- userarn: x\n' }),
    );
  });

  test('gives back an adopted entry where its own stands, under what somebody has put over it since', () => {
    const found = BEFORE + DIFFERENT + AFTER;
    const adopted = enter(given(found));
    const text = adopted.data['mapRoles'] ?? '';
    const shadowed = { ...adopted, data: { ...adopted.data, mapRoles: text + twin('z') } };
    expect(planRemove(shadowed, removing()).write).toEqual(given(found + twin('z')));
  });

  test.each([
    ['mapRoles', { mapRoles: '- [' }],
    ['mapUsers', { mapRoles: BEFORE, mapUsers: '- [' }],
  ])('keeps the record while %s cannot be read: the entry may stand there', (section, data) => {
    const state = given(undefined, { owner: OURS }, data);
    expect(() => planRemove(state, removing())).toThrow(DocumentError);
    expect(() => planRemove(state, removing())).toThrow(expect.objectContaining({ section }) as Error);
  });

  test('removes the entry from a section that can be read beside one that cannot', () => {
    const state = given(BEFORE + EQUAL, { owner: OURS }, { mapUsers: '- [' });
    expect(planRemove(state, removing()).write?.data).toEqual({ mapRoles: BEFORE, mapUsers: '- [' });
  });

  test('of what has become the provider’s own mapping leaves it, and says so', () => {
    const provider = `${BEFORE}- rolearn: ${ARN}\n  groups: [cfn-eks-access]\n`;
    const plan = planRemove(given(provider + EQUAL, { owner: OURS }), removing());
    expect(plan).toMatchObject({ removed: false, write: given(provider + EQUAL) });
    expect(plan.warning).toMatch(/^the entry is now the provider’s own mapping and was kept/);
    const beside = given(provider + EQUAL, { owner: OURS }, { mapUsers: '- [' });
    expect(planRemove(beside, removing()).warning).toBe(plan.warning);
    expect(plan.note).toBe(plan.warning);
  });

  test.each([
    ['the last administrator', BEFORE + ADMIN, /^nobody is in system:masters through aws-auth any more/],
    ['one of two', BEFORE + ADMIN + AFTER.replace('ops', 'system:masters'), undefined],
    ['the only one under mapRoles', BEFORE + ADMIN, undefined],
  ])('warns when it was %s (GT-51)', (who, text, warning) => {
    const mapUsers = '- userarn: arn:aws:iam::111122223333:user/a\n  groups: [system:masters]\n';
    const state = given(text, { owner: OURS }, who.includes('mapRoles') ? { mapUsers } : {});
    const plan = planRemove(state, removing());
    expect(plan.removed).toBe(true);
    if (warning === undefined) expect(plan.warning).toBeUndefined();
    else expect(plan.warning).toMatch(warning);
  });
});

describe('Create and Update', () => {
  test('into a ConfigMap that holds nothing', () => {
    expect(planPut({ data: {}, annotations: {} }, put())).toMatchObject({
      adopted: false,
      after: MAPPING,
      write: { data: { mapRoles: expect.stringContaining(`rolearn: "${ARN}"`) as string } },
    });
  });

  test('say when a recorded entry had gone', () => {
    expect(planPut(given(BEFORE, { owner: OURS }), put()).note).toBe(
      'the recorded entry had gone from aws-auth',
    );
    expect(planPut(given(BEFORE), put())).not.toHaveProperty('note');
  });

  test('change the entry in force, whatever stands above it', () => {
    const plan = planPut(given(twin('a') + AFTER + twin('b')), put({ existingEntry: 'REPLACE' }));
    expect(plan).toMatchObject({ before: { index: 2, username: 'b' }, after: MAPPING, adopted: false });
    expect(plan.write?.data['mapRoles']).toContain(twin('a') + AFTER);
  });

  test('edit a role under mapUsers where it stands (GT-26)', () => {
    const mapUsers = `- userarn: ${ARN} # here\n`;
    const plan = planPut(given(BEFORE, { owner: OURS }, { mapUsers }), put());
    expect(plan.after).toEqual({ ...MAPPING, section: 'mapUsers' });
    expect(plan.write?.data).toEqual({
      mapRoles: BEFORE,
      mapUsers: `- userarn: ${ARN} # here\n  username: "joe"\n  groups:\n  - "team-a"\n`,
    });
  });

  test('write a user’s path as it is now (GT-31)', () => {
    const arn = 'arn:aws:iam::111122223333:user/new/zoe';
    const key = 'arn:aws:iam::111122223333:user/zoe';
    const state = given(undefined, undefined, { mapUsers: PATHED });
    const intent = put({ key, mapping: { ...MAPPING, section: 'mapUsers', arn }, existingEntry: 'ADOPT' });
    expect(planPut(state, intent).write?.data['mapUsers']).toBe(PATHED.replace(/arn:\S+/, `"${arn}"`));
  });

  test('take an entry that equals the properties before the Update for their own', () => {
    const previous = { ...MAPPING, username: 'theirs', groups: ['ops'] };
    const state = given(BEFORE + DIFFERENT);
    expect(recordAt(after(state, planPut(state, put({ isNew: false, previous }))))).toEqual({
      owner: OURS,
    });
    expect(() => planPut(state, put({ isNew: true, previous }))).toThrow(/already mapped/);
  });

  test.each([
    [
      'nobody',
      undefined,
      `${ARN} is already mapped in aws-auth (mapRoles) by an unknown owner (no ownership record): remove that entry, or set ExistingEntry to ADOPT or REPLACE to take it over`,
    ],
    [
      'somebody',
      { owner: OTHER },
      `${ARN} is already mapped in aws-auth (mapRoles) by Theirs of stack other: remove that entry, or set ExistingEntry to ADOPT or REPLACE to take it over`,
    ],
  ])('name whom they found: %s', (_, record, message) => {
    expect(() => planPut(given(BEFORE + DIFFERENT, record), put())).toThrow(message);
  });

  test('name the account they found', () => {
    const account = { section: 'mapAccounts', accountId: '012345678901' } as const;
    const state = given(undefined, undefined, { mapAccounts: '- "012345678901"\n' });
    expect(() => planPut(state, put({ key: account.accountId, mapping: account }))).toThrow(
      /^account 012345678901 is already mapped in aws-auth \(mapAccounts\)/,
    );
  });

  test('make nobody the provider, and take over neither it nor nodes, by name', () => {
    const mapping = { ...MAPPING, groups: ['x', 'cfn-eks-access'] };
    expect(() => planPut(given(BEFORE), put({ mapping }))).toThrow(
      expect.objectContaining({
        code: 'AccessDenied',
        message: expect.stringMatching(/^Groups has "cfn-eks-access", which may edit aws-auth/) as string,
      }) as Error,
    );
    const provider = `- rolearn: ${ARN}\n  groups: [cfn-eks-access]\n`;
    expect(() => planPut(given(provider + EQUAL), adopting('REPLACE'))).toThrow(
      `${ARN} is how the provider itself reaches this cluster: no stack may take it over`,
    );
    const node = `- rolearn: ${ARN}\n  groups: ["system:nodes"]\n`;
    expect(() => planPut(given(node + EQUAL), adopting('REPLACE'))).toThrow(
      `${ARN} lets nodes join the cluster and was not made by a stack: no stack may take it over`,
    );
  });

  test.each(['{', '{"s":[]}'])('leave a broken annotation alone: %s', (text) => {
    const state = { ...given(BEFORE + EQUAL), annotations: { [OWNERS_ANNOTATION]: text } };
    expect(() => planPut(state, put())).toThrow(/restore it, or remove it/);
    expect(() => planRemove(state, removing())).toThrow(/restore it, or remove it/);
  });

  test('never past the limits of the API server (GT-61)', () => {
    const state = given(`${BEFORE}# ${'x'.repeat(1_048_400)}\n`);
    expect(() => planPut(state, put())).toThrow(/bytes of data and may have 1048576/);
    const full = { ...given(BEFORE), annotations: { big: 'x'.repeat(262_100) } };
    expect(() => planPut(full, put())).toThrow(/bytes and may have 262144/);
  });
});
