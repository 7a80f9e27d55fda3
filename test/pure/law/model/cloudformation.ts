/**
 * CloudFormation's side: stacks, what they ask for, and what they make of the answers. Sequences are those of
 * custom-resources section 1.5: a failed create is deleted under the id that was answered, a replacement is cleaned up
 * after, a failed update is taken back by an Update with the properties swapped.
 */
import { type Mapping } from './mapping';
import { type Answer, type Fault, type Request } from './request';
import { type LogicalId, type OwnerKey, type StackName } from './names';
import { type ForeignAct } from './foreign';

export interface Resource {
  readonly logicalId: LogicalId;
  status: string;
  mapping: Mapping;
  /** What an update that failed asked for, which the way back names as the old properties. */
  attempted: Mapping | undefined;
  physicalId: string | undefined;
}

export interface Stack {
  readonly name: StackName;
  readonly id: string;
  status: string;
  readonly resources: Map<LogicalId, Resource>;
  /** Of a failed way back: what every changed resource was before. */
  unfinished: Map<LogicalId, Resource>;
}

/** What happens to the events of one operation, by their number in it, counted from 0. */
export interface Course {
  readonly faults?: Readonly<Record<number, Fault>>;
  /** A resource that is not of ours fails, after all of ours. */
  readonly siblingFails?: boolean;
  /** The user cancels during event `event`: at its call `at`, or (0) before it is delivered, which it then is at the end. */
  readonly cancel?: { readonly event: number; readonly at: number };
  /** Before event `before` is made, `seconds` pass and Lambda delivers an earlier one again: of one event ago if `back` is 0. */
  readonly repeat?: { readonly before: number; readonly back: number; readonly seconds: number };
  /** What others do between the making of event `event` and its delivery. */
  readonly meanwhile?: { readonly event: number; readonly act: ForeignAct };
  /** The provider's schedule has a run during event `event`: at its call `at`, past the last one before it answers, or (0) before it is delivered. */
  readonly run?: { readonly event: number; readonly at: number };
}

export interface Transport {
  /** Delivers, with Lambda's retries; undefined where no answer came in time. */
  deliver(request: Request, course: EventCourse): Promise<Answer | undefined>;
  act(act: ForeignAct): void;
  /** Passes time. */
  wait(ms: number): Promise<void>;
  now(): number;
  newId(): string;
  made(request: Request): void;
  repeat(back: number): Promise<void>;
  /** A scheduled run of the provider, from its beginning to its end. */
  schedule(): Promise<void>;
}

export interface EventCourse {
  readonly fault: Fault | undefined;
  readonly cancel?: { readonly at: number; readonly now: () => void };
  /** At which call the schedule has a run. */
  readonly run?: number;
}

export type Sent =
  { readonly ok: true; readonly physicalId: string } | { readonly ok: false; readonly id: string };

/** One operation's way of sending events. */
export class Sender {
  private number = 0;
  isCancelled = false;
  private readonly delayed: { readonly request: Request; readonly fault: Fault | undefined }[] = [];

  constructor(
    private readonly stack: Stack,
    private readonly course: Course,
    private readonly transport: Transport,
    private readonly latest: Map<OwnerKey, Request>,
  ) {}

  async send(
    type: Request['type'],
    resource: Resource,
    { mapping, old, physicalId }: Pick<Request, 'mapping' | 'old' | 'physicalId'>,
  ): Promise<Sent> {
    const { transport, course } = this;
    const number = this.number;
    this.number += 1;
    await transport.wait(3_000);
    if (course.repeat?.before === number) {
      await transport.wait(course.repeat.seconds * 1000);
      await transport.repeat(course.repeat.back);
    }
    const request = this.make(type, resource.logicalId, { mapping, old, physicalId });
    const madeUp = physicalId ?? `${this.stack.name}-${resource.logicalId}-1A2B3C`;
    if (course.meanwhile?.event === number) {
      await transport.wait(2_000);
      transport.act(course.meanwhile.act);
    }
    const run = course.run?.event === number ? course.run.at : undefined;
    if (run === 0) await transport.schedule();
    const fault = course.faults?.[number];
    const mayCancel = type !== 'Delete' && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(this.stack.status);
    const cancelsHere = mayCancel && !this.isCancelled && course.cancel?.event === number;
    const cancel = (): void => {
      this.isCancelled = true;
      request.isSettled = true;
      resource.status = type === 'Create' ? 'CREATE_FAILED' : 'UPDATE_FAILED';
    };
    if (cancelsHere && course.cancel.at === 0) {
      cancel();
      this.delayed.push({ request, fault });
      return { ok: false, id: madeUp };
    }
    const answer = await transport.deliver(request, {
      fault,
      ...(cancelsHere ? { cancel: { at: course.cancel.at, now: cancel } } : {}),
      ...(run ? { run } : {}),
    });
    request.isSettled = true;
    if (cancelsHere && this.isCancelled) return { ok: false, id: madeUp };
    if (!answer) return { ok: false, id: madeUp };
    const id = answer.PhysicalResourceId;
    return answer.Status === 'SUCCESS'
      ? { ok: true, physicalId: type === 'Delete' ? madeUp : id }
      : { ok: false, id: type === 'Delete' ? madeUp : id };
  }

  /** What was held up arrives after all. */
  async deliverDelayed(): Promise<void> {
    if (this.delayed.length > 0) await this.transport.wait(50_000);
    for (const { request, fault } of this.delayed.splice(0)) await this.transport.deliver(request, { fault });
  }

  private make(
    type: Request['type'],
    logicalId: LogicalId,
    asked: Pick<Request, 'mapping' | 'old' | 'physicalId'>,
  ): Request {
    const { stack, transport, latest } = this;
    const owner = `${stack.id}#${logicalId}`;
    const request: Request = {
      ...asked,
      type,
      id: transport.newId(),
      stack: stack.name,
      stackId: stack.id,
      logicalId,
      owner,
      stackStatus: stack.status,
      // A signed URL tells whole seconds.
      requestedAt: Math.floor(transport.now() / 1000) * 1000,
      answers: [],
      isSettled: false,
      runs: 0,
      supersededAt: undefined,
    };
    const before = latest.get(owner);
    if (before) before.supersededAt ??= request.requestedAt;
    latest.set(owner, request);
    transport.made(request);
    return request;
  }
}
