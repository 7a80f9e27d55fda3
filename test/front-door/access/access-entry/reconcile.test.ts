import { recordTags } from '../../../../access/access-entry/owner-tags';
import { questions } from '../../../pure/access/alone';
import { ProviderError } from '../../../../access/errors';
import { TAGS } from '../../../../access/contract';
import { type LocalRequest, type LocalResponse } from '../../../../local/aws/server/loopback-server';
import { DEV, type Eks, isWrite, NODE, OTHER, OWNER, POLICY, ROLE, stack, startEks } from './eks';

let eks: Eks;
beforeEach(async () => (eks = await startEks()));
afterEach(() => eks.stop());

/** As `DEV` shall look in EKS; the record aside. */
const DEV_IN_EKS = {
  principalArn: ROLE,
  type: 'STANDARD',
  username: 'dev:{{SessionName}}',
  kubernetesGroups: ['developers'],
  policies: DEV.policies,
};
const FOREIGN = {
  principalArn: ROLE,
  username: 'somebody',
  kubernetesGroups: ['old'],
  tags: { cost: '42' },
  policies: [{ policy: 'AmazonEKSEditPolicy', namespaces: ['x'] }, { policy: 'AmazonEKSAdminViewPolicy' }],
};
const entry = () => eks.cluster.accessEntry(ROLE);
/** Without what a new entry must have anew. */
const content = (view = entry()) => view && { ...view, accessEntryArn: '' };
const ownerTag = ({ stackId, logicalId }: typeof OWNER) => `v1/${stackId}/${logicalId}`;
const isCreateCall = (request: LocalRequest) =>
  request.method === 'POST' && request.path.endsWith('/access-entries');
const isAssociate = (request: LocalRequest) =>
  request.method === 'POST' && request.path.endsWith('/access-policies');
