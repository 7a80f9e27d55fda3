/**
 * A replacement that fails answers with the id that says what is there: the old one where nothing of the new mapping was
 * written or all was taken back, the new one where something may have been, so that CloudFormation deletes it (CR-17).
 */
import { type AuthenticationMode } from '../../../access/desired-access';
import { type Fault, type LocalRequest } from '../../../local/aws/server/loopback-server';
import { EKS_OPERATIONS, type EksOperation } from '../../support/eks-operations';
import { done, stateOf } from './attacks/cast';
import { givenWorld, ROLE, roleEntry, type World } from './world';

let world: World;
afterEach(() => world.stop());

const OLD = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const NEW = `${OLD}-2`;
const policy = { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } };
const is =
  (operation: EksOperation) =>
  ({ method, path }: LocalRequest): boolean =>
    EKS_OPERATIONS[operation].test(`${method} ${path}`);
const isPut = ({ method }: LocalRequest): boolean => method === 'PUT';
const refuse = (match: Fault['match']): Fault => ({
  match,
  respond: { status: 400, headers: { 'content-type': 'application/json' }, body: '{"message":"no"}' },
});
const stall = (match: Fault['match']): Fault => ({ match, times: 9, action: 'stall' });

test.each<[string, AuthenticationMode, Fault, string]>([
  ['refused before anything was written', 'API', refuse(is('CreateAccessEntry')), OLD],
  ['refused half-way and taken back', 'API', refuse(is('AssociateAccessPolicy')), OLD],
  ['cut off while EKS makes the entry', 'API', stall(is('CreateAccessEntry')), NEW],
  ['cut off after EKS has made the entry', 'API', stall(is('AssociateAccessPolicy')), NEW],
  ['cut off while it reads aws-auth', 'CONFIG_MAP', stall(({ method }) => method === 'GET'), OLD],
  ['cut off while it writes aws-auth', 'CONFIG_MAP', stall(isPut), NEW],
])('%s, mode %s', async (_, mode, fault, id) => {
  world = await givenWorld({ mode, timeoutSeconds: 3 });
  const old = roleEntry;
  done(await world.send({ type: 'Create', properties: old }));
  const before = stateOf(world.cluster);
  const properties = {
    ...roleEntry,
    RoleArn: `${ROLE}-2`,
    ...(mode === 'API' ? { AccessPolicies: [policy] } : {}),
  };
  world.resourceStatus = 'UPDATE_IN_PROGRESS';
  world.liveId = OLD;
  const isOver = { now: false };
  const server = mode === 'API' ? world.aws.controlPlane.eks : world.cluster.kubernetes;
  server.injectFault({ ...fault, match: (request) => !isOver.now && fault.match(request) });
  const answer = await world.send({ type: 'Update', properties, old, physicalId: OLD });
  isOver.now = true;
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id });
  expect(world.cluster.loginAs(ROLE)).toMatchObject({ username: 'lambdafoo' });

  // The way back, and then what CloudFormation deletes.
  done(await world.send({ type: 'Update', properties: old, old: properties, physicalId: id }));
  if (id === NEW) done(await world.send({ type: 'Delete', properties, physicalId: NEW }));
  expect(stateOf(world.cluster)).toEqual(before);
});
