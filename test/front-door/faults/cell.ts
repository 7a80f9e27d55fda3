/**
 * One cell of the table: the event that makes the call meets the fault once, and another one meets it until its answer is
 * there. Whatever they come to, the next event without the fault must find nothing half-applied.
 */
import { randomUUID } from 'node:crypto';
import { type Answer, NODES, type Sent, type World } from '../scenarios/world';
import { type Call, type Stage } from './calls';
import { type Column } from './columns';
import { askedAccess, givenAccess } from './given-access';

/**
 * `believed`: the function says that it is done, and it is not: what answered for the service has said so. `fails`: it
 * says so itself, or, where that could not be delivered, its invocation fails and Lambda runs it again.
 */
export type Outcome = 'done' | 'believed' | 'fails';

type Properties = Readonly<Record<string, unknown>>;

interface Served {
  /** Undefined: the bucket has none. */
  readonly answer: Answer | undefined;
  readonly hasThrown: boolean;
  readonly requestId: string;
}

export class Run {
  private readonly properties: Properties;

  constructor(
    private readonly world: World,
    private readonly call: Call,
    private readonly column: Column,
    private readonly stage: Stage,
  ) {
    this.properties = call.properties(stage);
  }

  /** The fault is there for one request; then the same event comes again without it. */
  async once(): Promise<Outcome> {
    const { sent, served, outcome } = await this.meet(1, {});
    if (outcome !== 'done') {
      const { requestId } = served;
      this.expectDone(await this.send({ ...sent, requestId }), 'the same event without the fault');
    }
    this.expectAccess(this.wanted(sent));
    return outcome;
  }

  /** The fault stays until the answer is there; then CloudFormation takes back what the event may have done. */
  async lasting(): Promise<Outcome> {
    // CloudFormation is said to wait no longer than that, which ends the tries.
    const seconds = this.call.mayStaySilent ? '40' : '7';
    const { sent, served, outcome } = await this.meet(Infinity, { ServiceTimeout: seconds });
    const physicalId = served.answer?.PhysicalResourceId ?? sent.physicalId;
    if (physicalId === undefined) return outcome;
    const { properties } = this;
    const back: Sent =
      this.call.type === 'Update'
        ? { type: 'Update', properties, old: sent.properties, physicalId }
        : { type: 'Delete', properties, physicalId };
    this.expectDone(await this.send(back), 'the way back');
    this.expectAccess(this.call.type === 'Delete' ? undefined : this.before());
    return outcome;
  }

  /** What the role has before the event. */
  private before(): Properties | undefined {
    return this.call.type === 'Create' && this.call.renamedFrom === undefined ? undefined : this.properties;
  }

  private wanted(sent: Sent): Properties | undefined {
    return sent.type === 'Delete' ? undefined : sent.properties;
  }

  private async meet(
    times: number,
    more: Properties,
  ): Promise<{ readonly sent: Sent; readonly served: Served; readonly outcome: Outcome }> {
    const { call, stage, properties } = this;
    const physicalId = await this.makeWhatIsBefore();
    const sent: Sent = {
      type: call.type,
      properties: { ...properties, ...call.changed },
      ...(call.type === 'Update' ? { old: properties } : {}),
      ...(physicalId === undefined ? {} : { physicalId }),
    };
    let isArmed = true;
    let met = 0;
    call.server(this.world, stage).injectFault({
      match: (request) => {
        const isIt = isArmed && call.isCall(request, stage);
        if (isIt) met += 1;
        return isIt;
      },
      times,
      ...this.column.of(call.dialect),
    });
    const served = await this.send({ ...sent, properties: { ...sent.properties, ...more } });
    isArmed = false;
    if (met === 0) throw this.broken('no such call was made', served);
    return { sent, served, outcome: this.outcomeOf(sent, served) };
  }

  private outcomeOf(sent: Sent, { answer, hasThrown }: Served): Outcome {
    if (hasThrown) return 'fails';
    if (answer?.Status !== 'FAILED') return answer && this.has(this.wanted(sent)) ? 'done' : 'believed';
    // The id of a Create that has written nothing says so, and its Delete looks at nothing (CR-13).
    if (answer.PhysicalResourceId.startsWith('create-failed|')) this.expectAccess(this.before());
    return 'fails';
  }

  /** The resource of an Update, a Delete or a rename; gives its id where the event is about that very resource. */
  private async makeWhatIsBefore(): Promise<string | undefined> {
    const { type, renamedFrom = '' } = this.call;
    if (!this.before()) return undefined;
    const logicalId = renamedFrom + this.stage.logicalId;
    const made = await this.send({ type: 'Create', logicalId, properties: this.properties });
    this.expectDone(made, 'the Create before');
    return type === 'Create' ? undefined : made.answer?.PhysicalResourceId;
  }

  private async send(sent: Sent): Promise<Served> {
    const { logicalId } = this.stage;
    const requestId = sent.requestId ?? randomUUID();
    const { accepted } = this.world.aws.answerBucket;
    const before = accepted.length;
    const { resourceType } = this.call;
    const result = await this.world.invoke({ resourceType, logicalId, ...sent, requestId });
    const answers = accepted.slice(before).filter((answer) => answer.requestId === requestId);
    // A confirmation that is lost makes the same answer come twice, byte for byte.
    if (new Set(answers.map(({ body }) => body.toString())).size > 1)
      throw this.broken('two different answers to one event');
    const hasThrown = result.status !== 'success';
    if (hasThrown && !result.error.errorMessage.includes('could not be delivered'))
      throw this.broken(result.error.errorMessage);
    return { answer: answers[0]?.document as Answer | undefined, hasThrown, requestId };
  }

  private expectDone(served: Served, what: string): void {
    if (served.hasThrown || served.answer?.Status !== 'SUCCESS') throw this.broken(`${what} failed`, served);
  }

  private has(properties: Properties | undefined): boolean {
    return givenAccess(this.cluster(), this.stage.roleArn) === (properties && askedAccess(properties));
  }

  /** The nodes' mapping is as it was, too. */
  private expectAccess(properties: Properties | undefined): void {
    const found = givenAccess(this.cluster(), this.stage.roleArn) ?? 'nothing';
    if (!this.has(properties))
      throw this.broken(`the role has ${found}, and not ${properties ? askedAccess(properties) : 'nothing'}`);
    const text = this.cluster().configMap()?.data?.['mapRoles'];
    if (this.call.ownCluster !== 'without aws-auth' && !(text ?? NODES).startsWith(NODES))
      throw this.broken('the nodes’ mapping has changed');
  }

  private cluster() {
    return this.world.aws.controlPlane.cluster(this.stage.cluster);
  }

  private broken(what: string, served?: Served): Error {
    const { call, column, stage } = this;
    const answer = served ? `; ${JSON.stringify(served.answer)}` : '';
    return new Error(`${call.name}, ${column.name} (${stage.logicalId}): ${what}${answer}`);
  }
}
