/** One world: time, the cluster, the stacks, people, and the book of who holds what. Deterministic from its start. */
import { type Place } from '../../../../access/place';
import { seeded, type Random } from '../../../random';
import { present, VirtualTime } from '../engine/time';
import { GUARDS_TAKEOVER } from '../wiring/environment';
import { runFunction } from '../wiring/event';
import { checkAnswer } from './answers';
import { type AnswerTaken } from './answers';
import { bookAnswer, bookDeath } from './book-answer';
import { runSchedule } from './run-schedule';
import { meanwhile } from './scheduled-run';
import { label, witnessOf } from './witness';
import { Sender, type Course, type EventCourse, type Stack, type Transport } from './cloudformation';
import { Cluster } from './cluster';
import { ForeignLayer } from './foreign';
import { tagWhatWasFound } from './foreign-tags';
import { type Company, type Gathering } from './gathering';
import { liveResource, stackStatus } from './live';
import { isUnclear, type LiveResource } from './cell';
import { isKilledIn } from './killed';
import { Ledger } from './ledger';
import { type Meeting } from './meeting';
import { type SeenWorld } from './seen-world';
import { askedLogin, hasEnded, placeOf } from './mapping';
import { FIRST_MOMENT, type LogicalId, type OwnerKey, PLACES, type StackName } from './names';
import { type Answer, type Delivery, newDelivery, type Request } from './request';
import { type Operation } from './stack-operations';
import { type RbacWitness } from './rbac-store';
import { type Witness } from './stores';
import { type Start } from '../step';

const SERVICE_TIMEOUT_MS = 600_000;
const LATE_COMMIT_MS = 20_000;

export class World implements SeenWorld {
  readonly time = new VirtualTime(FIRST_MOMENT);
  readonly cluster: Cluster;
  readonly takeover: Start['takeover'];
  readonly isDenied: boolean;
  readonly setsUpRights: boolean;
  readonly random: Random;
  readonly foreign: ForeignLayer;
  readonly ledger: Ledger;
  readonly stacks = new Map<StackName, Stack>();
  readonly requests: Request[] = [];
  /** Events that were served at the same time, and have yet to be looked at. */
  readonly meetings: Meeting[] = [];
  readonly violations: string[] = [];
  /** Where the events of operations that begin at the same time wait for each other. */
  gathering: Gathering | undefined;
  private readonly latest = new Map<OwnerKey, Request>();
  /** Calls to EKS that were given up and have yet to happen. */
  private readonly pending: (() => void)[] = [];
  /** Writes to aws-auth that have happened after their function had given up. */
  lateCommits = 0;
  private serial = 0;

  constructor(start: Start) {
    present.time = this.time;
    this.cluster = new Cluster(start.mode);
    this.takeover = GUARDS_TAKEOVER ? start.takeover : 'any';
    this.isDenied = start.isDenied ?? false;
    this.setsUpRights = start.rights === 'by provider';
    if (start.rights === 'installed') this.cluster.rbac.install();
    this.random = seeded(1);
    this.ledger = new Ledger(() => ({
      cluster: this.cluster,
      foreign: this.foreign,
      takeover: this.takeover,
      resource: (owner) => this.resource(owner),
      now: () => this.time.now(),
    }));
    this.foreign = new ForeignLayer(
      this.cluster,
      {
        isHeld: (place, name) => this.ledger.isHeld(place, name),
        recordsLost: () => this.ledger.recordsLost(),
        tagged: (name, value) => tagWhatWasFound(this.ledger.cell('API', name), value),
      },
      () => this.time.now(),
    );
    if (start.hasConfigMap) this.cluster.write({}, {});
    for (const act of start.acts) this.foreign.act(act);
  }

  violate(what: string): void {
    this.violations.push(what);
  }

  newId(): string {
    return `request-${(this.serial += 1)}`;
  }

  newStack(name: StackName): Stack {
    this.serial += 1;
    const id = `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/${this.serial}`;
    const stack: Stack = { name, id, status: 'NEW', resources: new Map(), unfinished: new Map() };
    this.stacks.set(name, stack);
    return stack;
  }

