/** What comes between the function and the real API server: other writers, outages, lost answers, broken trust. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWNERS_ANNOTATION, PROVIDER_GROUP } from '../../access/contract';
import { type Admission, startAdmission } from './rig/admission';
import { createAuthority } from './rig/authority';
import { eventually, withRig } from './rig/lifetime';
import {
  cleanUp,
  create,
  created,
  deploy,
  login,
  mapRoles,
  put,
  refused,
  remove,
  role,
} from './rig/newcomer';
import { startRelay } from './rig/relay';

const rig = withRig();

afterEach(() => cleanUp(rig()));

describe('in the middle of a write', () => {
  let admission: Admission;
  beforeAll(async () => {
    await deploy(rig(), { timeoutSeconds: 60 });
    admission = await startAdmission(rig());
  });
  afterAll(() => admission.stop());
  beforeEach(async () => {
    await admission.ready();
    await put(rig(), { data: { mapRoles } });
  });

  test('another tool writes: both writes are there', async () => {
    const theirs = mapRoles + '- rolearn: arn:aws:iam::111122223333:role/theirs\n  username: theirs\n';
    admission.once(PROVIDER_GROUP, async () => void (await put(rig(), { data: { mapRoles: theirs } })));
    const tried = admission.writes(PROVIDER_GROUP);
    expect(await create(rig())).toEqual(created);
    expect(admission.writes(PROVIDER_GROUP) - tried).toBe(2);
    expect((await rig().awsAuth())?.data?.['mapRoles']).toMatch(/role\/theirs[\s\S]*role\/newcomer/);
  });

  test('the API server is killed and started: the write is made once it is back', async () => {
    let back: Promise<void> | undefined;
    admission.once(PROVIDER_GROUP, async () => {
      await rig().apiServer.stop();
      back = rig().apiServer.start();
      return undefined;
    });
    const ended = await create(rig());
    await back;
    expect(ended).toEqual(created);
    expect(await eventually(() => rig().login(role), Boolean)).toEqual(login);
    expect((await rig().awsAuth())?.data?.['mapRoles']?.match(/role\/newcomer/g)).toHaveLength(1);
  });

  test('the answer is lost on its way: the write is found and not made again', async () => {
    const relay = await startRelay(Number(new URL(rig().door.endpoint).port));
    try {
      rig().eks.announced = { ...rig().eks.announced, endpoint: `https://127.0.0.1:${relay.port}` };
      const tried = admission.writes(PROVIDER_GROUP);
      admission.once(PROVIDER_GROUP, () => {
        relay.loseNextAnswers();
        return undefined;
      });
      expect(await create(rig())).toEqual(created);
      expect(admission.writes(PROVIDER_GROUP) - tried).toBe(1);
      expect((await rig().awsAuth())?.data?.['mapRoles']?.match(/role\/newcomer/g)).toHaveLength(1);
    } finally {
      rig().eks.announced = { ...rig().eks.announced, endpoint: rig().door.endpoint };
      await relay.stop();
    }
  });

  test('another webhook says no: its words are in the reason', async () => {
    const before = await rig().awsAuth();
    admission.once(PROVIDER_GROUP, () => 'mappings are frozen until Monday');
    expect(await create(rig())).toEqual(refused(/mappings are frozen until Monday/));
    expect(await rig().awsAuth()).toEqual(before);
  });
});

describe('when trust ends', () => {
  beforeEach(() => put(rig(), { data: { mapRoles } }));

  test('a server of another authority is not spoken to', async () => {
    await deploy(rig());
    const { announced } = rig().eks;
    const before = await rig().awsAuth();
    rig().eks.announced = { ...announced, authority: (await createAuthority('another')).cert };
    expect(await create(rig())).toEqual(refused(/certificate.*authority/s));
    expect(await rig().awsAuth()).toEqual(before);
    await remove(rig());

    // The warm container does not hold on to the wrong one.
    rig().eks.announced = announced;
    expect(await create(rig())).toEqual(created);
  });

  test('an expired token is refused, and a warm container makes itself a new one', async () => {
    const clock = join(rig().folder, 'clock');
    const shifted = join(rig().folder, 'shifted-clock.cjs');
    writeFileSync(
      shifted,
      `const { readFileSync } = require('node:fs'); const Real = Date; const now = () => Real.now() + Number(readFileSync(${JSON.stringify(clock)}, 'utf8'));
       globalThis.Date = class extends Real { constructor(...given) { super(...(given.length > 0 ? given : [now()])); } static now() { return now(); } };`,
    );
    // Twenty minutes ago by the function's clock: what it signs has been expired for five.
    writeFileSync(clock, String(-20 * 60_000));
    await deploy(rig(), { environment: { NODE_OPTIONS: `--require ${shifted}` } });
    const seen = rig().aws.lambda.deliveries.length;
    const before = await rig().awsAuth();
    expect(await create(rig())).toEqual(refused(/AccessDenied.*401/s));
    expect(await rig().awsAuth()).toEqual(before);
    await remove(rig());

    writeFileSync(clock, '0');
    expect(await create(rig())).toEqual(created);
    const containers = rig()
      .aws.lambda.deliveries.slice(seen)
      .map(({ awsRequestId }) => rig().aws.lambda.logs({ requestId: awsRequestId })[0]?.logStreamName);
    // The Delete of the rollback in between may have come so early that it got one of its own.
    expect(containers.at(-1)).toBe(containers[0]);
  });

  test('a cluster that cannot be reached is named, within the time of the function', async () => {
    await deploy(rig());
    await rig().apiServer.stop();
    try {
      expect(await create(rig())).toEqual(refused(/could not be reached|ran out/));
    } finally {
      await rig().apiServer.start();
    }
    expect((await rig().awsAuth())?.metadata.annotations?.[OWNERS_ANNOTATION]).toBeUndefined();
  });
});
