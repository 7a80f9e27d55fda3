/** Whole looks at a cluster that is moved, and the change of its mode that a run waits for. */
import { copyName } from '../../access/migration/steps/base';
import { type LookedAt, type MigrationEdge } from '../reach-cluster/reach-cluster';
import { pause, pauseAfter } from './pause';

/** Who made the cluster may be locked out for about a minute. */
const MOST_TRIES = 15;

export class Looks {
  private hasChanged = false;
  private change: { readonly id: string; readonly from: string | undefined } | undefined;

  constructor(
    private readonly edge: MigrationEdge,
    /** Of the plan whose copy of aws-auth is looked for. */
    private readonly digest: string | undefined,
    /** One clause. */
    private readonly waitsFor: (what: string) => void,
  ) {}

  /** The run has begun this update. */
  expect(updateId: string | undefined, { reached }: LookedAt): void {
    this.hasChanged = true;
    this.change = updateId === undefined ? undefined : { id: updateId, from: reached.mode };
  }

  async whole(): Promise<LookedAt> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await this.once();
      } catch (error) {
        // Its hidden right goes with the mode, and its access entry is not there yet (GT-51, GT-106).
        if (!this.hasChanged || failures >= MOST_TRIES) throw error;
        this.waitsFor('the cluster lets nobody look at it just after the change of its mode');
        await pause(pauseAfter(failures));
      }
    }
  }

  private async once(): Promise<LookedAt> {
    const copy = this.digest === undefined ? undefined : copyName(this.digest);
    const { update, ...found } = await this.edge.look(copy, this.change?.id);
    const { mode } = found.reached;
    if (this.change !== undefined && mode !== this.change.from) this.change = undefined;
    // Another caller's change of the mode is this run's as well, with how it ends.
    else if (update?.status === 'InProgress' && update.type === 'AccessConfigUpdate') {
      this.hasChanged = true;
      this.change ??= { id: update.id, from: mode };
    }
    const isOver = update?.status !== 'InProgress' && this.change === undefined;
    return { ...found, update: isOver ? undefined : update };
  }
}
