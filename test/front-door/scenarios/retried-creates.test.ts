/**
 * A Create that comes again: CloudFormation retries a deployment whose rollback is off under the same RequestId, with a
 * new date and perhaps other properties, and sends no Delete in between (CR-25).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
import { EKS_OPERATIONS, type EksOperation } from '../../support/eks-operations';
import { done, stateOf } from './attacks/cast';
import { givenWorld, ROLE, roleEntry, type World } from './world';

const requestId = '11111111-2222-3333-4444-555555555555';
const properties = {
  ...roleEntry,
  AccessPolicies: [
    { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'namespace', Namespaces: ['a'] } },
  ],
};

let world: World;
afterEach(() => world.stop());

const refuseOnce = (operation: EksOperation): void =>
  world.aws.controlPlane.eks.injectFault({
    match: ({ method, path }) => EKS_OPERATIONS[operation].test(`${method} ${path}`),
    respond: {
      status: 400,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InvalidRequestException' },
      body: '{"message":"no"}',
    },
  });

test.each<[string, EksOperation, object]>([
  ['nothing was made', 'CreateAccessEntry', {}],
  ['the entry was made and taken back', 'AssociateAccessPolicy', {}],
  [
    'the entry was made and taken back, and the template has been corrected',
    'AssociateAccessPolicy',
    { UserName: 'other' },
  ],
])('of which %s: it is made by the next one, and goes with its Delete', async (_, operation, corrected) => {
  world = await givenWorld({ mode: 'API' });
  const before = stateOf(world.cluster);
  refuseOnce(operation);
  const failed = await world.send({ type: 'Create', properties, requestId, age: 30 });
  expect(failed).toMatchObject({ Status: 'FAILED' });
  expect(stateOf(world.cluster)).toEqual(before);

  const wanted = { ...properties, ...corrected };
  const { PhysicalResourceId: physicalId } = done(
    await world.send({ type: 'Create', properties: wanted, requestId }),
  );
  expect(world.cluster.loginAs(ROLE)).toMatchObject({ username: wanted.UserName });
  expect(world.cluster.accessEntry(ROLE)?.policies).toHaveLength(1);

  done(await world.send({ type: 'Delete', properties: wanted, physicalId }));
  expect(stateOf(world.cluster)).toEqual(before);
});
