/**
 * Several mappings are made at once in a cluster whose role (`clusterRoles`) does not trust the provider: CloudFormation
 * cancels the others with the first that fails, and their Deletes, under ids that it has made up, are denied as well. Nothing
 * was written, so that the rollback ends, and with the trust the same template works (CR-13, CR-14).
 */
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { deployProvider } from '../../../local/demo/provider';
import { demonstrationAwsAuth, startSession } from '../../../local/demo/session';
import { type Followed, followed, mapping, PROVIDER } from './following/followed';
import { deploy, failuresOf } from './whole-stacks';

const CREATOR = 'arn:aws:iam::111122223333:role/creator';
const SET_ROLE =
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
const trusting = (Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });
const TRUST = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/eks-access-provider' },
  Action: 'sts:AssumeRole',
};
const mappings = {
  A: mapping('a'),
  B: mapping('b'),
  C: mapping('', { RoleArn: undefined, PermissionSet: 'Admin' }),
};

let world: Followed;
afterEach(() => world.stop());

test('the rollback ends, nothing is written, and with the trust the stack is made and deleted', async () => {
  const clusterRoles = { 'my-cluster': CREATOR };
  const session = await startSession({
    clock: new SkippingClock(),
    mode: 'CONFIG_MAP',
    awsAuth: demonstrationAwsAuth(),
    clusterRoles,
  });
  world = followed(session);
  const { aws, cluster } = session;
  aws.iam.removePrincipal(CREATOR);
  const before = cluster.configMap();
  aws.iam.addPrincipal(CREATOR, trusting([]));
  aws.iam.addPrincipal(SET_ROLE);
  const failed = await deploy(session, 'app', mappings);
  expect(failed.status).toBe('ROLLBACK_COMPLETE');
  expect(failuresOf(failed)).toMatch(/could not assume .*\n.*Resource creation cancelled\n/);
  expect(cluster.configMap()).toEqual(before);
  const logs = aws.lambda
    .logs()
    .map(({ text }) => text)
    .join('');
  expect(logs).toContain('the mapping was not looked for');

  await aws.cloudformation.deleteStack({ name: 'app' });
  // A Create that was cancelled goes on until its time is over, and would find the trust.
  await aws.lambda.idle();
  aws.iam.removePrincipal(CREATOR);
  aws.iam.addPrincipal(CREATOR, trusting([TRUST]));
  expect(failuresOf(await deploy(session, 'app', mappings))).toBe('');
  expect(world.mapRoles()).toContain('role/a');

  // What has been made is not given up for a role that trusts no longer: the Delete says so, and is tried again.
  aws.iam.removePrincipal(CREATOR);
  aws.iam.addPrincipal(CREATOR, trusting([]));
  // Another container, which has no session of the role.
  await deployProvider(aws, { functionName: PROVIDER, clusterRoles, memoryMb: 512 });
  const deleted = await aws.cloudformation.deleteStack({ name: 'app' });
  expect(deleted.status).toBe('DELETE_FAILED');
});

test('so does the rollback where the cluster does not know the provider', async () => {
  const session = await startSession({
    clock: new SkippingClock(),
    mode: 'CONFIG_MAP',
    awsAuth: { metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: {} },
    administrator: CREATOR,
  });
  world = followed(session);
  session.aws.iam.addPrincipal(SET_ROLE);
  const failed = await deploy(session, 'app', mappings);
  expect(failuresOf(failed)).toContain('401 Unauthorized');
  expect(failed.status).toBe('ROLLBACK_COMPLETE');
});
