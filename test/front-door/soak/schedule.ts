/**
 * One seeded schedule: stacks that come, change, fail and go, a foreign writer, and servers that misbehave. The seed
 * decides what happens and in which order it is started; what runs at once is left to the machine.
 */
import { LAST_DELETE_ANNOTATION } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { type Fault } from '../../../local/aws/server/loopback-server';
import { type Session } from '../../../local/demo/session';
import { type Random } from '../../random';
import { resource } from '../scenarios/whole-stacks';

const STACKS = ['alpha', 'beta', 'gamma'] as const;
const PRINCIPALS = ['one', 'two', 'path/three', 'four'];

/**
 * Stacks share principals only where a write carries a version: the EKS API has none, so two stacks that change one
 * access entry in the same moment are beyond what any provider could promise (README, Limits).
 */
function principalsOf(stack: string, mode: AuthenticationMode): string[] {
  return PRINCIPALS.map(
    (name) => `arn:aws:iam::111122223333:role/${mode === 'CONFIG_MAP' ? name : `${name}-${stack}`}`,
  );
}

/** Runs the schedule; the session's cluster is as before when it is over. Throws what broke an invariant. */
export async function runSchedule(session: Session, mode: AuthenticationMode, random: Random): Promise<void> {
  const foreign = new ForeignWriter(session, random);
  const before = foreign.state();
  const steps = 3 + random.below(5);
  for (let step = 0; step < steps; step += 1) {
    const stacks = STACKS.filter(() => random.below(2) === 0);
    disturb(session, mode, random);
    if (random.below(3) === 0) foreign.write();
    await Promise.all(stacks.map((name) => operate(session, name, mode, random)));
    foreign.check();
  }
  for (const name of STACKS) {
    const stack = session.aws.cloudformation.stack(name);
    if (!stack || stack.status === 'DELETE_COMPLETE') continue;
    const { status, reason } = await session.aws.cloudformation.deleteStack({ name });
    if (status !== 'DELETE_COMPLETE') throw new Error(`stack ${name} came to ${status}: ${reason ?? ''}`);
  }
  foreign.check();
  foreign.undo();
  expectEqual(foreign.state(), before, 'something was left behind');
  const contradictions = session.aws.answerBucket.violations.filter(({ identical }) => !identical);
  expectEqual(contradictions.length, 0, 'a request was answered in two ways');
}

async function operate(
  session: Session,
  name: string,
  mode: AuthenticationMode,
  random: Random,
): Promise<void> {
  const { cloudformation } = session.aws;
  const stack = cloudformation.stack(name);
  const exists = stack !== undefined && !/^(DELETE_COMPLETE|ROLLBACK_COMPLETE)$/.test(stack.status);
  // UPDATE_ROLLBACK_FAILED: another stack has taken the principal over by force meanwhile, and no stack may take it back.
  const isStuck = /^(ROLLBACK_COMPLETE|UPDATE_ROLLBACK_FAILED)$/.test(stack?.status ?? '');
  if (isStuck) return void (await cloudformation.deleteStack({ name }));
  if (exists && random.below(4) === 0) return void (await cloudformation.deleteStack({ name }));
  const template = JSON.stringify({ Resources: resources(principalsOf(name, mode), random) });
  try {
    await cloudformation[exists ? 'updateStack' : 'createStack']({ name, template });
  } catch (error) {
    // CloudFormation refuses an update that changes nothing.
    if (!(error instanceof Error) || !/No updates/.test(error.message)) throw error;
  }
}

/** One to three mappings of different principals, now and then one that must fail. */
function resources(principals: string[], random: Random): Record<string, object> {
  const result: Record<string, object> = {};
  for (const id of ['A', 'B', 'C'].slice(0, 1 + random.below(3))) {
    const [principal = ''] = principals.splice(random.below(principals.length), 1);
    // One after another: a replacement that is cancelled in full flight can be written after its own rollback, which
    // no provider can tell from a wanted one (docs/design.md).
    result[id] = { ...entry(principal, random), DependsOn: Object.keys(result) };
  }
  if (random.below(5) === 0)
    result['Bad'] = {
      ...entry('arn:aws:iam::111122223333:group/none', random),
      DependsOn: Object.keys(result),
    };
  return result;
}

function entry(roleArn: string, random: Random): object {
  return resource(roleArn, {
    UserName: `user-${random.below(3)}`,
    Groups: [`team-${random.below(3)}`],
    ExistingEntry: random.pick(['FAIL', 'ADOPT', 'REPLACE']),
  });
}

function disturb({ aws, cluster }: Session, mode: AuthenticationMode, random: Random): void {
  const isWrite = ({ method }: { readonly method: string }): boolean => method !== 'GET';
  const status = (code: number, reason: string): Fault => ({
    match: isWrite,
    respond: { status: code, body: JSON.stringify({ kind: 'Status', reason, message: reason }) },
  });
  const cut = (action: 'reset' | 'reset-after'): Fault => ({ match: isWrite, action });
  if (random.below(2) === 0) {
    const server = mode === 'CONFIG_MAP' ? cluster.kubernetes : aws.controlPlane.eks;
    server.injectFault(
      random.pick([
        status(503, 'ServiceUnavailable'),
        status(429, 'TooManyRequests'),
        cut('reset'),
        cut('reset-after'),
      ]),
    );
  }
  if (random.below(3) === 0)
    aws.answerBucket.injectFault({
      match: isWrite,
      ...random.pick([{ action: 'reset' as const }, { respond: { status: 503 } }]),
    });
}

/** An administrator with kubectl: adds and changes an entry of its own, and must find everything as it left it. */
class ForeignWriter {
  private written = 0;

  constructor(
    private readonly session: Session,
    private readonly random: Random,
  ) {}

  write(): void {
    if (!this.session.cluster.configMap()) return;
    this.written += 1;
    const line = `- {rolearn: "arn:aws:iam::444455556666:role/foreign-${this.written}", username: f} # ${this.random.below(1000)}\n`;
    this.edit((text) => text + line);
  }

  /** Everything in aws-auth that is neither the provider's nor its records. */
  check(): void {
    const text = this.session.cluster.configMap()?.data?.['mapRoles'] ?? '';
    for (let number = 1; number <= this.written; number += 1) {
      if (!text.includes(`role/foreign-${number}"`))
        throw new Error(`the foreign entry ${number} is gone from aws-auth`);
    }
  }

  undo(): void {
    if (this.written > 0)
      this.edit((text) => text.replace(/^- \{rolearn: "arn:aws:iam::444455556666:role\/foreign-.*\n/gm, ''));
    this.written = 0;
  }

  state(): unknown {
    const { cluster } = this.session;
    // All but the mark of a Delete that found nothing, which stays (docs/design.md).
    const { [LAST_DELETE_ANNOTATION]: _, ...annotations } = cluster.configMap()?.metadata.annotations ?? {};
    return [cluster.configMap()?.data, annotations, cluster.accessEntries()];
  }

  private edit(change: (text: string) => string): void {
    this.session.cluster.writeConfigMap((current) => ({
      ...current,
      data: { ...current.data, mapRoles: change(current.data?.['mapRoles'] ?? '') },
    }));
  }
}

function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual, null, 1), JSON.stringify(expected, null, 1)];
  if (got !== wanted) throw new Error(`${what}\nexpected ${wanted}\ngot ${got}`);
}
