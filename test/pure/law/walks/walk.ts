/** A named sequence with what has to be true after each step: the ownership table by example. */
import { checkMeetings } from '../at-once';
import { checkEnd } from '../invariants';
import { PLACES, type PrincipalName, type StackName } from '../model/names';
import { type Cluster, tagsOfContent } from '../model/cluster';
import { type Login } from '../model/mapping';
import { type Token } from '../model/rights';
import { rightsOf } from '../model/rights-given';
import { World } from '../model/world';
import { contentsOf } from '../model/telling';
import { finish, look, runStep } from '../run';
import { type Sequence, type Start, type Step } from '../step';

/** What is left out is not looked at. */
export interface Then {
  readonly stacks?: Readonly<Partial<Record<StackName, string>>>;
  /** Who logs in as what by now; `nobody` for refused. */
  readonly logins?: Readonly<Partial<Record<PrincipalName, Login>>>;
  /** What each may do by named rights, in the order of the alphabet. */
  readonly rights?: Readonly<Partial<Record<PrincipalName, readonly Token[]>>>;
  /** All RoleBindings of the provider's, in that order. */
  readonly bindings?: readonly Token[];
  /** What the access entry is tagged with, records aside. */
  readonly tags?: Readonly<Partial<Record<PrincipalName, Readonly<Record<string, string>>>>>;
  /** Principals that a place has an entry of, and no others but those that were there at the start. */
  readonly api?: readonly PrincipalName[];
  readonly awsAuth?: readonly PrincipalName[];
  /** The text of mapRoles and the access entries are what they were before the first step. */
  readonly asFound?: true;
}

export interface Walk {
  readonly name: string;
  readonly start: Start;
  readonly steps: readonly (Step & { readonly then?: Then })[];
  /** Stops after the last step: what is left then is what the walk is about. */
  readonly isOpenEnded?: boolean;
}

/** Gives what was wrong, first thing first; nothing where all was right. */
export async function takeWalk({ start, steps, isOpenEnded }: Walk): Promise<readonly string[]> {
  const world = new World(start);
  const before = snapshot(world.cluster);
  for (const [number, { then, ...step }] of steps.entries()) {
    await world.time.run(runStep(world, step));
    const wrong = [
      ...look(world),
      ...(await checkMeetings(world)),
      ...(then ? differences(world, then, before) : []),
    ];
    if (wrong.length > 0) return wrong.map((what) => `step ${number}: ${what}`);
  }
  if (isOpenEnded) return [];
  await world.time.run(finish(world));
  return [...look(world), ...checkEnd(world)].map((what) => `at the end: ${what}`);
}

/** Who is mapped as what where the steps have been taken, whose that is, and what has become of the stacks. */
export async function stateAfter({ start, steps }: Sequence): Promise<string> {
  const world = new World(start);
  for (const step of steps) await world.time.run(runStep(world, step));
  const stacks = [...world.stacks].map(([name, { status }]) => `${name} ${status}`);
  return [contentsOf(world.cluster), ...stacks].join('\n');
}

function differences(world: World, then: Then, before: Snapshot): readonly string[] {
  const wrong: string[] = [];
  const compare = (what: string, actual: unknown, wanted: unknown): void => {
    const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(wanted)];
    if (is !== shouldBe) wrong.push(`${what} is ${is}, not ${shouldBe}`);
  };
  for (const [name, status] of Object.entries(then.stacks ?? {}))
    compare(`stack ${name}`, world.stacks.get(name as StackName)?.status, status);
  for (const [name, login] of Object.entries(then.logins ?? {}))
    compare(`login of ${name}`, world.cluster.login(name as PrincipalName) ?? 'nobody', login);
  for (const [name, tags] of Object.entries(then.tags ?? {})) {
    const content = world.cluster.content('API', name as PrincipalName);
    compare(`tags of ${name}`, content === undefined ? undefined : tagsOfContent(content), tags);
  }
  for (const [name, rights] of Object.entries(then.rights ?? {}))
    compare(`rights of ${name}`, [...rightsOf(world.cluster, name as PrincipalName)].sort(), rights);
  if (then.bindings) compare('RoleBindings', [...world.cluster.rbac.roleBindings()].sort(), then.bindings);
  const now = snapshot(world.cluster);
  if (then.api) compare('new in the API', newIn(now.api, before.api), [...then.api].sort());
  if (then.awsAuth) compare('new in aws-auth', newIn(now.awsAuth, before.awsAuth), [...then.awsAuth].sort());
  if (then.asFound) {
    compare('mapRoles', now.text, before.text);
    compare('access entries', [...now.api], [...before.api]);
  }
  return wrong;
}

interface Snapshot {
  readonly text: string;
  readonly api: ReadonlyMap<PrincipalName, string>;
  readonly awsAuth: ReadonlyMap<PrincipalName, string>;
}

function snapshot(cluster: Cluster): Snapshot {
  const names = ['one', 'two', 'node', 'admin', 'provider'] as const;
  const [api, awsAuth] = PLACES.map(
    (place) =>
      new Map(
        names.flatMap((name) => {
          const content = cluster.content(place, name);
          return content === undefined ? [] : [[name, content] as const];
        }),
      ),
  );
  return { text: cluster.mapRoles(), api: api ?? new Map(), awsAuth: awsAuth ?? new Map() };
}

function newIn(
  now: ReadonlyMap<PrincipalName, string>,
  before: ReadonlyMap<PrincipalName, string>,
): readonly string[] {
  return [...now.keys()].filter((name) => !before.has(name)).sort();
}
