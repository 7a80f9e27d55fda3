/** What was asked for and what it comes to, as the guardrails look at it. */
import { judgedAccessOf } from '../../../../access/guardrails/judged-access';
import { account, clusterWide, inNamespaces, native, ROLE, role, USER, user } from '../desired';

const nothing = { userName: undefined, groups: [], policies: [], type: undefined, accessEntryArn: '' };
const ARN = 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

it('puts both together, each name as it is written', () => {
  const desired = native({
    userName: 'asked',
    groups: ['a'],
    accessPolicies: [clusterWide(ARN), inNamespaces('AmazonEKSEditPolicy', 'dev')],
  });
  const policies = [{ policyArn: `x${ARN}`, scope: 'namespace' as const, namespaces: ['web'] }];
  const effective = { ...nothing, userName: 'comes to', groups: ['b'], policies, type: 'STANDARD' };
  expect(judgedAccessOf(desired, { effective })).toMatchObject({
    userNames: ['asked', 'comes to'],
    groups: ['a', 'b'],
    policies: [
      { name: 'AmazonEKSViewPolicy', scope: 'cluster', namespaces: [] },
      { name: 'AmazonEKSEditPolicy', scope: 'namespace', namespaces: ['dev'] },
      { name: `x${ARN}`, scope: 'namespace', namespaces: ['web'] },
    ],
    nodeType: undefined,
  });
});

it.each([
  [role({ type: 'EC2_LINUX' }), undefined, 'EC2_LINUX'],
  [role(), 'EC2_LINUX', 'EC2_LINUX'],
  [native({ type: 'STANDARD' }), 'EC2', 'EC2'],
  [native({ type: 'STANDARD' }), 'STANDARD', undefined],
])('a node is one by either type: %#', (desired, type, nodeType) => {
  expect(judgedAccessOf(desired, { effective: { ...nothing, type } }).nodeType).toBe(nodeType);
});

it.each([
  [role(), ROLE.replace(':iam:', ':sts:').replace('role/team/Dev', 'assumed-role/Dev/{{SessionName}}')],
  [user(), USER],
  [account(), undefined],
])('the name that a principal has anyway: %#', (desired, name) => {
  const access = judgedAccessOf(desired, { effective: nothing });
  expect(access.ownUserName).toBe(name);
  expect(access.userNames).toEqual([]);
});