const error = (status: number, name: string, message: string) => ({
  status,
  headers: { 'x-amzn-errortype': name, 'x-amzn-requestid': 'req-7', 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

describe('create', () => {
  it('makes the entry with its policies, tags and record', async () => {
    const outcome = await eks.put({ ownership: questions(OWNER) });
    expect(entry()).toMatchObject({
      ...DEV_IN_EKS,
      tags: { team: 'blue', [TAGS.owner]: ownerTag(OWNER), [TAGS.awsAuth]: 'none' },
    });
    expect(outcome).toMatchObject({
      changed: true,
      adopted: false,
      isNowhereElse: true,
      userName: 'dev:{{SessionName}}',
      groups: ['developers'],
      accessEntryArn: entry()?.accessEntryArn,
    });
  });

  it('does nothing the second time', async () => {
    const { accessEntryArn } = await eks.put();
    const from = eks.plane.eks.requests.length;
    await expect(eks.put()).resolves.toMatchObject({ changed: false, accessEntryArn });
    expect(eks.writes(from)).toEqual([]);
  });

  it('writes down what it wrote, and nothing for that alone', async () => {
    await eks.put();
    const from = eks.plane.eks.requests.length;
    await expect(eks.put({ isNew: false, facts: {} })).resolves.toMatchObject({ changed: false });
    expect(eks.writes(from)).toEqual([]);
    await eks.put({ isNew: false, facts: {}, entry: { ...DEV, groups: ['other'] } });
    expect(entry()?.tags[TAGS.wrote]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('gives the service-made names of a node', async () => {
    await expect(eks.put({ entry: NODE })).resolves.toMatchObject({
      userName: 'system:node:{{EC2PrivateDNSName}}',
    });
    expect(entry()).toMatchObject({ type: 'EC2_LINUX', tags: {} });
  });

  it('waits for a principal that IAM has just made', async () => {
    eks.plane.iam.declareMissing(ROLE, 3);
    await eks.put();
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it('looks for a principal that does not come until the time is up, and says why', async () => {
    const started = eks.deadline.now();
    eks.plane.iam.declareMissing(ROLE);
    await expect(eks.put()).rejects.toMatchObject({
      code: 'NotStabilized',
      message: expect.stringMatching(
        /^RoleArn is .*role\/team\/Dev, which EKS does not find: .*must exist.*path.*CreateAccessEntry, request id/,
      ) as string,
    });
    expect(eks.deadline.now() - started).toBeGreaterThan(590_000 - 5_250);
    expect(eks.deadline.remainingMs()).toBeGreaterThanOrEqual(5_000);
    expect(entry()).toBeUndefined();
  });

  it('waits until EKS shows the new entry to AssociateAccessPolicy', async () => {
    eks.plane.consistency.associateMisses = 3;
    await eks.put();
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it('leaves nothing when a policy does not exist', async () => {
    const policies = [
      ...DEV.policies,
      { policyArn: `${POLICY}NoSuchPolicy`, scope: 'cluster', namespaces: [] } as const,
    ];
    await expect(eks.put({ entry: { ...DEV, policies } })).rejects.toMatchObject({
      code: 'InvalidRequest',
      message: expect.stringContaining(
        `AccessPolicies has ${POLICY}NoSuchPolicy, which EKS does not know`,
      ) as string,
    });
    expect(entry()).toBeUndefined();
  });

  it('leaves nothing when EKS does not show what was made', async () => {
    const policies = [{ policyArn: `${POLICY}NoSuchPolicy`, scope: 'cluster', namespaces: [] } as const];
    const respond = error(404, 'ResourceNotFoundException', 'The specified principalArn could not be found.');
    eks.plane.eks.injectFault({ match: (request) => !isWrite(request), times: 2, respond });
    await expect(eks.put({ entry: { ...DEV, policies } })).rejects.toMatchObject({ code: 'InvalidRequest' });
    expect(entry()).toBeUndefined();
  });

  it('leaves nothing when the answer to its making is lost and it may not go on', async () => {
    eks.plane.eks.injectFault({ match: isCreateCall, action: 'reset-after' });
    const denied = error(403, 'AccessDeniedException', 'not authorized');
    eks.plane.eks.injectFault({ match: isCreateCall, times: 100, respond: denied });
    await expect(eks.put()).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(entry()).toBeUndefined();
  });

  it.each(['reset-after', 'reset'] as const)(
    'comes to the same when an answer is lost (%s), whichever it is',
    async (action) => {
      for (const position of [0, 1, 2, 3]) {
        let seen = 0;
        eks.plane.eks.injectFault({ match: () => seen++ === position, action });
        await eks.put();
        expect(entry()).toMatchObject(DEV_IN_EKS);
        await eks.remove();
        expect(entry()).toBeUndefined();
      }
    },
  );

  it('knows a node entry of its own when the answer to its making is lost', async () => {
    eks.plane.eks.injectFault({ match: isCreateCall, action: 'reset-after' });
    await eks.put({ entry: NODE });
    expect(entry()).toMatchObject({ type: 'EC2_LINUX' });
  });

  it.each([
    ['throttled', error(429, 'ThrottlingException', 'Rate exceeded')],
    ['the service fails', error(500, 'ServerException', 'oops')],
    [
      'a gateway answers',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' },
    ],
    ['IAM does not know the new policy yet', error(403, 'AccessDeniedException', 'not authorized')],
    [
      'the cluster is being updated',
      error(
        400,
        'InvalidRequestException',
        'Cannot X because cluster prod currently has update 1 in progress',
      ),
    ],
  ])('tries again when %s', async (_, respond) => {
    eks.plane.eks.injectFault({ match: isWrite, times: 2, respond });
    eks.plane.eks.injectFault({ match: () => true, times: 2, respond });
    await eks.put();
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it.each([
    ['in seconds', { 'retry-after': '9' }, 9_000],
    ['in milliseconds', { 'x-amz-retry-after': '2500' }, 2_500],
  ])('waits as long as the service asks, %s', async (_, hint, ms) => {
    const now = (): number => eks.deadline.now();
    const calls: number[] = [];
    const throttled = error(429, 'ThrottlingException', 'Rate exceeded');
    eks.plane.eks.injectFault({
      match: (request) => isCreateCall(request) && calls.push(now()) > 0,
      respond: { ...throttled, headers: { ...throttled.headers, ...hint } },
    });
    eks.plane.eks.injectFault({ match: isCreateCall, before: () => void calls.push(now()) });
    await eks.put();
    const [first = 0, second = 0] = calls;
    expect(second - first).toBeGreaterThanOrEqual(ms);
    // Our own pause comes on top.
    expect(second - first).toBeLessThan(ms + 300);
  });

  it('fails at once when the service asks for more time than there is, and changes nothing', async () => {
    const started = eks.deadline.now();
    const throttled = error(429, 'ThrottlingException', 'Rate exceeded');
    eks.plane.eks.injectFault({
      match: isCreateCall,
      respond: { ...throttled, headers: { ...throttled.headers, 'retry-after': '3600' } },
    });
    await expect(eks.put()).rejects.toMatchObject({ code: 'Throttling' });
    expect(eks.deadline.now()).toBe(started);
    expect(entry()).toBeUndefined();
  });

  it('says which call was denied, after a minute', async () => {
    eks.plane.setAuthorize((_, action) => action !== 'eks:CreateAccessEntry');
    await expect(eks.put()).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('eks:CreateAccessEntry') as string,
    });
  });

  it('makes the entry again when an earlier try of the same event was taken back', async () => {
    const { undo } = await eks.put({ requestToken: 'same' });
    await undo();
    expect(entry()).toBeUndefined();
    await eks.deadline.pause(30_000);
    await eks.put({ requestToken: 'same' });
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it('looks again when somebody else is faster', async () => {
    eks.plane.eks.injectFault({
      match: isCreateCall,
      before: () => void eks.cluster.putAccessEntry(FOREIGN),
    });
    await expect(eks.put()).rejects.toMatchObject({ code: 'AlreadyExists' });
    expect(entry()).toMatchObject({ username: 'somebody', tags: { cost: '42' } });
  });

  it('stops at the deadline', async () => {
    eks.plane.eks.injectFault({
      match: isCreateCall,
      before: () => eks.abort.abort(new ProviderError('NotStabilized', 'time is up')),
    });
    await expect(eks.put()).rejects.toThrow('time is up');
  });
});

describe('an entry that is there already', () => {
  it('is left alone and its maker named', async () => {
    await eks.put({ owner: OTHER });
    const before = entry();
    await expect(eks.put()).rejects.toMatchObject({
      code: 'AlreadyExists',
      message: expect.stringContaining(
        'owned by Theirs of stack other: remove it there, or set ExistingEntry',
      ) as string,
    });
    expect(entry()).toEqual(before);
  });

  it('is left alone when nobody is known to have made it, equal or not', async () => {
    for (const foreign of [
      FOREIGN,
      { ...DEV_IN_EKS, policies: [{ policy: 'AmazonEKSViewPolicy', namespaces: ['a', 'b'] }] },
    ]) {
      const before = eks.cluster.putAccessEntry(foreign);
      await expect(eks.put()).rejects.toThrow('made by something else (type STANDARD');
      expect(entry()).toEqual(before);
    }
  });

  it('is put back as it was by Delete after ADOPT', async () => {
    const before = eks.cluster.putAccessEntry(FOREIGN);
    await expect(eks.put({ existingEntry: 'ADOPT' })).resolves.toMatchObject({ adopted: true });
    expect(entry()).toMatchObject({ ...DEV_IN_EKS, tags: { cost: '42', team: 'blue' } });
    await expect(eks.put({ isNew: false, previous: DEV })).resolves.toMatchObject({
      adopted: true,
      changed: false,
    });
    await expect(eks.remove()).resolves.toMatchObject({ removed: true });
    expect(sorted(entry())).toEqual(sorted(before));
  });

  it('is put back even when its type was another', async () => {
    const before = adoptedNode();
    await eks.put({ isNew: false });
    expect(entry()).toMatchObject(DEV_IN_EKS);
    await eks.remove();
    expect(content()).toEqual(content(before));
  });

  it('is refused by ADOPT when it cannot be kept', async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 46 }, (_, index) => [`tag-${index}`, 'x'.repeat(200)]),
    );
    const before = eks.cluster.putAccessEntry({ ...FOREIGN, tags });
    await expect(eks.put({ existingEntry: 'ADOPT' })).rejects.toThrow(
      'too large to be kept in tags: use REPLACE',
    );
    await expect(eks.put({ existingEntry: 'ADOPT', entry: NODE })).rejects.toThrow('cannot be tagged');
    expect(entry()).toEqual(before);
    await eks.put({ existingEntry: 'REPLACE' });
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it('is gone after REPLACE and Delete', async () => {
    eks.cluster.putAccessEntry(FOREIGN);
    await expect(eks.put({ existingEntry: 'REPLACE' })).resolves.toMatchObject({ adopted: false });
    expect(entry()).toMatchObject(DEV_IN_EKS);
    await eks.remove();
    expect(entry()).toBeUndefined();
  });

  it('as a node is another tool’s, unless this request made it', async () => {
    const before = eks.cluster.putAccessEntry({ principalArn: ROLE, type: 'EC2_LINUX' });
    await expect(eks.put({ entry: NODE })).rejects.toMatchObject({ code: 'AlreadyExists' });
    for (const existingEntry of ['ADOPT', 'REPLACE'] as const) {
      await expect(eks.put({ entry: NODE, existingEntry })).resolves.toMatchObject({ changed: false });
      await expect(eks.put({ entry: DEV, existingEntry })).rejects.toMatchObject({ code: 'AccessDenied' });
    }
    expect(entry()).toEqual(before);
  });

  it('as a node is known again by the token of its request (GT-69)', async () => {
    await expect(eks.put({ entry: NODE, requestToken: 'one' })).resolves.toMatchObject({ changed: true });
    const made = entry();
    await expect(eks.put({ entry: NODE, requestToken: 'one' })).resolves.toMatchObject({ adopted: false });
    await expect(eks.put({ entry: NODE, requestToken: 'two' })).rejects.toMatchObject({
      code: 'AlreadyExists',
    });
    expect(entry()).toEqual(made);
  });

  it('keeps a record of damaged tags from deleting an adopted entry', async () => {
    eks.cluster.putAccessEntry(FOREIGN);
    await eks.put({ existingEntry: 'ADOPT' });
    const { tags, ...rest } = present();
    const damaged = Object.fromEntries(Object.entries(tags).filter(([key]) => key !== `${TAGS.found}.1`));
    eks.cluster.putAccessEntry({ ...rest, policies: [], tags: damaged });
    await expect(eks.remove()).rejects.toThrow('another tool has changed the tags');
    expect(entry()).toBeDefined();
  });
});

describe('update', () => {
  it('sends user name and groups together, and changes policies by difference', async () => {
    await eks.put();
    const from = eks.plane.eks.requests.length;
    const wanted = {
      ...DEV,
      groups: [],
      policies: [
        { policyArn: `${POLICY}AmazonEKSViewPolicy`, scope: 'cluster', namespaces: [] },
        { policyArn: `${POLICY}AmazonEKSEditPolicy`, scope: 'namespace', namespaces: ['a'] },
      ],
      tags: { owner: 'me' },
    } as const;
    await eks.put({ isNew: false, previous: DEV, entry: wanted });
    expect(entry()).toMatchObject({
      username: DEV.username,
      kubernetesGroups: [],
      policies: wanted.policies,
    });
    expect(entry()?.tags).toEqual({ owner: 'me', [TAGS.owner]: ownerTag(OWNER) });
    const last = eks.plane.eks.requests.length;
    await eks.put({
      isNew: false,
      previous: wanted,
      entry: { ...wanted, policies: [wanted.policies[1]] },
    });
    expect(eks.writes(last)).toEqual(['DELETE policy']);
    expect(eks.writes(from)[0]).toBe('POST tags');
  });

  it('gives access before it takes access', async () => {
    await eks.put();
    const from = eks.plane.eks.requests.length;
    const policies = [
      { policyArn: `${POLICY}AmazonEKSEditPolicy`, scope: 'cluster', namespaces: [] } as const,
    ];
    await eks.put({ isNew: false, previous: DEV, entry: { ...DEV, policies } });
    expect(eks.writes(from)).toEqual(['POST policy', 'DELETE policy']);
  });

  it('never touches a node entry that is as it should be', async () => {
    await eks.put({ entry: NODE });
    const from = eks.plane.eks.requests.length;
    await eks.put({ entry: NODE, isNew: false, previous: NODE });
    expect(eks.writes(from)).toEqual([]);
  });

  it('keeps tags of others', async () => {
    await eks.put();
    eks.cluster.putAccessEntry({ ...present(), policies: [], tags: { ...present().tags, 'org:cost': '7' } });
    await eks.put({ isNew: false, previous: DEV, entry: { ...DEV, tags: {} } });
    expect(entry()?.tags).toEqual({ 'org:cost': '7', [TAGS.owner]: ownerTag(OWNER) });
  });

  it('makes the entry again when somebody has deleted it', async () => {
    await eks.put();
    eks.cluster.deleteAccessEntry(ROLE);
    await eks.put({ isNew: false, previous: DEV });
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it('changes the type by delete and create, there and back', async () => {
    await eks.put();
    await eks.put({ isNew: false, previous: DEV, entry: NODE });
    expect(entry()).toMatchObject({ type: 'EC2_LINUX', policies: [], tags: {} });
    await eks.put({ isNew: false, previous: NODE, entry: DEV });
    expect(entry()).toMatchObject({ ...DEV_IN_EKS, tags: { [TAGS.owner]: ownerTag(OWNER) } });
  });

  it('restores the entry when its new type cannot be made', async () => {
    await eks.put();
    const before = content();
    eks.plane.setAuthorize(
      (_, action, __, context) =>
        action !== 'eks:CreateAccessEntry' || context['eks:accessEntryType'] === 'STANDARD',
    );
    await expect(eks.put({ isNew: false, previous: DEV, entry: NODE })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    expect(content()).toEqual(before);
  });

  it('restores the entry when a later step fails', async () => {
    await eks.put();
    const before = sorted(entry());
    const policies = [
      { policyArn: `${POLICY}AmazonEKSViewPolicy`, scope: 'cluster', namespaces: [] },
      { policyArn: `${POLICY}NoSuchPolicy`, scope: 'cluster', namespaces: [] },
    ] as const;
    const wanted = { ...DEV, groups: ['x'], tags: { new: '1' }, policies };
    await expect(eks.put({ isNew: false, previous: DEV, entry: wanted })).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
    expect(sorted(entry())).toEqual(before);
  });

  it('says so when it cannot take back what it has written', async () => {
    eks.plane.eks.injectFault({ match: isAssociate, before: () => eks.plane.setAuthorize(() => false) });
    const failed = await eks.put().catch((reason: unknown) => reason);
    expect(failed).toMatchObject({ mayHaveActed: true });
    expect(failed).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('what had been written could not be taken back') as string,
    });
    expect(entry()).toBeDefined();
  });

  it('heals a wiped record of an entry that is as it left it, on Update alone', async () => {
    await eks.put();
    wipe();
    await expect(eks.put({ previous: DEV })).rejects.toMatchObject({ code: 'AlreadyExists' });
    await eks.put({ isNew: false, previous: DEV, entry: { ...DEV, groups: ['new'] } });
    expect(entry()).toMatchObject({ kubernetesGroups: ['new'], tags: { [TAGS.owner]: ownerTag(OWNER) } });
  });

  it('does not take an entry without record that it never asked for', async () => {
    eks.cluster.putAccessEntry(FOREIGN);
    await expect(eks.put({ isNew: false, previous: DEV })).rejects.toThrow('now has an access entry');
    expect(entry()).toMatchObject({ username: 'somebody' });
  });
});

describe('at the same time', () => {
  it('two deliveries of one event come to one entry', async () => {
    const outcomes = await Promise.all([eks.put({ requestToken: 'one' }), eks.put({ requestToken: 'one' })]);
    expect(outcomes.map(({ accessEntryArn }) => accessEntryArn)).toEqual([
      present().accessEntryArn,
      present().accessEntryArn,
    ]);
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });

  it('of two stacks one has it and the other is told', async () => {
    const outcomes = await Promise.allSettled([eks.put(), eks.put({ owner: OTHER })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'AlreadyExists' },
    });
    expect(entry()).toMatchObject(DEV_IN_EKS);
  });
});

describe('one failed call, whichever it is, changes nothing in the end', () => {
  const wider = {
    ...DEV,
    username: 'x',
    policies: [{ policyArn: `${POLICY}AmazonEKSEditPolicy`, scope: 'cluster', namespaces: [] }],
  } as const;
  const stories: readonly [string, () => Promise<unknown>][] = [
    ['update', async () => (await eks.put(), eks.put({ isNew: false, previous: DEV, entry: wider }))],
    ['another type', async () => (await eks.put({ entry: NODE }), eks.put({ isNew: false, previous: NODE }))],
    ['adoption', async () => (eks.cluster.putAccessEntry(FOREIGN), eks.put({ existingEntry: 'ADOPT' }))],
    [
      'rename',
      async () => (await eks.put(), await eks.put({ owner: OTHER, existingEntry: 'ADOPT' }), eks.remove()),
    ],
    [
      'adoption and Delete',
      async () => (
        eks.cluster.putAccessEntry(FOREIGN),
        await eks.put({ existingEntry: 'ADOPT' }),
        eks.remove()
      ),
    ],
    ['Delete', async () => (await eks.put(), eks.remove())],
  ];
  type Mishap = { readonly action: 'reset' | 'reset-after' } | { readonly respond: LocalResponse };
  const others: readonly Mishap[] = [
    { action: 'reset' },
    { respond: error(500, 'ServerException', 'oops') },
    { respond: error(429, 'ThrottlingException', 'Rate exceeded') },
  ];
  /** A lost answer at every call, and one of the others, in turn. */
  const mishapsAt = (position: number): readonly Mishap[] => [
    { action: 'reset-after' },
    others[position % others.length] ?? { action: 'reset' },
  ];

  it.each(stories)('%s', async (_, story) => {
    const from = eks.plane.eks.requests.length;
    await story();
    const calls = eks.plane.eks.requests.length - from;
    const wanted = content(sorted(entry()));
    expect(calls).toBeGreaterThan(2);
    for (let position = 0; position < calls; position += 1) {
      for (const mishap of mishapsAt(position)) {
        eks.cluster.deleteAccessEntry(ROLE);
        let seen = 0;
        eks.plane.eks.injectFault({ match: () => seen++ === position, ...mishap });
        await story();
        expect(content(sorted(entry()))).toEqual(wanted);
      }
    }
  });
});

describe('undo', () => {
  it('removes what was made', async () => {
    const { undo } = await eks.put();
    await undo();
    await undo();
    expect(entry()).toBeUndefined();
  });

  it('puts back what was changed or taken over', async () => {
    const before = eks.cluster.putAccessEntry(FOREIGN);
    for (const existingEntry of ['ADOPT', 'REPLACE'] as const) {
      const { undo } = await eks.put({ existingEntry });
      await undo();
      expect(sorted(entry())).toEqual(sorted(before));
    }
  });

  it('leaves alone what has passed to somebody else since', async () => {
    const { undo } = await eks.put();
    await eks.put({ owner: OTHER, existingEntry: 'REPLACE' });
    const theirs = entry();
    await undo();
    expect(entry()).toEqual(theirs);
  });
});

describe('rename of the logical id', () => {
  const renamed = { ...OWNER, logicalId: 'Renamed' };

  it('passes the entry on; the old id’s Delete does nothing and the new one’s removes it', async () => {
    await eks.put();
    await expect(eks.put({ owner: renamed })).resolves.toMatchObject({ adopted: false });
    await expect(eks.remove()).resolves.toMatchObject({
      removed: false,
      note: 'owned by Renamed of stack app',
    });
    expect(entry()?.tags).toEqual({ team: 'blue', [TAGS.owner]: ownerTag(renamed) });
    await expect(eks.remove({ owner: renamed })).resolves.toMatchObject({ removed: true });
    expect(entry()).toBeUndefined();
  });

  it('gives the entry back when the stack rolls back in the middle', async () => {
    await eks.put();
    const before = sorted(entry());
    await eks.put({ owner: renamed, entry: { ...DEV, groups: ['other'] } });
    await eks.remove({ owner: renamed });
    expect(sorted(entry())).toEqual(before);
  });

  it('carries an adopted entry along', async () => {
    const before = eks.cluster.putAccessEntry(FOREIGN);
    await eks.put({ existingEntry: 'ADOPT' });
    await expect(eks.put({ owner: renamed })).resolves.toMatchObject({ adopted: true });
    await eks.remove();
    await eks.remove({ owner: renamed });
    expect(sorted(entry())).toEqual(sorted(before));
  });

  it('does not grow when it goes to and fro', async () => {
    await eks.put();
    const sizes = [];
    for (const owner of [renamed, OWNER, renamed, OWNER, renamed, OWNER]) {
      await eks.put({ owner });
      sizes.push(JSON.stringify(entry()?.tags).length);
    }
    expect(Math.max(...sizes)).toBeLessThan(3_000);
    await eks.remove({ owner: renamed });
    await eks.remove();
    expect(entry()).toBeUndefined();
  });

  it('moves between stacks with ADOPT, and the last Delete removes it', async () => {
    await eks.put();
    await eks.put({ owner: OTHER, existingEntry: 'ADOPT' });
    await eks.remove();
    expect(entry()?.tags).toEqual({ team: 'blue', [TAGS.owner]: ownerTag(OTHER) });
    await eks.remove({ owner: OTHER });
    expect(entry()).toBeUndefined();
  });

  it('there and back again is rolled back to the one before', async () => {
    await eks.put();
    await eks.put({ owner: renamed });
    const before = sorted(entry());
    await eks.put({ entry: { ...DEV, groups: ['other'] } });
    await eks.remove();
    expect(sorted(entry())?.kubernetesGroups).toEqual(before?.kubernetesGroups);
    expect(entry()?.tags).toEqual({ team: 'blue', [TAGS.owner]: ownerTag(renamed) });
  });

  it('of an adopted entry keeps what was found, when it is rolled back too', async () => {
    const before = eks.cluster.putAccessEntry(FOREIGN);
    await eks.put({ existingEntry: 'ADOPT' });
    const adopted = sorted(entry());
    await eks.put({ owner: renamed, entry: { ...DEV, groups: ['other'] } });
    await eks.remove({ owner: renamed });
    expect(sorted(entry())).toEqual(adopted);
    await eks.remove();
    expect(sorted(entry())).toEqual(sorted(before));
  });

  it('of what cannot be kept in tags goes on, and keeps what was found', async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`tag-${index}`, 'x'.repeat(150)]),
    );
    const before = eks.cluster.putAccessEntry({ ...FOREIGN, tags });
    await eks.put({ existingEntry: 'ADOPT' });
    await expect(eks.put({ owner: renamed })).resolves.toMatchObject({ adopted: true });
    await eks.remove({ owner: renamed });
    expect(sorted(entry())).toEqual(sorted(before));
  });

  it('of what another stack has adopted is not adopted by a third one', async () => {
    const third = { stackId: stack('third'), logicalId: 'Third' };
    await eks.put();
    await eks.put({ owner: OTHER, existingEntry: 'ADOPT' });
    const before = entry();
    await expect(eks.put({ owner: third, existingEntry: 'ADOPT' })).rejects.toMatchObject({
      code: 'AlreadyExists',
      message: `${ROLE} already has an access entry on cluster prod, owned by Theirs of stack other, which took it over itself and keeps what was there before, so that ExistingEntry: ADOPT could not put both back: delete that mapping first, or set ExistingEntry to REPLACE, after which neither is put back`,
    });
    expect(entry()).toEqual(before);
    await eks.remove();
    await eks.put({ owner: third, existingEntry: 'ADOPT' });
    await eks.remove({ owner: third });
    expect(entry()?.tags).toEqual({ team: 'blue', [TAGS.owner]: ownerTag(OTHER) });
    await eks.remove({ owner: OTHER });
    expect(entry()).toBeUndefined();
  });

  it('gives another stack’s entry back without its mark that aws-auth was never used: its owner may have moved there since', async () => {
    await eks.put({ owner: OTHER, ownership: questions(OTHER) });
    const before = eks.cluster.accessEntries()[0];
    await eks.put({ existingEntry: 'ADOPT' });
    expect(entry()?.tags[TAGS.awsAuth]).toBeUndefined();
    await eks.remove();
    const { [TAGS.awsAuth]: mark, ...tags } = before?.tags ?? {};
    expect(mark).toBe('none');
    expect(sorted(entry())).toEqual(sorted(before && { ...before, tags }));
  });
});

describe('a record of a newer provider', () => {
  const tagged = (tags: Readonly<Record<string, string>>) =>
    eks.cluster.putAccessEntry({ ...FOREIGN, tags: { ...FOREIGN.tags, ...tags } });

  it('of another version is left alone, with a clear error, by put and by remove', async () => {
    const before = tagged({ [TAGS.owner]: `v2/${OWNER.stackId}/${OWNER.logicalId}` });
    const from = eks.plane.eks.requests.length;
    for (const act of [
      () => eks.put(),
      () => eks.put({ existingEntry: 'REPLACE' }),
      () => eks.put({ isNew: false, previous: DEV }),
      () => eks.remove(),
    ]) {
      await expect(act()).rejects.toMatchObject({
        code: 'InvalidRequest',
        message: expect.stringMatching(
          /^the tag cfn-eks-access:owner of the access entry has version 2, written by a newer provider/,
        ) as string,
      });
    }
    expect(eks.writes(from)).toEqual([]);
    expect(entry()).toEqual(before);
  });

  it('of this version keeps its further tags while we have it, and gets them back with it', async () => {
    await eks.put();
    const { tags, policies: _, ...rest } = present();
    const before = eks.cluster.putAccessEntry({
      ...rest,
      policies: [],
      tags: { ...tags, 'cfn-eks-access:at': '5' },
    });
    await eks.put({ entry: { ...DEV, groups: ['new'], policies: [] }, isNew: false, previous: DEV });
    expect(entry()?.tags).toEqual(before.tags);
    await eks.put({ owner: OTHER, existingEntry: 'ADOPT' });
    expect(entry()?.tags['cfn-eks-access:at']).toBeUndefined();
    await eks.remove({ owner: OTHER });
    expect(entry()?.tags).toEqual(before.tags);
  });
});

describe('remove', () => {
  it('finds the entry by its canonical ARN', async () => {
    await eks.put();
    const { cluster, owner, canonicalArn, equalIsOwn } = {
      cluster: 'prod',
      owner: OWNER,
      canonicalArn: 'arn:aws:iam::111122223333:role/dev',
      equalIsOwn: false,
    };
    const { removeAccessEntry } = await import('../../../../access/access-entry/remove');
    await expect(
      removeAccessEntry(eks.store, { cluster, owner, canonicalArn, equalIsOwn }, eks.deadline),
    ).resolves.toMatchObject({ removed: true });
    expect(entry()).toBeUndefined();
  });

  it.each([
    ['the entry', () => undefined],
    [
      'the cluster',
      () =>
        void eks.plane.eks.injectFault({
          match: () => true,
          respond: error(404, 'ResourceNotFoundException', 'No cluster found for name: prod.'),
        }),
    ],
    ['the mode', () => eks.cluster.setAuthenticationMode('CONFIG_MAP')],
  ])('succeeds when %s is not there', async (_, arrange) => {
    arrange();
    await expect(eks.remove()).resolves.toEqual({
      removed: false,
      note: 'not found',
      isNowhereElse: false,
      wasThere: false,
    });
  });

  it('removes nothing that somebody else owns or made', async () => {
    await eks.put({ owner: OTHER });
    await expect(eks.remove()).resolves.toMatchObject({
      removed: false,
      note: 'owned by Theirs of stack other',
    });
    const foreign = eks.cluster.putAccessEntry(FOREIGN);
    await expect(eks.remove()).resolves.toMatchObject({
      removed: false,
      note: 'not managed by this resource',
    });
    expect(entry()).toEqual(foreign);
  });

  it('removes an entry whose record was wiped only when told to know it by equality', async () => {
    await eks.put();
    wipe();
    await expect(eks.remove({ equalIsOwn: false })).resolves.toMatchObject({ removed: false });
    await expect(eks.remove()).resolves.toMatchObject({ removed: true });
  });

  it('tells whether aws-auth need not be looked at', async () => {
    await eks.put({ ownership: questions(OWNER) });
    await expect(eks.remove()).resolves.toMatchObject({ removed: true, isNowhereElse: true });
  });

  it('fails at once when it is denied', async () => {
    await eks.put();
    eks.plane.setAuthorize((_, action) => action !== 'eks:DeleteAccessEntry');
    const started = eks.deadline.now();
    await expect(eks.remove()).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(eks.deadline.now()).toBe(started);
  });

  it('makes the entry whole again when the one before it cannot be put back, so that Delete can be repeated', async () => {
    const before = adoptedNode();
    await eks.put({ isNew: false });
    eks.plane.setAuthorize(
      (_, action, __, context) =>
        action !== 'eks:CreateAccessEntry' || context['eks:accessEntryType'] === 'STANDARD',
    );
    await expect(eks.remove()).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(entry()).toMatchObject(DEV_IN_EKS);
    eks.plane.setAuthorize(() => true);
    await eks.remove();
    expect(content()).toEqual(content(before));
  });
});

/** An entry whose record keeps one of a node type, and that one. */
function adoptedNode(): ReturnType<typeof entry> {
  const node = eks.cluster.putAccessEntry({ principalArn: ROLE, type: 'EC2_LINUX' });
  const { type, username } = node;
  const value = { type, username, groups: node.kubernetesGroups, policies: [], tags: {} };
  eks.cluster.putAccessEntry({
    principalArn: ROLE,
    username: 'x',
    tags: recordTags({ owner: OWNER, found: { value } }),
  });
  return node;
}

function present(): NonNullable<ReturnType<typeof entry>> {
  const view = entry();
  if (!view) throw new Error('there is no entry');
  return view;
}

function wipe(): void {
  const policies = present().policies.map(({ policyArn: policy, namespaces }) => ({ policy, namespaces }));
  eks.cluster.putAccessEntry({ ...present(), policies, tags: {} });
}

function sorted(view: ReturnType<typeof entry>): ReturnType<typeof entry> {
  return (
    view && { ...view, policies: [...view.policies].sort((a, b) => (a.policyArn < b.policyArn ? -1 : 1)) }
  );
}
