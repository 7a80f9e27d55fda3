/**
 * One cell of the table of mode changes: one event meets the fault once, and another one until its answer is there. Then the
 * operation comes again without the fault, and finds what has begun: the mode is changed by one update, whatever happened.
 */
import { randomUUID } from 'node:crypto';
import { type Answer, eventOf, type World } from '../scenarios/world';
import { TYPE } from '../scenarios/authentication-mode/mode';
import { type Stage } from './calls';
import { type Outcome } from './cell';
import { type Column } from './columns';
import { type FunctionHere } from './function-here';
import { clusterOfHop, DESCRIBE_UPDATE, type ModeCall } from './mode-calls';

/** What an invocation has that passes its event on. */
const SHORT_SECONDS = 30;
/** How long CloudFormation waits where the fault stays: time enough for what passes all the same. */
const LASTING_SECONDS = 20;

export class ModeCell {
  /** As EKS says; where it is so, it ends when the event is handed over. */
  private isUpdateRunning = false;

  constructor(
    private readonly world: World,
    private readonly here: FunctionHere,
    readonly call: ModeCall,
    readonly column: Column,
    private readonly stage: Stage,
  ) {}

  async prepare(): Promise<void> {
    const { controlPlane } = this.world.aws;
    await controlPlane.createCluster({ name: this.stage.cluster, authenticationMode: 'CONFIG_MAP' });
    if (!this.call.isHandOver) return;
    this.isUpdateRunning = true;
    const update = { id: 'u', status: 'InProgress', type: 'AccessConfigUpdate', params: [], errors: [] };
    controlPlane.eks.injectFault({
      match: (request) => this.isUpdateRunning && DESCRIBE_UPDATE.isCall(request, this.stage),
      times: Infinity,
      respond: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ update }),
      },
    });
  }

  once(): Promise<Outcome> {
    return this.meet(1, this.call.isHandOver ? SHORT_SECONDS : 60, '600');
  }

  lasting(): Promise<Outcome> {
    return this.call.isHandOver
      ? this.meet(Infinity, SHORT_SECONDS, '600')
      : this.meet(Infinity, 60, String(LASTING_SECONDS));
  }

  private async meet(times: number, seconds: number, serviceTimeout: string): Promise<Outcome> {
    const { call, column, stage, world } = this;
    let isArmed = true;
    let met = 0;
    call.server(world).injectFault({
      match: (request) => {
        const isIt = isArmed && call.isCall(request, stage);
        if (isIt) met += 1;
        if (isIt && times === 1) this.isUpdateRunning = false;
        return isIt;
      },
      times,
      ...column.of(call.dialect),
    });
    // Of an invocation that Lambda has taken, and has not said so, the answer comes after this one's.
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    if (call.isHandOver && times > 1)
      world.aws.lambda.injectFault({
        match: (event) => clusterOfHop(event) === stage.cluster,
        times: Infinity,
        until,
      });
    const answer = await this.send(seconds, serviceTimeout, release);
    isArmed = false;
    this.isUpdateRunning = false;
    if (met === 0) throw this.broken('no such call was made', answer);
    if (answer?.PhysicalResourceId.startsWith('create-failed|') && this.updates() > 0)
      throw this.broken('the id says that nothing was changed', answer);
    const outcome = answer === undefined ? 'believed' : answer.Status === 'FAILED' ? 'fails' : 'done';
    if (outcome !== 'done') {
      const again = await this.send(60, '600', () => undefined);
      if (again?.Status !== 'SUCCESS') throw this.broken('the operation without the fault failed', again);
    }
    if (this.cluster().authenticationMode !== 'API_AND_CONFIG_MAP' || this.updates() !== 1)
      throw this.broken(`the mode is ${this.cluster().authenticationMode}, after ${this.updates()} updates`);
    return outcome;
  }

  /** The answer that counts: the first. Undefined: there is none. */
  private async send(
    seconds: number,
    serviceTimeout: string,
    onServed: () => void,
  ): Promise<Answer | undefined> {
    const { aws, serviceToken } = this.world;
    const { cluster, logicalId } = this.stage;
    const requestId = randomUUID();
    const event = eventOf(aws, serviceToken, {
      type: 'Create',
      resourceType: TYPE,
      logicalId,
      requestId,
      properties: { Cluster: cluster, Mode: 'API_AND_CONFIG_MAP', ServiceTimeout: serviceTimeout },
    });
    const { result } = await this.here.invoke(event, seconds);
    onServed();
    if (result.status === 'error') throw this.broken(result.error.errorMessage);
    await aws.lambda.idle();
    const first = aws.answerBucket.accepted.find((answer) => answer.requestId === requestId);
    return first?.document as Answer | undefined;
  }

  private updates(): number {
    return this.cluster()
      .updates()
      .filter(({ type }) => type === 'AccessConfigUpdate').length;
  }

  private cluster() {
    return this.world.aws.controlPlane.cluster(this.stage.cluster);
  }

  private broken(what: string, answer?: Answer): Error {
    const { call, column, stage } = this;
    return new Error(`${call.name}, ${column.name} (${stage.logicalId}): ${what}; ${JSON.stringify(answer)}`);
  }
}
