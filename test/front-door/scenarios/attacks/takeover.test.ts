/**
 * ExistingEntry is written by the author of the template, so that it protects nobody by itself: the guardrail
 * allowTakeover says whether ADOPT and REPLACE may take an entry over at all (CR-38).
 */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { done, failedWith, FOO, mapped, stateOf } from './cast';
import { givenPlayedStacks, type PlayedStacks } from './played-stacks';
import { NODES, PROVIDER } from '../world';

const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];
const properties = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'mine', Groups: ['dev'] };
const ID = `role|my-cluster|${FOO}`;

let world: PlayedStacks;
afterEach(() => world.stop());

const takeOver = (ExistingEntry: string) =>
  world.create({ stack: 'taker', properties: { ...properties, ExistingEntry } });

/** A cluster admin who is mapped by no stack, where the cluster looks first. */
async function givenPerson(mode: AuthenticationMode, guardrails: object): Promise<void> {
  const awsAuth = { mapRoles: NODES + PROVIDER + mapped(FOO, 'admin', ['system:masters']) };
  world = await givenPlayedStacks({ mode, guardrails, ...(mode === 'CONFIG_MAP' ? { awsAuth } : {}) });
  if (mode === 'CONFIG_MAP') return;
  const policies = [{ policy: 'AmazonEKSClusterAdminPolicy' }];
  world.cluster.putAccessEntry({ principalArn: FOO, username: 'admin', kubernetesGroups: [], policies });
}

async function givenStack(mode: AuthenticationMode, guardrails: object): Promise<void> {
  world = await givenPlayedStacks({ mode, guardrails });
  done((await world.create({ stack: 'owner', properties: { ...properties, UserName: 'theirs' } })).answer);
}

async function expectRefused(): Promise<void> {
  for (const ExistingEntry of ['ADOPT', 'REPLACE']) {
    const before = stateOf(world.cluster);
    const { answer } = await takeOver(ExistingEntry);
    expect(stateOf(world.cluster)).toEqual(before);
    expect(answer).toMatchObject(failedWith(/^AccessDenied.*allowTakeover in EKS_ACCESS_GUARDRAILS/));
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
  }
}

describe.each(modes)('mode %s', (mode) => {
  test('by default nothing is taken over from a person', async () => {
    await givenPerson(mode, {});
    await expectRefused();
  });

  test('by default nothing is taken over from another stack', async () => {
    await givenStack(mode, {});
    await expectRefused();
  });

  test('with "unrecorded" nothing is taken over from another stack', async () => {
    await givenStack(mode, { allowTakeover: 'unrecorded' });
    await expectRefused();
  });

  test('with "unrecorded" ADOPT takes an entry of a person over, and Delete gives every right back', async () => {
    await givenPerson(mode, { allowTakeover: 'unrecorded' });
    const before = [stateOf(world.cluster), world.cluster.loginAs(FOO)];
    done((await takeOver('ADOPT')).answer);
    expect(world.cluster.loginAs(FOO)).toMatchObject({ username: 'mine' });
    const removal = { stack: 'taker', properties: { ...properties, ExistingEntry: 'ADOPT' }, physicalId: ID };
    done((await world.remove(removal)).answer);
    expect([stateOf(world.cluster), world.cluster.loginAs(FOO)]).toEqual(before);
  });

  test('with "any" REPLACE takes it from another stack, whose later events change nothing', async () => {
    await givenStack(mode, { allowTakeover: 'any' });
    done((await takeOver('REPLACE')).answer);
    const before = stateOf(world.cluster);
    const theirs = { ...properties, UserName: 'theirs' };
    const changed = { ...theirs, Groups: ['more'] };
    const { answer } = await world.update({
      stack: 'owner',
      properties: changed,
      old: theirs,
      physicalId: ID,
    });
    expect(answer).toMatchObject(failedWith(/^AlreadyExists.*LambdaKubeUser of stack taker/));
    done((await world.remove({ stack: 'owner', properties: theirs, physicalId: ID })).answer);
    expect(stateOf(world.cluster)).toEqual(before);
  });

  test('the record of a stack that was deleted counts as none, and the answer says so', async () => {
    await givenStack(mode, { allowTakeover: 'unrecorded' });
    world.stacks.set('owner', undefined);
    world.resources.clear();
    const before = stateOf(world.cluster);
    const { answer } = await world.create({ stack: 'taker', properties });
    expect(answer).toMatchObject(
      failedWith(/^AlreadyExists.*stack owner.*(deleted|no longer exists|is gone)/),
    );
    expect(stateOf(world.cluster)).toEqual(before);
    expect((await takeOver('REPLACE')).answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
    expect(world.cluster.loginAs(FOO)).toMatchObject({ username: 'mine' });
  });
});
