/** What the ownership table has no room for: previous owners, duplicates, sections, damage, words. */
import { DocumentError } from '../../../../access/aws-auth/editing/document-error';
import { planPut, planRemove } from './plan-alone';
import { OWNERS_ANNOTATION } from '../../../../access/contract';
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
import { type AwsAuth } from '../../../../access/aws-auth/intent';

const duplicate = (username: string): string => `- rolearn: ${ARN}\n  username: ${username}\n`;
const leave = (state: AwsAuth, owner = OURS): AwsAuth => after(state, planRemove(state, { key: ARN, owner }));
const enter = (state: AwsAuth, owner = OURS): AwsAuth =>
  after(state, planPut(state, adopting('ADOPT', owner)));

describe('previous owners', () => {
  const start = given(BEFORE + AFTER);
  const theirs = enter(start, OTHER);
  const both = enter(theirs, OURS);

  test.each([
    ['the last first', [OURS, OTHER]],
    ['the first first', [OTHER, OURS]],
  ])('two stacks leave, %s: what they found is back, byte for byte', (_, order) => {
    expect(order.reduce(leave, both)).toEqual(start);
  });

  test('who leaves first leaves the entry to the other', () => {
    expect(leave(both, OURS)).toEqual(theirs);
    expect(recordAt(leave(both, OTHER))).toEqual(recordAt(enter(start, OURS)));
    expect(planRemove(both, removing({ owner: OTHER }))).toMatchObject({
      removed: false,
      adopted: false,
      note: 'the entry belongs to Entry of stack app',
    });
  });

  test('who takes it back again and again is kept once, and leaves nothing after the last Delete', () => {
    const again = enter(enter(enter(both, OTHER), OURS), OTHER);
    expect(recordAt(again)).toEqual({
      owner: OTHER,
      found: { value: expect.any(String) as string, owner: OURS },
    });
    expect(leave(leave(again, OTHER), OURS)).toEqual(start);
    expect(leave(leave(again, OURS), OTHER)).toEqual(start);
  });

  test('what is itself adopted is not adopted, until its owner has left; REPLACE takes it', () => {
    const found = given(BEFORE + DIFFERENT + AFTER);
    const adopted = enter(found, OTHER);
    expect(() => enter(adopted, OURS)).toThrow(
      expect.objectContaining({
        code: 'AlreadyExists',
        message: `${ARN} is already mapped in aws-auth (mapRoles) by Theirs of stack other, which took it over itself and keeps what was there before, so that ExistingEntry: ADOPT could not put both back: delete that mapping first, or set ExistingEntry to REPLACE, after which neither is put back`,
      }) as Error,
    );
    expect(leave(enter(leave(adopted, OTHER), OURS))).toEqual(found);
    const replaced = after(adopted, planPut(adopted, adopting('REPLACE')));
    expect(recordAt(replaced)).toEqual({ owner: OURS });
    expect(leave(replaced).data).toEqual({ mapRoles: BEFORE + AFTER });
  });

  test('a record that names its owner twice, as none should, is not given back to who leaves', () => {
    const state = given(BEFORE + EQUAL, {
      owner: OURS,
      found: { value: `rolearn: ${ARN}`, owner: OURS },
    });
    expect(leave(state)).toEqual(given(BEFORE));
  });

  test('a rename of what was adopted keeps what was found, forth and back', () => {
    const found = given(BEFORE + DIFFERENT + AFTER);
    const old = enter(found, SIBLING);
    const renamed = after(old, planPut(old, put({ mapping: { ...MAPPING, groups: ['b'] } })));
    expect(planPut(old, put()).adopted).toBe(true);
    expect(leave(renamed)).toEqual(old); // rolled back
    expect(leave(leave(renamed), SIBLING)).toEqual(found);
    expect(leave(leave(renamed, SIBLING))).toEqual(found);
    expect(recordAt(leave(renamed, SIBLING))).toEqual({ owner: OURS, found: recordAt(old)?.found });
  });

  test('a rename there and back again does not nest, and leaves nothing', () => {
    const old = after(given(BEFORE), planPut(given(BEFORE), put({ owner: SIBLING })));
    const to = (state: AwsAuth, owner = OURS) => after(state, planPut(state, put({ owner })));
    const once = to(to(old), SIBLING);
    const again = to(to(to(to(once), SIBLING)), SIBLING);
    expect(again).toEqual(once);
    expect(recordAt(again)).toEqual({
      owner: SIBLING,
      renamedFrom: { value: expect.any(String) as string, owner: OURS },
    });
    expect(leave(leave(again), SIBLING)).toEqual(given(BEFORE));
    expect(leave(leave(again, SIBLING))).toEqual(given(BEFORE));
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
      wasThere: entry !== '',
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

  test('lets no duplicate become active, in neither section (GT-21, GT-26)', () => {
    const users = `- userarn: ${ARN}\n  username: c\n- userarn: x\n`;
    const state = given(
      duplicate('a') + BEFORE + duplicate('b') + AFTER + duplicate('c'),
      { owner: OURS },
      { mapUsers: users },
    );
    expect(planRemove(state, removing()).write).toEqual(
      given(BEFORE + AFTER, undefined, { mapUsers: '- userarn: x\n' }),
    );
  });

  test('gives back an adopted entry where its own is, under what another tool has put over it since', () => {
    const found = BEFORE + DIFFERENT + AFTER;
    const adopted = enter(given(found));
    const text = adopted.data['mapRoles'] ?? '';
    const shadowed = { ...adopted, data: { ...adopted.data, mapRoles: text + duplicate('z') } };
    expect(planRemove(shadowed, removing()).write).toEqual(given(found + duplicate('z')));
  });

  test.each([
    ['mapRoles', { mapRoles: '- [' }],
    ['mapUsers', { mapRoles: BEFORE, mapUsers: '- [' }],
  ])('keeps the record while %s cannot be read: the entry may be there', (section, data) => {
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
    [
      'the last administrator',
      BEFORE + ADMIN,
      /^no principal is in system:masters through aws-auth any more/,
    ],
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

  test('change the entry in force, whatever is above it', () => {
    const plan = planPut(given(duplicate('a') + AFTER + duplicate('b')), put({ existingEntry: 'REPLACE' }));
    expect(plan).toMatchObject({ before: { index: 2, username: 'b' }, after: MAPPING, adopted: false });
    expect(plan.write?.data['mapRoles']).toContain(duplicate('a') + AFTER);
  });

  test('edit a role under mapUsers where it is (GT-26)', () => {
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
    expect(() => planPut(given(node + DIFFERENT), adopting('REPLACE'))).toThrow(
      `${ARN} lets nodes join the cluster and was not made by a stack: no stack may take it over`,
    );
  });

  test('give back to the section that the kept entry is from, when the other one holds the principal too', () => {
    const zoe = 'arn:aws:iam::111122223333:user/team/Zoe';
    const mapping = { section: 'mapUsers', arn: zoe, username: 'u', groups: [] } as const;
    const state = {
      data: {
        mapRoles: `- rolearn: ${zoe}\n  username: u\n`,
        mapUsers: `- userarn: ${zoe}\n  username: u\n`,
      },
      annotations: {},
    };
    const key = 'arn:aws:iam::111122223333:user/zoe';
    const moved = { ...mapping, arn: key };
    const adopted = after(
      state,
      planPut(state, put({ key, mapping: moved, existingEntry: 'ADOPT', isNew: false })),
    );
    const left = planRemove(adopted, removing({ key, lastKnown: mapping }));
    expect(left.write?.data).toEqual(state.data);
  });

  test('leave an annotation of a newer provider alone', () => {
    const state = { ...given(BEFORE + EQUAL), annotations: { [OWNERS_ANNOTATION]: '{"v":2}' } };
    expect(() => planPut(state, put())).toThrow(/has version 2, written by a newer provider/);
    expect(() => planRemove(state, removing())).toThrow(/has version 2, written by a newer provider/);
  });

  test('keep what a newer provider has written into our record', () => {
    const more = { arn: 'as the template has it' };
    const recorded = planPut(given(BEFORE + DIFFERENT, { owner: OURS, more }), put());
    expect(recordAt(after(given(BEFORE), recorded))).toEqual({ owner: OURS, more });
    const gone = planPut(given(BEFORE, { owner: OURS, more }), put());
    expect(recordAt(after(given(BEFORE), gone))).toEqual({ owner: OURS, more });
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

describe('a section without entries is the same bytes after the last one has come and gone', () => {
  const other = 'arn:aws:iam::111122223333:role/bar';
  const second = { key: other, mapping: { ...MAPPING, arn: other } };

  test.each([undefined, '', '\n', ' \n', '# none\n', '# none', '---\n', '[]', '[]\n', '[ ]', '---\n[]\n'])(
    '%j',
    (section) => {
      const before = given(section);
      const first = after(before, planPut(before, put()));
      expect(after(first, planRemove(first, removing())).data).toEqual(before.data);
      const both = after(first, planPut(first, put(second)));
      const removals = [removing(), removing({ key: other, lastKnown: second.mapping })];
      for (const order of [removals, removals.toReversed()]) {
        const gone = order.reduce((state, removal) => after(state, planRemove(state, removal)), both);
        expect(gone.data).toEqual(before.data);
      }
    },
  );
});
