/** EKS_ACCESS_CLUSTER_ROLES as text: what is read, and what is wrong with the rest. */
import fc from 'fast-check';
import { readClusterRoles, refuseInvalidClusterRoles } from '../../../../access/guardrails/cluster-roles';

const A = 'arn:aws:iam::111122223333:role/ci/Creator';
const B = 'arn:aws:iam::444455556666:role/b';
const read = (value: unknown, partition = 'aws') =>
  readClusterRoles(typeof value === 'string' ? value : JSON.stringify(value), partition);
const namesOf = (value: unknown): string[] => [...read(value).roles.keys()];

test('not set, it names no cluster', () => {
  expect(readClusterRoles(undefined, 'aws')).toEqual({ roles: new Map(), fault: undefined });
  expect(read({})).toEqual({ roles: new Map(), fault: undefined });
});

test('a role is kept as it is spelt, and known by its canonical ARN', () => {
  const { roles, fault } = read({ prod: A, dev: { roleArn: B, externalId: 'id:1' } });
  expect(fault).toBeUndefined();
  expect(Object.fromEntries(roles)).toEqual({
    prod: { arn: A, key: 'arn:aws:iam::111122223333:role/creator', externalId: undefined },
    dev: { arn: B, key: B, externalId: 'id:1' },
  });
});

test('a cluster may be called like a key of the columns', () => {
  expect(namesOf({ clusters: A, roleArns: B, externalIds: { roleArn: B } })).toEqual([
    'clusters',
    'roleArns',
    'externalIds',
  ]);
});

test.each<[unknown, RegExp]>([
  ['', /it is not JSON/],
  ['{"a":', /it is not JSON/],
  ['null', /it is not a JSON object/],
  ['"x"', /it is not a JSON object/],
  [[A], /it is not a JSON object/],
  [{ '': A }, /it names cluster ""/],
  [{ 'prod-*': A }, /it names cluster "prod-\*"/],
  [{ '-a': A }, /it names cluster "-a"/],
  [{ ['x'.repeat(101)]: A }, /1 to 100 letters/],
  [{ 'arn:aws:eks:us-east-1:111122223333:cluster/a': A }, /it names cluster "arn:/],
  ['{"__proto__":"x"}', /it names cluster "__proto__"/],
  [{ a: 7 }, /for cluster a, it has no role/],
  [{ a: null }, /for cluster a, it has no role/],
  [{ a: [A] }, /for cluster a, it has no role/],
  [{ a: { externalId: 'id' } }, /for cluster a, it has no role/],
  [
    { a: { roleArn: A, externalID: 'id' } },
    /it has the key "externalID", and the keys are roleArn and externalId/,
  ],
  [{ a: { roleArn: A, externalId: 7 } }, /externalId must be text/],
  [{ a: { roleArn: A, externalId: '' } }, /an externalId has 2 to 1,224/],
  [{ a: { roleArn: A, externalId: 'a b' } }, /an externalId has 2 to 1,224/],
  [{ a: 'creator' }, /"creator" is not the ARN of an IAM role/],
  [{ a: 'arn:aws:sts::111122223333:assumed-role/a/b' }, /is not the ARN of an IAM role/],
  [{ a: 'arn:aws:iam::111122223333:root' }, /is not the ARN of an IAM role/],
  [{ a: `${A} ` }, /is not the ARN of an IAM role/],
  [{ a: 'arn:aws:iam::111122223333:role/*' }, /without wildcards/],
  [
    { a: 'arn:aws-us-gov:iam::111122223333:role/a' },
    /a role of partition aws-us-gov, and the provider is in partition aws/,
  ],
  [{ a: 'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/X' }, /service-linked role/],
  [{ clusters: ['a', 'b'], roleArns: [A] }, /2 clusters and 1 role:/],
  [{ clusters: ['a'], roleArns: A }, /1 cluster and 0 roles/],
  [{ clusters: ['a'], roleArns: [A], externalIds: ['x1', 'y1'] }, /1 cluster and 2 external ids/],
  [{ clusters: ['a', 'a'], roleArns: [A, B] }, /names cluster a twice/],
])('%j is invalid', (value, why) => {
  const roles = read(value);
  expect(roles.fault).toMatch(why);
  expect(roles.fault).toMatch(
    /^EKS_ACCESS_CLUSTER_ROLES of the provider is invalid: .*; ask the owner of the provider stack/,
  );
  expect(() => refuseInvalidClusterRoles(roles)).toThrow(roles.fault);
});

test('what is right beside what is wrong can be read, for a Delete', () => {
  expect(namesOf({ prod: A, 'a b': A, dev: { roleArn: 'x' } })).toEqual(['prod']);
  const twice = read({ clusters: ['a', 'a'], roleArns: [A, B] });
  expect([...twice.roles.values()].map(({ arn }) => arn)).toEqual([A]);
});

test('an external id is never in what is said of it', () => {
  expect(read({ a: { roleArn: A, externalId: 'CANARY!' } }).fault).not.toContain('CANARY');
});

const name = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z_-]{0,20}$/);
const entry = fc.record({
  roleArn: fc.stringMatching(/^[\w+=,.@-]{1,20}$/).map((role) => `arn:aws:iam::111122223333:role/${role}`),
  externalId: fc.option(fc.stringMatching(/^[\w+=,.@:/-]{2,30}$/), { nil: undefined }),
});

test('both forms of one map read the same', () => {
  fc.assert(
    fc.property(fc.dictionary(name, entry), (map) => {
      const all = Object.entries(map);
      const columns = {
        clusters: all.map(([cluster]) => cluster),
        roleArns: all.map(([, { roleArn }]) => roleArn),
        externalIds: all.map(([, { externalId = '' }]) => externalId),
      };
      expect(read(map).fault).toBeUndefined();
      expect([...read(columns).roles]).toEqual([...read(map).roles]);
      expect(read(map).roles.size).toBe(all.length);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readClusterRoles(text, 'aws')));
});
