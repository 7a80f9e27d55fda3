/** `Revision`: the documented way to run a mapping again. */
import { deploy, failuresOf, resource } from './whole-stacks';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { demonstrationAwsAuth, startSession, type Session } from '../../../local/demo/session';

const FOO = 'arn:aws:iam::111122223333:role/foo';
let session: Session;
afterEach(() => session.aws.stop());

test('a new Revision puts back what another tool has changed, and the same one asks for nothing', async () => {
  session = await startSession({
    clock: new SkippingClock(),
    mode: 'CONFIG_MAP',
    awsAuth: demonstrationAwsAuth(),
  });
  expect(failuresOf(await deploy(session, 'app', { A: resource(FOO, { Revision: '1' }) }))).toBe('');
  const mapped = session.cluster.configMap()?.data;
  const byHand = demonstrationAwsAuth();
  session.cluster.writeConfigMap((current) => ({ ...current, data: byHand.data ?? {} }));
  expect(session.cluster.loginAs(FOO)).toBeUndefined();

  await expect(deploy(session, 'app', { A: resource(FOO, { Revision: '1' }) })).rejects.toThrow(
    /no updates are to be performed/i,
  );
  expect(session.cluster.loginAs(FOO)).toBeUndefined();

  const again = await deploy(session, 'app', { A: resource(FOO, { Revision: '2' }) });
  expect(again.status).toBe('UPDATE_COMPLETE');
  expect(session.cluster.configMap()?.data).toEqual(mapped);
});

test('a new Revision moves a mapping to where its cluster now looks', async () => {
  session = await startSession({
    clock: new SkippingClock(),
    mode: 'CONFIG_MAP',
    awsAuth: demonstrationAwsAuth(),
  });
  expect(failuresOf(await deploy(session, 'app', { A: resource(FOO) }))).toBe('');
  session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  session.cluster.putAccessEntry({
    principalArn: session.aws.iam.roleArn('eks-access-provider'),
    kubernetesGroups: ['cfn-eks-access'],
  });
  await deploy(session, 'app', { A: resource(FOO, { Revision: 'moved' }) });
  expect(session.cluster.loginAs(FOO)).toMatchObject({ source: 'access-entry', username: 'x' });
  expect(session.cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
});
