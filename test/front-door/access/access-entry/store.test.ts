import { DEV, type Eks, OWNER, ROLE, startEks } from './eks';

let eks: Eks;
beforeEach(async () => (eks = await startEks()));
afterEach(() => eks.stop());

const address = { cluster: 'prod', principalArn: ROLE };

it('reads every page of policies and principals', async () => {
  const policies = Array.from({ length: 12 }, (_, index) => ({
    policy: 'AmazonEKSViewPolicy',
    namespaces: [`n${index}`],
  })).map((policy, index) => ({ ...policy, policy: `arn:aws:eks::aws:cluster-access-policy/P${index}` }));
  const roles = Array.from({ length: 230 }, (_, index) => eks.plane.iam.roleArn(`r${index}`));
  for (const principalArn of roles) eks.cluster.putAccessEntry({ principalArn });
  eks.cluster.putAccessEntry({ principalArn: ROLE, policies });
  expect((await eks.store.read(address))?.policies.map(({ policyArn }) => policyArn)).toHaveLength(12);
  expect(new Set(await eks.store.listPrincipals('prod'))).toEqual(new Set([...roles, ROLE]));
});

it('shows an entry as EKS has it', async () => {
  eks.cluster.putAccessEntry({
    principalArn: ROLE,
    username: 'me',
    kubernetesGroups: ['b', 'a'],
    tags: { a: '1' },
    policies: [{ policy: 'AmazonEKSViewPolicy', namespaces: ['z', 'a'] }, { policy: 'AmazonEKSEditPolicy' }],
  });
  expect(await eks.store.read(address)).toEqual({
    principalArn: ROLE,
    accessEntryArn: eks.cluster.accessEntry(ROLE)?.accessEntryArn,
    type: 'STANDARD',
    username: 'me',
    groups: ['b', 'a'],
    tags: { a: '1' },
    createdAt: new Date(eks.deadline.now()),
    policies: [
      {
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
        scope: 'namespace',
        namespaces: ['a', 'z'],
      },
      {
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy',
        scope: 'cluster',
        namespaces: [],
      },
    ],
  });
});

it('always sends the type, and nothing but it for a node', async () => {
  await eks.store.apply(address, { do: 'create', type: 'EC2_LINUX', groups: [], tags: {} }, 'token');
  const other = { cluster: 'prod', principalArn: eks.plane.iam.roleArn('other') };
  await eks.store.apply(
    other,
    { do: 'create', type: 'STANDARD', username: 'x', groups: [], tags: { a: 'b' } },
    'token-2',
  );
  const bodies = eks.plane.eks.requests.map(({ body }) => JSON.parse(body.toString()) as unknown);
  expect(bodies).toEqual([
    {
      principalArn: ROLE,
      type: 'EC2_LINUX',
      clientRequestToken: expect.stringMatching(/^token-\w+$/) as string,
    },
    {
      principalArn: other.principalArn,
      type: 'STANDARD',
      username: 'x',
      tags: { a: 'b' },
      clientRequestToken: expect.stringMatching(/^token-2-\w+$/) as string,
    },
  ]);
});

it('gives up with the deadline’s own reason', async () => {
  eks.plane.eks.injectFault({ match: () => true, action: 'stall' });
  const reading = eks.store.read(address);
  eks.abort.abort(new Error('time is up'));
  await expect(reading).rejects.toThrow('time is up');
});

it('says nothing of the request when it fails', async () => {
  eks.plane.setAuthorize(() => false);
  const failed = (await eks.store
    .apply(address, { do: 'create', type: 'STANDARD', username: 'secret-name', groups: [], tags: {} })
    .catch((error: unknown) => error)) as Error;
  expect(failed.message).toMatch(/eks:CreateAccessEntry.*\(CreateAccessEntry, request id [0-9a-f-]+\)$/);
  expect(failed.message).not.toMatch(/secret-name|x-amz|authorization:/i);
});

it('is what a second put of the same owner finds', async () => {
  await eks.put({ entry: DEV, owner: OWNER });
  expect(await eks.store.read(address)).toMatchObject({
    groups: DEV.groups,
    policies: DEV.policies,
    username: DEV.username,
  });
});
