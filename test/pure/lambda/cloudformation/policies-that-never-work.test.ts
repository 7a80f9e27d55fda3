import fc from 'fast-check';
import { parseProperties, recallProperties } from '../../../../lambda/cloudformation/properties';

const entry = (policy: string, namespaces?: readonly string[]): object => ({
  ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
  ClusterName: 'my-cluster',
  PrincipalArn: 'arn:aws:iam::111122223333:role/foo',
  AccessPolicies: [
    {
      PolicyArn: policy,
      AccessScope: namespaces ? { Type: 'namespace', Namespaces: namespaces } : { Type: 'cluster' },
    },
  ],
});
const parse = (properties: object): unknown => parseProperties('Custom::EksAccessEntry', properties);
const numbered = (length: number): string[] => Array.from({ length }, (_, index) => `n${index}`);
const ARN = 'arn:aws:eks::aws:cluster-access-policy/';

const refused: readonly (readonly [object, string])[] = [
  ...['AmazonEKSBlockStoragePolicy', 'AmazonEKSBlockStorageClusterPolicy', 'AmazonEKSComputePolicy'].map(
    (name) => [entry(name), `AccessPolicies[0].PolicyArn is "${name}", which EKS gives to`] as const,
  ),
  [entry('AmazonEKSComputeClusterPolicy'), 'write Type: EC2 with AmazonEKSAutoNodePolicy'],
  [entry('AmazonEKSHybridPolicy'), 'write Type: HYBRID_LINUX'],
  [entry(`${ARN}AmazonEKSClusterInsightsPolicy`), 'write AmazonEKSViewPolicy or AmazonEKSAdminViewPolicy'],
  [
    entry('X', numbered(26)),
    'AccessPolicies[0].AccessScope.Namespaces has 26 namespaces and may have 25: join some',
  ],
  ...['*-dev', 'de*v', 'a**', '**', 'a?', '-*'].map(
    (text) => [entry('X', ['ok', text]), `Namespaces has ${JSON.stringify(text)}, but a wildcard`] as const,
  ),
  [entry('X', ['team-a,team-b']), 'write "team-a", "team-b" as items of their own'],
  [
    entry('X', [' dev']),
    'Namespaces has " dev", and namespaces have small letters, digits and - inside: write "dev"',
  ],
  [entry('X', ['Dev']), 'write "dev"'],
  [entry('X', ['a_b']), 'as kubectl shows it'],
  [entry('X', ['{{SessionName}}']), 'as kubectl shows it'],
];

test.each(refused)('refused: %j', (properties, message) => {
  expect(() => parse(properties)).toThrow(message);
});

test.each(refused)('what was accepted before is still read: %j', (properties) => {
  expect(recallProperties('Custom::EksAccessEntry', properties)?.accessPolicies).toHaveLength(1);
});

test('over the limit of the schema, the limit of EKS is told', () => {
  expect(() => parse(entry('X', numbered(101)))).toThrow('has 101 items and may have 25');
});

test.each([
  entry('AmazonEKSViewPolicy'),
  entry('AmazonEKSPolicyOfNextYear'),
  entry('toString'),
  entry('X', numbered(25)),
  // 25 are counted once each.
  entry('X', [...numbered(25), 'n0']),
  entry('X', ['*', 'dev-*', 'dev*', 'a', 'a-1', '0']),
])('taken: %j', (properties) => {
  expect(() => parse(properties)).not.toThrow();
});

test('every name that Kubernetes gives a namespace is taken, alone and with a wildcard at the end', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/), (name) => {
      expect(() => parse(entry('X', [name, `${name}*`, `${name}-*`]))).not.toThrow();
    }),
  );
});