  operation(stack: Stack, course: Course): Operation {
    return {
      stack,
      sender: new Sender(stack, course, this.transport, this.latest),
      siblingFails: course.siblingFails ?? false,
      isAtOnce: () => this.gathering !== undefined,
      released: (owner) => this.ledger.release(owner),
      retained: (owner) => this.ledger.retain(owner),
      abandon: (owner) => this.ledger.abandon(owner),
      rollbackFailed: (owner, to) => {
        const [{ principal, cluster = 'prod' }, { mode }] = [to, this.cluster];
        // Without its record an entry is the resource's only where it is known to have lived (docs/design.md, section 2),
        // which the properties of an attempt that failed do not say.
        const tried = stack.resources.get(owner.slice(owner.indexOf('#') + 1) as LogicalId)?.attempted;
        // What ADOPT had found an Update that asked for what had ended gave back: it is another tool's again (docs/law.md).
        const isGivenBack = (place: Place): boolean =>
          tried !== undefined &&
          hasEnded(tried, this.time.now()) &&
          this.cluster.content(place, principal) === this.foreign.content(place, principal);
        const isOwn = PLACES.some(
          (place) =>
            this.cluster.reads(place) &&
            !isGivenBack(place) &&
            // A node's access entry does not say whose it is.
            (!to.node || place === placeOf(to, mode)) &&
            this.cluster.content(place, principal) !== undefined &&
            this.ledger.holder(place, principal) === owner &&
            !isUnclear(this.ledger.cell(place, principal)),
        );
        const isInForce = cluster === 'prod' && this.cluster.login(principal) === askedLogin(to);
        // What is forced into a place that the cluster does not have cannot come back there (docs/law.md); what is forced into
        // an access entry where there are none, or given by policies in aws-auth, another provider's resource alone can have been.
        const isUnsaid = placeOf(to, mode) === 'API' ? to.user === '{{SessionName}}' : to.engine === 'POLICY';
        const isLost =
          isUnsaid ||
          (to.forced === 'CONFIG_MAP' && mode === 'API') ||
          (to.forced === 'API' && mode === 'CONFIG_MAP');
        if (isOwn && isInForce && !isLost && !course.faults)
          this.violate(`${owner}: the way back to what is in force failed`);
        this.ledger.wayBackFailed(to, tried);
      },
    };
  }

  resource(owner: OwnerKey): LiveResource | undefined {
    const request = this.latest.get(owner);
    const isAwaited = request && !request.isSettled;
    const served = isAwaited ? { request, answer: request.answers[0] } : undefined;
    return liveResource([...this.stacks.values()], owner, served);
  }

  /** The stack's status, also of one that is deleted; undefined where there never was one. */
  describeStack(stackId: string): string | undefined {
    return stackStatus([...this.stacks.values()], stackId);
  }

  witnessOf(delivery: Delivery): Witness & RbacWitness {
    return witnessOf(this, delivery);
  }

  private readonly transport: Transport = {
    deliver: (request, course) => this.deliverWithRetries(request, course),
    act: (act) => this.foreign.act(act),
    wait: (ms) => this.time.sleep(ms),
    now: () => this.time.now(),
    newId: () => this.newId(),
    repeat: (back) => this.repeat(back),
    made: (request) => void this.requests.push(request),
    schedule: () => runSchedule(this, {}),
  };

  /** Lambda runs a failed event again after one minute and after two more. */
  private async deliverWithRetries(request: Request, course: EventCourse): Promise<Answer | undefined> {
    for (const pause of [60_000, 120_000, undefined]) {
      if (await this.deliver(request, course)) break;
      if (pause !== undefined) await this.time.sleep(pause);
    }
    const [first] = request.answers;
    const givesUp = request.requestedAt + SERVICE_TIMEOUT_MS;
    if (!first && this.time.now() < givesUp) await this.time.sleep(givesUp - this.time.now());
    return first;
  }

  /** One run of the function; false where Lambda would see it fail. */
  async deliver(request: Request, course: EventCourse): Promise<boolean> {
    const serve = (company?: Company): Promise<boolean> => this.serve(request, course, company);
    return this.gathering ? this.gathering.join({ request, serve }) : serve();
  }

  private async serve(
    request: Request,
    { fault, cancel, run }: EventCourse,
    company: Company | undefined,
  ): Promise<boolean> {
    this.commitPending();
    const isFirst = request.runs === 0;
    const delivery: Delivery = {
      ...newDelivery(request, this.time.now(), this.isDenied ? 'CONFIG_MAP' : undefined),
      fault: isFirst || !(fault?.kind === 'unanswered' || fault?.kind === 'killed') ? fault : fault.next,
      cancel,
      meanwhile: isFirst ? meanwhile(run, () => runSchedule(this, {})) : undefined,
      turn: company?.turn,
      rival: company?.rival,
    };
    company?.tell(delivery);
    request.runs += 1;
    const taken: Answer[] = [];
    try {
      const take = (answer: Answer): void => {
        delivery.isAnswered = true;
        taken.push(answer);
        request.answers.push(answer);
      };
      if (await isKilledIn(delivery, () => runFunction(this, delivery, take))) {
        bookDeath(this, request);
        return false;
      }
    } catch (error) {
      if (taken.length > 0 || !delivery.sendFailed) throw error;
      return false;
    }
    const context: AnswerTaken = { world: this, delivery, answers: taken };
    for (const what of checkAnswer(context)) this.violate(`${label(request)}: ${what}`);
    bookAnswer(this, delivery, taken[0]);
    return true;
  }

  async repeat(back: number): Promise<void> {
    const request = this.requests.at(-1 - back);
    if (request) await this.deliver(request, { fault: undefined });
  }

  commitPending(): void {
    for (const commit of this.pending.splice(0)) commit();
  }

  editMeanwhile(): void {
    this.foreign.act({ act: 'note', number: (this.serial += 1) });
  }

  /** In EKS before the next event, because EKS has no versions and the law claims no more; in aws-auth at any time. */
  later(place: Place, signal: AbortSignal, commit: () => void): void {
    if (place === 'API') this.pending.push(commit);
    else {
      const happen = (): void => {
        this.lateCommits += 1;
        commit();
      };
      signal.addEventListener('abort', () => void this.time.after(LATE_COMMIT_MS, happen), { once: true });
    }
  }
}
