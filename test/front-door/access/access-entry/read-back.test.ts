/** Associations that EKS accepts and loses, or shows late: read back, and associated again until the deadline. */
import { DEV, type Eks, NODE, OWNER, POLICY, ROLE, startEks } from './eks';

let eks: Eks;
beforeEach(async () => (eks = await startEks()));
afterEach(() => eks.stop());

const entry = () => eks.cluster.accessEntry(ROLE);
const policy = (name: string, ...namespaces: readonly string[]) => ({
  policyArn: `${POLICY}AmazonEKS${name}Policy`,
  scope: namespaces.length > 0 ? ('namespace' as const) : ('cluster' as const),
  namespaces,
});
const wanted = { ...DEV, policies: [policy('View', 'a'), policy('Edit')] };
const listed = (from: number) =>
  eks.plane.eks.requests
    .slice(from)
    .filter(({ method, path }) => method === 'GET' && path.endsWith('/access-policies')).length;

it('asks once where EKS shows what it was told', async () => {
  await eks.put({ entry: wanted });
  expect(entry()).toMatchObject({ policies: wanted.policies });
  expect(listed(0)).toBe(1);
});

it('asks not at all where nothing was associated', async () => {
  await eks.put({ entry: wanted });
  const from = eks.plane.eks.requests.length;
  await eks.put({
    entry: { ...wanted, groups: [], policies: [policy('Edit')] },
    isNew: false,
    previous: wanted,
  });
  // The one look before the plan.
  expect(listed(from)).toBe(1);
  expect(eks.writes(from)).toEqual(['POST entry', 'DELETE policy']);
});

it.each([1, 2, 5])('associates again what was lost %i times', async (times) => {
  eks.plane.consistency.lostAssociations = times;
  await eks.put({ entry: wanted });
  expect(entry()?.policies).toHaveLength(2);
  expect(entry()?.policies).toEqual(expect.arrayContaining(wanted.policies));
});

it('associates again only what is not shown', async () => {
  eks.plane.consistency.lostAssociations = 1;
  await eks.put({ entry: wanted });
  const associated = eks.plane.eks.requests
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/access-policies'))
    .map(({ body }) => /AmazonEKS(\w+)Policy/.exec(body.toString())?.[1]);
  expect(associated).toEqual(['View', 'Edit', 'View']);
});

it.each([1, 4])('waits until %i reads have passed that do not show it', async (reads) => {
  eks.plane.consistency.associationReads = reads;
  await eks.put({ entry: wanted });
  expect(listed(0)).toBe(reads + 1);
  expect(entry()).toMatchObject({ policies: wanted.policies });
});

it('waits for a scope that is shown as it was before', async () => {
  await eks.put({ entry: wanted });
  eks.plane.consistency.associationReads = 2;
  const from = eks.plane.eks.requests.length;
  const wider = { ...wanted, policies: [policy('View'), policy('Edit')] };
  await eks.put({ entry: wider, isNew: false, previous: wanted });
  // The look before the plan, two that show the old scope, and one.
  expect(listed(from)).toBe(4);
  expect(entry()).toMatchObject({ policies: wider.policies });
});

it('takes no access away before the access in its stead is seen', async () => {
  await eks.put({ entry: wanted });
  eks.plane.consistency.lostAssociations = 2;
  const from = eks.plane.eks.requests.length;
  const other = { ...wanted, groups: [], policies: [policy('Admin')] };
  await eks.put({ entry: other, isNew: false, previous: wanted });
  expect(eks.writes(from)).toEqual([
    ...['POST policy', 'POST policy', 'POST policy'],
    ...['POST entry', 'DELETE policy', 'DELETE policy'],
  ]);
});

it('fails at the deadline with a clear error, and leaves nothing of a new entry', async () => {
  eks.plane.consistency.lostAssociations = Infinity;
  const started = eks.deadline.now();
  await expect(eks.put({ entry: wanted })).rejects.toMatchObject({
    code: 'NotStabilized',
    mayHaveActed: false,
    message: expect.stringMatching(
      /^AccessPolicies has \S+ViewPolicy, \S+EditPolicy, which EKS accepts for \S+Dev on cluster prod and does not list .*run the stack operation again/,
    ) as string,
  });
  expect(entry()).toBeUndefined();
  // All of the ten minutes but what the way back needs.
  expect(eks.deadline.now() - started).toBeGreaterThan(580_000);
  expect(eks.deadline.remainingMs()).toBeGreaterThanOrEqual(5_000);
});

it('fails at the deadline, and leaves an entry that was there as it was', async () => {
  await eks.put({ entry: wanted });
  const before = entry();
  eks.plane.consistency.lostAssociations = Infinity;
  const other = { ...wanted, username: 'other', groups: [], policies: [policy('Admin')] };
  await expect(eks.put({ entry: other, isNew: false, previous: wanted })).rejects.toMatchObject({
    code: 'NotStabilized',
    mayHaveActed: false,
  });
  expect(entry()).toEqual(before);
});

it('holds up no caller for longer than ten seconds that comes back by itself', async () => {
  eks.plane.consistency.lostAssociations = Infinity;
  const started = eks.deadline.now();
  await expect(eks.put({ entry: wanted, waitsForIam: false })).rejects.toMatchObject({
    code: 'NotStabilized',
  });
  expect(eks.deadline.now() - started).toBeLessThanOrEqual(10_000);
});

it('makes the entry again when another tool deletes it in between', async () => {
  eks.plane.eks.injectFault({
    match: ({ method, path }) => method === 'GET' && path.endsWith('/access-policies'),
    before: () => eks.cluster.deleteAccessEntry(ROLE),
  });
  await eks.put({ entry: wanted });
  expect(entry()).toMatchObject({ policies: wanted.policies, username: wanted.username });
});

it('reads back what comes back when a type cannot be changed', async () => {
  await eks.put({ entry: wanted });
  const { policies, tags } = entry() ?? {};
  eks.plane.setAuthorize(
    (_, action, __, context) =>
      action !== 'eks:CreateAccessEntry' || context['eks:accessEntryType'] === 'STANDARD',
  );
  eks.plane.consistency.lostAssociations = 1;
  await expect(eks.put({ entry: NODE, isNew: false, previous: wanted })).rejects.toMatchObject({
    code: 'AccessDenied',
  });
  expect(entry()).toMatchObject({ username: wanted.username, kubernetesGroups: wanted.groups, tags });
  expect(entry()?.policies).toHaveLength(2);
  expect(entry()?.policies).toEqual(expect.arrayContaining([...(policies ?? [])]));
});

it('reads back what Delete puts back', async () => {
  const policies = [{ policy: 'AmazonEKSEditPolicy' }];
  eks.cluster.putAccessEntry({ principalArn: ROLE, username: 'theirs', policies });
  await eks.put({ existingEntry: 'ADOPT' });
  eks.plane.consistency.lostAssociations = 1;
  await eks.remove();
  expect(entry()).toMatchObject({ username: 'theirs', policies: [policy('Edit')] });
});

it('says so when it may not read them', async () => {
  eks.plane.setAuthorize((_, action) => action !== 'eks:ListAssociatedAccessPolicies');
  await expect(eks.put({ entry: wanted, owner: OWNER })).rejects.toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('eks:ListAssociatedAccessPolicies') as string,
  });
});
