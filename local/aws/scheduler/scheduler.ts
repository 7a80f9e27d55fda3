/**
 * EventBridge Scheduler, as far as `rate(…)` and Lambda functions go: schedules fire at their rate on the local clock, or when
 * they are told to. The local Lambda asks nobody whether it may be invoked; that the role exists is checked.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
import { type LocalIam } from '../identity/iam';
import { type Clock } from '../lambda/clock';
import { type InvocationResult, type LambdaHost } from '../lambda/host';

export interface LocalSchedule {
  readonly name: string;
  readonly everyMs: number;
  readonly functionArn: string;
  readonly roleArn: string;
  /** What the function gets. */
  readonly input: unknown;
  readonly isEnabled: boolean;
}

export interface SchedulerServices {
  readonly clock: Clock;
  readonly iam: LocalIam;
  readonly lambda: LambdaHost;
}

export class LocalScheduler {
  private readonly schedules = new Map<string, { readonly schedule: LocalSchedule; cancel: () => void }>();

  constructor(private readonly services: SchedulerServices) {}

  get all(): readonly LocalSchedule[] {
    return [...this.schedules.values()].map(({ schedule }) => schedule);
  }

  /** Adds or replaces it; its time begins anew. */
  put(schedule: LocalSchedule): void {
    this.remove(schedule.name);
    this.schedules.set(schedule.name, { schedule, cancel: () => undefined });
    this.arm(schedule.name);
  }

  remove(name: string): void {
    this.schedules.get(name)?.cancel();
    this.schedules.delete(name);
  }

  /** Fires it now, whatever its time, and waits for the function. Throws for a schedule that is not there or is disabled. */
  async fire(name: string): Promise<InvocationResult> {
    const found = this.schedules.get(name);
    if (!found) throw new Error(`there is no schedule named ${name}`);
    const { isEnabled, roleArn, functionArn, input } = found.schedule;
    if (!isEnabled) throw new Error(`the schedule ${name} is disabled`);
    if (!this.services.iam.principalExists(roleArn))
      throw new Error(`the role of the schedule ${name} does not exist: ${roleArn}`);
    return this.services.lambda.invoke(functionArn, input);
  }

  stop(): void {
    for (const name of [...this.schedules.keys()]) this.remove(name);
  }

  private arm(name: string): void {
    const found = this.schedules.get(name);
    if (!found?.schedule.isEnabled) return;
    found.cancel = this.services.clock.after(found.schedule.everyMs, () => {
      const { functionArn, input } = found.schedule;
      if (this.services.lambda.function(functionArn)) this.services.lambda.invokeAsync(functionArn, input);
      this.arm(name);
    });
  }
}
