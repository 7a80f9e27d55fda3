/** What makes an administrator, from what is there; what nobody but `recover` has made is never changed. */
import { type AdminFacts, adminSteps } from '../../../../access/recovery/admin-steps';
import { type SeenAccessEntry } from '../../../../access/explain/seen-cluster';

const ARN = 'arn:aws-cn:iam::111122223333:role/ops';
const POLICY = 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const FACTS: AdminFacts = {
  cluster: 'prod',
  partition: 'aws-cn',
  mode: 'API',
  platform: { version: '1.33', platformVersion: 'eks.4', isOnOutpost: false },
  principalArn: ARN,
  entry: undefined,
  nodeRoles: [],
  until: Date.parse('2026-11-27T12:00:00Z'),
  mayChangeMode: false,
};
const TAGS = {
  'cfn-eks-access:owner': 'v1/cli/recover',
  'cfn-eks-access:expires': '2026-11-27T12:00:00.000Z',
};
const entry = (more: Partial<SeenAccessEntry>): SeenAccessEntry => ({
  principalArn: ARN,
  type: 'STANDARD',
  username: 'ops',
  groups: [],
  policies: [],
  ...more,
});
const policies = [{ policyArn: POLICY, scope: 'cluster' as const, namespaces: [] }];
const create = { do: 'create', tags: TAGS };
const associate = { do: 'associate', policyArn: POLICY };
const change = { do: 'change mode' };

test.each<[string, Partial<AdminFacts>, readonly object[]]>([
  ['no entry', {}, [create, associate]],
  ['no entry, both places are read', { mode: 'API_AND_CONFIG_MAP' }, [create, associate]],
  ['mode CONFIG_MAP', { mode: 'CONFIG_MAP', mayChangeMode: true }, [change, create, associate]],
  [
    'its own, still without rights',
    { entry: entry({ tags: { ...TAGS, x: 'y' } }) },
    [{ do: 'tag', tags: TAGS }, associate],
  ],
  [
    'its own, whose access policies could not be listed',
    { entry: entry({ tags: TAGS, policies: undefined }) },
    [{ do: 'tag', tags: TAGS }, associate],
  ],
  ['its own', { entry: entry({ tags: TAGS, policies }) }, [{ do: 'tag', tags: TAGS }]],
  ['an administrator of another owner', { entry: entry({ policies }) }, []],
  [
    'a stack that is called cli',
    { entry: entry({ policies, tags: { 'cfn-eks-access:owner': 'v1/cli/recovery' } }) },
    [],
  ],
])('%s', (_, more, expected) => {
  expect(adminSteps({ ...FACTS, ...more })).toMatchObject({ steps: expected });
});

test.each<[string, Partial<AdminFacts>, RegExp]>([
  [
    'an entry of another owner',
    { entry: entry({ groups: ['team'] }) },
    /not made by recover .*is not changed/,
  ],
  [
    'full control of a namespace',
    { entry: entry({ policies: [{ ...policies[0]!, scope: 'namespace', namespaces: ['a'] }] }) },
    /is not changed/,
  ],
  [
    'an entry whose access policies could not be listed',
    { entry: entry({ policies: undefined }) },
    /is not changed/,
  ],
  ['an entry of nodes', { entry: entry({ type: 'EC2_LINUX' }) }, /type EC2_LINUX/],
  [
    'a role of nodes in aws-auth',
    { mode: 'API_AND_CONFIG_MAP', nodeRoles: ['arn:aws-cn:iam::111122223333:role/x/OPS'] },
    /is a role of the nodes/,
  ],
  ['mode CONFIG_MAP, unasked', { mode: 'CONFIG_MAP' }, /is in mode CONFIG_MAP/],
  [
    'an Outpost',
    { mode: 'CONFIG_MAP', mayChangeMode: true, platform: { ...FACTS.platform, isOnOutpost: true } },
    /Outpost/,
  ],
])('%s is refused', (_, more, why) => {
  const steps = adminSteps({ ...FACTS, ...more });
  expect(steps).toEqual({
    refused: expect.stringMatching(why) as string,
    hint: expect.any(String) as string,
  });
});
