/** The pieces of advice for a value that its schema refuses: which of them is given, by where in the text something is. */
import { clusterNameAdvice } from '../../../../lambda/cloudformation/cluster-name-advice';
import { propertyName, valueAt } from '../../../../lambda/cloudformation/instance-path';
import { listAdvice } from '../../../../lambda/cloudformation/list-advice';

const GENERAL =
  'a cluster name has letters, digits, - and _, and begins with a letter or digit, 100 characters at most';
const ANY_ARN = 'this is an ARN: write the name of the cluster';
const URL = 'this is a URL: write the name of the cluster, which !Ref gives';
const CLUSTER = 'arn:aws:eks:us-east-1:111122223333:cluster/c';

test.each([
  [CLUSTER, 'this is the ARN of the cluster, and the name of the cluster is meant: write c'],
  [`\n  ${CLUSTER} `, 'this is the ARN of the cluster, and the name of the cluster is meant: write c'],
  [
    'arn:aws:eks:us-east-1:111122223333:addon/c/coredns/1',
    'this is an ARN of EKS (addon), and the name of the cluster is meant: write c',
  ],
  [`of ${CLUSTER}`, GENERAL],
  ['arn:aws:eks:us-east-1:111122223333:podidentity/c', ANY_ARN],
  ['  arn:aws:ec2:us-east-1:111122223333:vpc/v', ANY_ARN],
  ['of arn:aws:ec2:us-east-1:111122223333:vpc/v', GENERAL],
  ['http://c', URL],
  ['\thttps://c', URL],
  ['at https://c', GENERAL],
  [' c ', 'it has a blank at an end: write c'],
  [' 0-c_1\n', 'it has a blank at an end: write 0-c_1'],
  [' a b ', GENERAL],
  [' -c ', GENERAL],
  [' c! ', GENERAL],
  ['c'.repeat(101), GENERAL],
])('Cluster: %j', (text, advice) => {
  expect(clusterNameAdvice(text)).toBe(advice);
});

const SPLIT =
  ', or !Split [",", …] where a parameter holds it, or give the parameter Type CommaDelimitedList';

test.each<readonly [unknown, string]>([
  [7, 'write Groups: [7]'],
  ['ops', 'write Groups: ["ops"]'],
  ['ops, dev', `write Groups: ["ops","dev"]${SPLIT}`],
  ['["ops","dev"]', 'write Groups: ["ops","dev"]'],
  ['\n [ "ops",\n "dev" ]\n', 'write Groups: ["ops","dev"]'],
  ["['ops', dev]", 'write Groups: ["ops","dev"]'],
  ['[ops, dev', 'write Groups: ["[ops","dev"]'],
  ['ops, dev]', `write Groups: ["ops","dev]"]${SPLIT}`],
  ['x[ops]', 'write Groups: ["x[ops]"]'],
  ['[ops]x', 'write Groups: ["[ops]x"]'],
  ['x"ops"', 'write Groups: ["x\\"ops\\""]'],
  ['"ops"x', 'write Groups: ["\\"ops\\"x"]'],
  ['"ops\'', 'write Groups: ["\\"ops\'"]'],
  ['"o\np"', 'write Groups: ["o\\np"]'],
])('Groups: %j', (value, advice) => {
  expect(listAdvice('Groups', value, JSON.stringify)).toBe(advice);
});

test.each([
  ['', ''],
  ['/Groups/0', 'Groups[0]'],
  ['/AccessPolicies/10/PolicyArn', 'AccessPolicies[10].PolicyArn'],
  ['/Tags/1a/a1', 'Tags.1a.a1'],
  ['/a~1b/c~0d/e~01f', 'a/b.c~d.e~1f'],
])('%j is written as %j', (path, name) => {
  expect(propertyName(path)).toBe(name);
});

test('the value at a place, and none where there is no such place', () => {
  const properties = { 'a/b': [{ 'c~d': 7 }] };
  expect(valueAt(properties, '/a~1b/0/c~0d')).toBe(7);
  expect(valueAt(properties, '')).toBe(properties);
  expect(valueAt(properties, '/other/0/name')).toBeUndefined();
});
