/**
 * One cell of the schedule's table: every call of this kind that a run makes meets the fault, and the next run comes without
 * it. No run throws, since nobody hears it; what is not done is in the log; nobody loses access; and the next run does it.
 */
import { ENVIRONMENT, type ScheduledEvent } from '../../../access/contract';
import { NODES, PROVIDER } from '../scenarios/world';
import { type Stage } from './calls';
import { type Column } from './columns';
import { type Line } from './function-here';
import { type ScheduledCall } from './scheduled-calls';
import { ADMIN, prepare, type Surroundings } from './scheduled-given';

/**
 * `passes`: it is done in the same run. `next`: the run says that it is not, and the next one does it. `believed`: the run
 * finds nothing to do, because what answered for the service says so, and the next one does it.
 */
export type ScheduledOutcome = 'passes' | 'next' | 'believed';

/** No mapping is moved with less than twenty seconds left, and a few are gone until it is its turn. */
const SECONDS = 28;
/** Of a run that lists clusters and comes no further. */
const SHORT_SECONDS = 4;
const EVENT: ScheduledEvent = {
  kind: 'cfn-eks-access/scheduled-run',
  everyMinutes: 1_440,
  settleSeconds: 0,
};

export class ScheduledCell {
  outcome: ScheduledOutcome | undefined;

  constructor(
    private readonly around: Surroundings,
    readonly call: ScheduledCall,
    readonly column: Column,
    private readonly stage: Stage,
  ) {}

  prepare(): Promise<void> {
    return prepare(this.around, this.call, this.stage);
  }

  /** The run that meets the fault. `onMet`: it has, and hardly does more than wait from now on. */
  async meet(onMet: () => void): Promise<void> {
    let isArmed = true;
    let met = 0;
    const { world, stacks } = this.around;
    this.call.server(world, this.stage, stacks.server).injectFault({
      match: (request) => {
        const isIt = isArmed && this.call.isCall(request, this.stage);
        if (isIt && ++met === 1) onMet();
        return isIt;
      },
      times: Infinity,
      ...this.column.of(this.call.dialect),
    });
    const seconds = this.call.isOfAll ? SHORT_SECONDS : SECONDS;
    const lines = await this.runInTime(seconds, () => met > 0);
    isArmed = false;
    if (met === 0) throw this.broken('no such call was made', lines);
    if (this.call.given === 'mapping' && !this.isLetIn()) throw this.broken('the role lost access', lines);
    this.outcome = this.isDone() ? 'passes' : isTold(lines, this.call) ? 'next' : 'believed';
  }

  /** The run after it. */
  async heal(): Promise<void> {
    const lines = await this.runInTime(60, () => this.isDone());
    if (!this.isDone() || !this.isLetIn()) throw this.broken('the next run did not do it', lines);
  }

  /** A run that a busy machine has kept from coming so far within limits of its own says nothing, and is run again. */
  private async runInTime(seconds: number, isFar: () => boolean): Promise<readonly Line[]> {
    for (let left = 5; ; left -= 1) {
      const lines = await this.run(seconds);
      const isLate = lines.some((line) =>
        /no answer within 5 s|the time of the run is over/.test(JSON.stringify(line)),
      );
      if (isFar() || !isLate || left === 0) return lines;
    }
  }

  private async run(seconds: number): Promise<readonly Line[]> {
    const { cluster } = this.stage;
    const { here, world } = this.around;
    const allowed = world.aws.lambda.function(world.serviceToken)?.environment?.[ENVIRONMENT.guardrails];
    const guardrails = {
      ...(JSON.parse(allowed ?? '{}') as object),
      // A pattern is what clusters are listed for.
      clusters: [this.call.isOfAll ? `${cluster}*` : cluster],
    };
    const { result, lines } = await here.invoke(EVENT, seconds, {
      [ENVIRONMENT.guardrails]: JSON.stringify(guardrails),
      [ENVIRONMENT.healRecreatedRoles]: 'true',
    });
    if (result.status === 'error') throw this.broken(`the run threw ${result.error.errorMessage}`, lines);
    return lines;
  }

  private isLetIn(): boolean {
    const login = this.cluster().loginAs(this.stage.roleArn);
    const isAdmin = login?.groups.includes(ADMIN.group) === true || this.entry()?.policies[0] !== undefined;
    return login?.username === 'joe' && isAdmin;
  }

  private isDone(): boolean {
    const { mapRoles } = this.cluster().configMap()?.data ?? {};
    const isOut = mapRoles === undefined || mapRoles === NODES + PROVIDER;
    return isOut && this.entry()?.policies[0]?.policyArn.endsWith(ADMIN.policy) === true && this.isLetIn();
  }

  private entry() {
    return this.cluster().accessEntry(this.stage.roleArn);
  }

  private cluster() {
    return this.around.world.aws.controlPlane.cluster(this.stage.cluster);
  }

  private broken(what: string, lines: readonly Line[]): Error {
    const { call, column, stage } = this;
    return new Error(
      `${call.name}, ${column.name} (${stage.logicalId}): ${what}\n${lines.map((line) => JSON.stringify(line)).join('\n')}`,
    );
  }
}

/** Why it was not done. A cluster that reads access entries alone has nothing of the kind in aws-auth. */
function isTold(lines: readonly Line[], { given }: ScheduledCall): boolean {
  return lines.some(
    ({ reason, unknown, message }) =>
      ((reason ?? unknown) !== undefined &&
        (given === 'mapping' || message !== 'aws-auth was not looked at')) ||
      message === 'the time of the run is over: the next run moves the others',
  );
}
