/** Tags whose names mean something to the language are tags like all others, and the record of the owner is none of them. */
import { done, failedWith, FOO } from './cast';
import { givenWorld, type World } from '../world';

const resourceType = 'Custom::EksAccessEntry';
const base = { ClusterName: 'my-cluster', PrincipalArn: FOO };
const tagged = (...names: string[]) => ({
  ...base,
  Tags: names.map((Key) => ({ Key, Value: 'v' })),
});

let world: World;
beforeEach(async () => (world = await givenWorld({ mode: 'API', guardrails: {} })));
afterEach(() => world.stop());

const tagsOf = (): string[] =>
  Object.keys(world.cluster.accessEntry(FOO)?.tags ?? {}).filter((key) => !key.startsWith('cfn-eks-access'));

test('tags named as members of every object are set and taken off', async () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'plain'];
  const old = tagged(...names);
  const created = done(await world.send({ type: 'Create', resourceType, properties: old }));
  expect(tagsOf().sort()).toEqual([...names].sort());
  const physicalId = created.PhysicalResourceId;
  done(await world.send({ type: 'Update', resourceType, properties: base, old, physicalId }));
  expect(tagsOf()).toEqual([]);
});

test.each(['cfn-eks-access:owner', 'cfn-eks-access:found', 'aws:x', 'AWS:x'])(
  'a template cannot set the tag %s',
  async (name) => {
    const answer = await world.send({ type: 'Create', resourceType, properties: tagged(name) });
    expect(answer).toMatchObject(failedWith(/^InvalidRequest: Tags.*reserved/));
    expect(world.cluster.accessEntry(FOO)).toBeUndefined();
  },
);
