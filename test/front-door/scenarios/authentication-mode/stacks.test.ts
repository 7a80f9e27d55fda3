/** A stack that takes its cluster from aws-auth to access entries, step by step, and what a rollback and a Delete leave. */
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { type Stack } from '../../../../local/aws/cloudformation/stack/stack';
import { startSession, type Session } from '../../../../local/demo/session';
import { deploy, failuresOf, resource } from '../whole-stacks';

let session: Session;
beforeEach(async () => {
  session = await startSession({ clock: new SkippingClock(), mode: 'CONFIG_MAP', awsAuth: { data: {} } });
});
afterEach(() => session.aws.stop());

const mode = (Mode: string, more: object = {}): object => ({
  Type: 'Custom::EksAuthenticationMode',
  Properties: {
    ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
    ServiceTimeout: 600,
    Cluster: 'my-cluster',
    Mode,
    ...more,
  },
});
const put = (resources: object): Promise<Stack> => deploy(session, 'mode', resources);
const now = (): string => session.cluster.authenticationMode;
const mistake = { ...resource('arn:aws:iam::111122223333:group/x'), DependsOn: 'Mode' };

test('two updates take it to API, with the digest that the first try of the second names', async () => {
  expect((await put({ Mode: mode('API_AND_CONFIG_MAP') })).status).toBe('CREATE_COMPLETE');
  expect(now()).toBe('API_AND_CONFIG_MAP');
  const refused = await put({ Mode: mode('API') });
  expect([refused.status, now()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'API_AND_CONFIG_MAP']);
  const PlanDigest = /write PlanDigest: ([0-9a-f]{16})/.exec(failuresOf(refused))?.[1];
  expect((await put({ Mode: mode('API', { PlanDigest }) })).status).toBe('UPDATE_COMPLETE');
  expect(now()).toBe('API');
  expect((await session.aws.cloudformation.deleteStack({ name: 'mode' })).status).toBe('DELETE_COMPLETE');
  expect(now()).toBe('API');
});

test('a create that fails afterwards leaves the mode, and the next one finds it', async () => {
  expect((await put({ Mode: mode('API_AND_CONFIG_MAP'), Bad: mistake })).status).toBe('ROLLBACK_COMPLETE');
  expect(now()).toBe('API_AND_CONFIG_MAP');
  await session.aws.cloudformation.deleteStack({ name: 'mode' });
  expect((await put({ Mode: mode('API_AND_CONFIG_MAP') })).status).toBe('CREATE_COMPLETE');
});

test('an update that fails afterwards rolls back without the mode', async () => {
  session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect((await put({ Mode: mode('API_AND_CONFIG_MAP') })).status).toBe('CREATE_COMPLETE');
  session.cluster.setAuthenticationMode('API');
  const { status } = await put({ Mode: mode('API'), Bad: mistake });
  expect([status, now()]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'API']);
});

test('Ref and GetAtt', async () => {
  const { outputValues } = await session.aws.cloudformation.createStack({
    name: 'mode',
    template: JSON.stringify({
      Resources: { Mode: mode('API_AND_CONFIG_MAP') },
      Outputs: {
        Id: { Value: { Ref: 'Mode' } },
        Mode: { Value: { 'Fn::GetAtt': ['Mode', 'AuthenticationMode'] } },
      },
    }),
  });
  expect(outputValues).toEqual({ Id: 'authentication-mode|my-cluster', Mode: 'API_AND_CONFIG_MAP' });
});
