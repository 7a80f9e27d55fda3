/** What aws-auth tells of a permission set's roles and of a principal: nothing where there is no ConfigMap. */
import { openAwsAuth } from '../../../../access/aws-auth/back-end';
import { type ConfigMapStore } from '../../../../access/aws-auth/port';
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import { simulatedTime } from '../../lambda/scheduled/simulated-time';
import { clusterNamed } from '../../lambda/scheduled/simulated-account';

const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1';
const NAME = 'AWSReservedSSO_Ops_0123456789abcdef';
const KEY = `arn:aws:iam::111122223333:role/${NAME.toLowerCase()}`;
const ARN = `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${NAME}`;
const cluster = clusterNamed('prod', 'CONFIG_MAP');

function opened(records: Readonly<Record<string, object>> | undefined) {
  const annotations = { [OWNERS_ANNOTATION]: JSON.stringify({ v: 1, stacks: { [stackId]: records } }) };
  const store = { read: async () => records && { data: {}, annotations, object: { metadata: {} } } };
  return openAwsAuth(() => store as unknown as ConfigMapStore);
}

test.each([
  ['its ARN, as the record has it', { [KEY]: { id: 'A', arn: ARN } }, [ARN]],
  ['its key, where the record has no ARN', { [KEY]: { id: 'A' } }, [KEY]],
  ['its key, where the ARN of the record is of another role', { [KEY]: { id: 'A', arn: `${ARN}0` } }, [KEY]],
  ['nothing of a role of another set', { [KEY.replace('_ops_', '_dev_')]: { id: 'A' } }, []],
  ['nothing of a role of another resource', { [KEY]: { id: 'B' } }, []],
  ['nothing where there is no ConfigMap', undefined, []],
])('of a role of the set: %s', async (_, records, roles) => {
  const set = { name: 'Ops', partition: 'aws', accountId: '111122223333' };
  const owner = { stackId, logicalId: 'A' };
  expect(await opened(records).recordedRoles({ cluster, set, owner })).toEqual(roles);
});

test('of a principal without ConfigMap there is nothing to see', async () => {
  const request = { cluster, key: KEY, principalArn: undefined };
  expect(await opened(undefined).look(request, simulatedTime(1_000))).toMatchObject({
    place: 'CONFIG_MAP',
    owner: undefined,
    entry: undefined,
  });
});
