/**
 * The function's own loop over aws-auth (`putIdentityMapping`: its plans, its pauses) with N writers in virtual time: a
 * round trip takes what it is said to take and the processor nothing. What this machine has to do besides does not show,
 * so that the pause can be judged by itself.
 */
import { type LoginIdentity } from '../access/login-identity';
import { type OwnershipQuestions } from '../access/surroundings';
import { type AwsAuthData } from '../access/aws-auth/identity-mapping';
import { putIdentityMapping } from '../access/aws-auth/put';
import { ProviderError } from '../access/errors';
import { type Deadline } from '../access/retry';
import { foreign, roleArn } from './stage';
import { type ConfigMap, type ConfigMapStore } from '../access/aws-auth/port';

/** Milliseconds of one way, and of the server for each request. */
export interface Distance {
  readonly oneWay: number;
  readonly service: number;
  /** The share of answers that come late, and by how many milliseconds at most. */
  readonly late: { readonly share: number; readonly most: number };
}

export interface VirtualRun {
  readonly wall: number;
  readonly attempts: number;
  readonly lost: number;
}

/** The ConfigMap alone: no other place, no records of others. */
const ownership: OwnershipQuestions = {
  standingOf: async () => 'foreign',
  elsewhere: async () => ({ state: 'nothing' }),
  refuseIfLate: () => Promise.resolve(),
  isRollback: () => Promise.resolve(false),
  mayTakeOver: () => false,
  isProvidersRole: false,
};

export async function contendInVirtualTime(
  writers: number,
  { oneWay, service, late }: Distance,
  random: () => number,
): Promise<VirtualRun> {
  const time = new VirtualTime();
  let version = 1;
  let stored: ConfigMap = { object: { metadata: {}, data: foreign }, data: foreign, annotations: {} };
  let attempts = 0;
  const wayBack = (): number => oneWay + (random() < late.share ? random() * late.most : 0);
  const store: ConfigMapStore = {
    read: async () => {
      await time.pass(oneWay + service);
      const read = { ...stored, object: { ...stored.object, metadata: { resourceVersion: version } } };
      await time.pass(wayBack());
      return read;
    },
    replace: async (configMap) => {
      attempts += 1;
      await time.pass(oneWay + service);
      const isStale = configMap.object.metadata['resourceVersion'] !== version;
      if (!isStale) {
        version += 1;
        stored = configMap;
      }
      await time.pass(wayBack());
      if (isStale) throw new ProviderError('ResourceConflict', 'stale');
    },
    make: async () => {
      throw new Error('there is an aws-auth: no writer makes one');
    },
  };
  const deadline: Deadline = {
    signal: new AbortController().signal,
    now: () => time.now,
    remainingMs: () => 600_000 - time.now,
    pause: (ms) => time.pass(ms),
    random,
  };
  const arns = Array.from({ length: writers }, (_, index) => roleArn(`writer-${index}`));
  const ends: number[] = [];
  const work = arns.map(async (arn, index) => {
    const owner = {
      stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/a/b',
      logicalId: `E${index}`,
    };
    const mapping = { section: 'mapRoles', arn, username: 'user', groups: ['team-a'] } as const;
    const intent = { key: arn, mapping, owner, existingEntry: 'FAIL', isNew: true } as const;
    await putIdentityMapping(store, { intent, desired: '{}' as LoginIdentity, ownership }, deadline);
    ends.push(time.now);
  });
  await time.runUntil(Promise.all(work));
  return {
    wall: Math.max(...ends),
    attempts: attempts / writers,
    lost: arns.filter((arn) => !holds(stored.data, arn)).length,
  };
}

function holds(data: AwsAuthData, arn: string): boolean {
  return (data['mapRoles'] ?? '').includes(`${arn}"`);
}

/** Moves on to the next thing that is due whenever no writer has anything left to do. */
class VirtualTime {
  now = 0;
  private due: { readonly at: number; readonly wake: () => void }[] = [];

  pass(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.now + milliseconds;
      const place = this.due.findLastIndex((other) => other.at <= at);
      this.due.splice(place + 1, 0, { at, wake });
    });
  }

  async runUntil(done: Promise<unknown>): Promise<void> {
    let finished = false;
    void done.finally(() => (finished = true)).catch(() => undefined);
    while (!finished) {
      // All promises that can go on do so before this comes back.
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.due.shift();
      if (!next) continue;
      this.now = next.at;
      next.wake();
    }
    await done;
  }
}
