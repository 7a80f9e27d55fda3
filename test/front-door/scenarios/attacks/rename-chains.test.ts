/** A mapping that goes from one logical id to the next, back, and across others: right after every step, clean at the end (CR-21). */
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { demonstrationAwsAuth, startSession, type Session } from '../../../../local/demo/session';
import { ACCOUNT, BAR, FOO, stateOf } from './cast';
import { deploy, resource } from '../whole-stacks';

let session: Session;
afterEach(() => session.aws.stop());

const entry = (arn: string, UserName: string): object => resource(arn, { UserName });
/** Always refused, and only after `after` has succeeded. */
const mistake = (after: string): object => ({ ...resource(`${ACCOUNT}:group/x`), DependsOn: after });

interface Step {
  readonly resources: object;
  readonly fails?: true;
  readonly foo: string;
  readonly bar?: string;
}
const steps: readonly Step[] = [
  { resources: { A: entry(FOO, 'a') }, foo: 'a' },
  { resources: { B: entry(FOO, 'b') }, foo: 'b' },
  { resources: { A: entry(FOO, 'a2') }, foo: 'a2' },
  { resources: { B: entry(FOO, 'b3'), Bad: mistake('B') }, fails: true, foo: 'a2' },
  { resources: { C: entry(FOO, 'c') }, foo: 'c' },
  { resources: { A: entry(FOO, 'a4'), B: entry(BAR, 'x') }, foo: 'a4', bar: 'x' },
  { resources: { A: entry(BAR, 'y'), B: entry(FOO, 'b5') }, foo: 'b5', bar: 'y' },
  {
    resources: { A: entry(FOO, 'a6'), B: entry(BAR, 'z'), Bad: mistake('A') },
    fails: true,
    foo: 'b5',
    bar: 'y',
  },
];

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('mode %s', async (mode) => {
  session = await startSession({ clock: new SkippingClock(), mode, awsAuth: demonstrationAwsAuth() });
  const before = stateOf(session.cluster);
  const seen: unknown[] = [];
  for (const { resources } of steps) {
    const { status } = await deploy(session, 'app', resources);
    seen.push([
      status.includes('ROLLBACK'),
      session.cluster.loginAs(FOO)?.username,
      session.cluster.loginAs(BAR)?.username,
    ]);
  }
  expect(seen).toEqual(steps.map(({ fails = false, foo, bar }) => [fails, foo, bar]));
  expect(await session.aws.cloudformation.deleteStack('app')).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(stateOf(session.cluster)).toEqual(before);
});
