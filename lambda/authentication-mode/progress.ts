/** How far a cluster is on its way to a mode: what is looked at, and the one write. */
import { noAccessEntries } from '../../access/authentication-mode/platform';
import { stepTo } from '../../access/authentication-mode/step';
import { type Cluster } from '../../access/cluster/cluster';
import { type AuthenticationMode } from '../../access/desired-access';
import { hasCode, invalidRequest, mayHaveActed, ProviderError } from '../../access/errors';
import { checkModeChange } from '../../access/guardrails/guardrails';
import { type Deadline, retry } from '../../access/retry';
import { isRollback } from '../awaited/awaited-update';
import { type CreateOrUpdateRequest } from '../cloudformation/event';
import { type DesiredMode } from '../cloudformation/mode-properties';
import { type Edges, type Invocation } from '../invocation';
import { modeIdOf } from '../physical-id';
import { approve } from './approve';
import { endedBadly, inTheWay, tooFar } from './sentences';
import { refuseUnwanted } from './wanted';

/** The cluster is on its way, or something else has to end first. */
export class NotYet extends ProviderError {
  constructor(message: string) {
    super('NotStabilized', message);
  }
}

/** Between two looks, milliseconds: the first, and the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

export class Progress {
  /** Whether an update may have begun for this request. */
  hasActed: boolean;

  constructor(
    private readonly invocation: Invocation,
    private readonly request: CreateOrUpdateRequest,
    private readonly desired: DesiredMode,
    /** Of the update that is waited for. */
    public updateId: string | undefined,
  ) {
    this.hasActed = updateId !== undefined;
  }

  /** The mode that the cluster has once it is there, or further. Throws NotYet when the time is over. */
  async reach(limited: Deadline): Promise<AuthenticationMode> {
    const edges = this.invocation.edgesWithin(limited);
    return retry(
      limited,
      () => this.look(edges),
      (error, failures) => {
        const passes =
          error instanceof NotYet || hasCode(error, 'Throttling', 'ServiceUnavailable', 'ResourceConflict');
        if (!passes) return undefined;
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
        return pause * (0.5 + limited.random() / 2);
      },
    );
  }

  private async look(edges: Edges): Promise<AuthenticationMode> {
    await this.awaitUpdate(edges);
    const cluster = await edges.describeCluster(this.desired.cluster);
    const { authenticationMode, status, name } = cluster;
    const step = stepTo(authenticationMode, this.desired.mode);
    if (step === 'none') return authenticationMode;
    if (this.updateId !== undefined)
      throw new NotYet(`EKS has made the update ${this.updateId}, and cluster ${name} does not show it yet`);
    if (step === 'too far') throw tooFar(name);
    if (status === 'DELETING' || status === 'FAILED')
      throw invalidRequest(
        `cluster ${name} is ${status}: its authentication mode cannot be changed any more`,
      );
    if (await this.isWayBack()) return authenticationMode;
    checkModeChange(this.desired.mode, this.invocation.guardrails());
    if (status !== 'ACTIVE') await this.join(edges, `cluster ${name} is ${status}`);
    await this.begin(edges, cluster);
    throw this.running();
  }

  /** Throws NotYet while the update runs, and what EKS says of one that came to nothing. */
  private async awaitUpdate(edges: Edges): Promise<void> {
    if (this.updateId === undefined) return;
    const { cluster, mode } = this.desired;
    const update = await edges.modes().update(cluster, this.updateId);
    if (update?.status === 'InProgress') throw this.running();
    if (update?.status === 'Failed' || update?.status === 'Cancelled') {
      throw endedBadly(update, cluster, mode);
    }
    // One that EKS does not know says nothing: then the mode does.
    if (!update) this.updateId = undefined;
  }

  /** While the stack goes back, what it asked for before is no reason for a step of which there is no way back. */
  private async isWayBack(): Promise<boolean> {
    const { log } = this.invocation;
    if (!(await isRollback(this.invocation))) return false;
    log('WARN', 'nothing is changed on the way back');
    return true;
  }

  /** Takes the update that runs for its own where it is one of the mode; otherwise throws NotYet. */
  private async join(edges: Edges, why: string): Promise<void> {
    const running = await edges.modes().running(this.desired.cluster, why);
    if (running?.type !== 'AccessConfigUpdate') throw new NotYet(inTheWay(why, running));
    this.invocation.log('INFO', 'another caller’s update of the mode is waited for', {
      updateId: running.id,
    });
    this.updateId = running.id;
    throw this.running();
  }

  private async begin(edges: Edges, cluster: Cluster): Promise<void> {
    const { mode } = this.desired;
    const { invocation, request } = this;
    const without = noAccessEntries(await edges.modes().platform(cluster.name));
    if (without !== undefined) throw invalidRequest(`cluster ${cluster.name} ${without}`);
    if (mode === 'API') await approve(invocation, edges, cluster, this.desired.planDigest);
    await refuseUnwanted(invocation, edges, request, modeIdOf(cluster.name));
    try {
      const update = await edges.modes().begin(cluster.name, mode, request.envelope.requestId);
      this.hasActed = true;
      this.updateId = update.id;
      invocation.log('INFO', 'EKS changes the mode', {
        cluster: cluster.name,
        from: cluster.authenticationMode,
        to: mode,
        updateId: update.id,
      });
    } catch (error) {
      if (hasCode(error, 'ResourceConflict')) return this.join(edges, error.message);
      // Another caller was quicker: the next look shows the mode.
      if (hasCode(error, 'InvalidRequest') && /Unsupported authentication mode update/.test(error.message))
        throw new NotYet(error.message);
      // Whether it has begun shows at the next look.
      this.hasActed ||= mayHaveActed(error);
      throw error;
    }
  }

  private running(): NotYet {
    const { cluster, mode } = this.desired;
    return new NotYet(
      `the update ${this.updateId ?? ''} of cluster ${cluster} to mode ${mode} is in progress`,
    );
  }
}
