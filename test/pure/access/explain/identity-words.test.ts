/** Lists of identities, cell by cell: where each is from, as whom and with what it logs in, and who answers for it. */
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { identitiesOf } from '../../../../access/explain/identities';
import { fromOf, ownerOf, userOf, withOf } from '../../../../access/explain/identity-words';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { CLI_OWNER } from '../../../../access/recovery/admin-steps';
import { seenAwsAuth } from './seen';

const ARN = 'arn:aws:iam::111122223333:role/x';
const api = (more: Partial<SeenAccessEntry>, around: SeenCluster = {}): SeenCluster => ({
  mode: 'API',
  accessEntries: {
    state: 'read',
    entries: [{ principalArn: ARN, type: 'STANDARD', username: 'x', groups: [], policies: [], ...more }],
  },
  ...around,
});
const roles = (text: string, annotations?: Readonly<Record<string, string>>): SeenCluster => ({
  awsAuth: { ...seenAwsAuth({ mapRoles: text }), annotations },
});
const mapped = (username: string, groups: string) =>
  `- rolearn: ${ARN}\n  username: ${username}\n  groups: [${groups}]\n`;
const policy = (name: string, namespaces: readonly string[]) =>
  ({
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    scope: namespaces.length === 0 ? 'cluster' : 'namespace',
    namespaces,
  }) as const;
const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1';
const stackTags = (stackId: string) => recordTags({ owner: { stackId, logicalId: 'A' } });
const expires = '2026-11-27T12:00:00.000Z';
const byStack = (stackId: string) => JSON.stringify({ v: 1, stacks: { [stackId]: { [ARN]: { id: 'A' } } } });

test.each<readonly [what: string, cluster: SeenCluster, owner: string]>([
  ['an access entry of a stack', api({ tags: stackTags(STACK) }), 'stack app, A'],
  ['one whose stack id has another form', api({ tags: stackTags('app') }), 'stack app, A'],
  [
    'one that recover has made',
    api({ tags: recordTags({ owner: CLI_OWNER, more: { expires } }) }),
    `eks-access recover, until ${expires}`,
  ],
  [
    'one of recover without its end',
    api({ tags: recordTags({ owner: CLI_OWNER }) }),
    'eks-access recover, until ?',
  ],
  ['one with a record that cannot be read', api({ tags: { 'cfn-eks-access:owner': 'v1/odd' } }), '-'],
  ['one without a record', api({ tags: { team: 'a' } }), '-'],
  ["the provider's role", api({}, { providerRole: ARN.replace('role/x', 'role/team/X') }), 'the provider'],
  ["another role than the provider's", api({}, { providerRole: `${ARN}2` }), '-'],
  ["the provider's group", api({ groups: ['cfn-eks-access'] }), 'the provider'],
  ['nodes by their type', api({ type: 'EC2_LINUX' }), 'node role'],
  [
    'nodes of a node group',
    api({ type: 'EC2_LINUX' }, { nodeRoles: [{ arn: ARN, nodeGroup: 'blue' }] }),
    'node group blue',
  ],
  [
    'an entry of aws-auth of a stack',
    roles(mapped('x', 'a'), { 'cfn-eks-access/owners': byStack(STACK) }),
    'stack app, A',
  ],
  ['records that cannot be read', roles(mapped('x', 'a'), { 'cfn-eks-access/owners': '{' }), '-'],
  ['nodes in aws-auth', roles(mapped('"system:node:{{EC2PrivateDNSName}}"', '"system:nodes"')), 'node role'],
])('%s is of its owner', (_, cluster, owner) => {
  expect(identitiesOf(cluster).map(ownerOf)).toEqual([owner]);
});

test.each<readonly [what: string, cluster: SeenCluster, cells: readonly string[]]>([
  [
    'policies, of which one is for namespaces',
    api({ policies: [policy('AmazonEKSViewPolicy', []), policy('AmazonEKSEditPolicy', ['a', 'b'])] }),
    ['access entry', 'x', 'AmazonEKSViewPolicy AmazonEKSEditPolicy in a, b'],
  ],
  [
    'a named right beside a group',
    api({ groups: ['cfn-eks-access:view', 'devs'] }),
    ['access entry', 'x', 'named right view in the whole cluster, devs'],
  ],
  ['nothing', api({}), ['access entry', 'x', 'no groups']],
  ['an empty user name', roles(mapped('""', 'a')), ['aws-auth:1', '""', 'a']],
  [
    'a whole account',
    { awsAuth: seenAwsAuth({ mapAccounts: '- "111122223333"\n' }) },
    ['aws-auth:1', "the caller's own ARN", 'no groups'],
  ],
  ['what is dropped', roles('- username: x\n'), ['aws-auth:1', '-', 'no groups']],
])('%s in a list', (_, cluster, cells) => {
  const [identity] = identitiesOf(cluster);
  expect(identity && [fromOf(identity), userOf(identity), withOf(identity)]).toEqual(cells);
});
