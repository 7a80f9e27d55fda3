/**
 * One cell of the schedule's table: every call of this kind that a run makes meets the fault, and the next run comes without
 * it. No run throws, since nobody hears it; what is not done is in the log; nobody loses access; and the next run does it.
 */
import { ENVIRONMENT, PROVIDER_GROUP, type ScheduledEvent } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { type LoopbackServer } from '../../../local/aws/server/loopback-server';
import { NODES, PROVIDER, type World } from '../scenarios/world';
import { type Stage } from './calls';
import { type Column } from './columns';
import { type FunctionHere, type Line, servedHere } from './function-here';
import { type ScheduledCall } from './scheduled-calls';
import { type StackResources } from './stack-resources';

/**
 * `passes`: it is done in the same run. `next`: the run says that it is not, and the next one does it. `believed`: the run
 * finds nothing to do, because what answered for the service says so, and the next one does it.
 */
export type ScheduledOutcome = 'passes' | 'next' | 'believed';

export interface Surroundings {
  readonly world: World;
  readonly here: FunctionHere;
  readonly stacks: StackResources;
}

/** No mapping is moved with less than twenty seconds left, and a few are gone until it is its turn. */
const SECONDS = 28;
/** Of a run that lists clusters and comes no further. */
const SHORT_SECONDS = 4;
const EVENT: ScheduledEvent = {
  kind: 'cfn-eks-access/scheduled-run',
  everyMinutes: 1_440,
  settleSeconds: 0,
};
const POLICY = 'AmazonEKSClusterAdminPolicy';

export class ScheduledCell {
  outcome: ScheduledOutcome | undefined;

  constructor(
    private readonly around: Surroundings,
    readonly call: ScheduledCall,
    readonly column: Column,
    private readonly stage: Stage,
  ) {}

  /** What the runs find. */
  async prepare(rbac: string): Promise<void> {
    const { aws, providerArn } = this.around.world;
    const { cluster: name, roleArn } = this.stage;
    const isMapping = this.call.given === 'mapping';
    aws.iam.addPrincipal(roleArn);
    const cluster = await aws.controlPlane.createCluster({
      name,
      authenticationMode: isMapping ? 'CONFIG_MAP' : 'API',
      awsAuth: isMapping
        ? { metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: NODES + PROVIDER } }
        : null,
    });
    cluster.applyRbac(rbac);
    if (!isMapping) cluster.putAccessEntry({ principalArn: providerArn, kubernetesGroups: [PROVIDER_GROUP] });
    await this.create();
    if (isMapping) return cluster.setAuthenticationMode('API_AND_CONFIG_MAP' satisfies AuthenticationMode);
    cluster.ageAccessEntry(roleArn, 60_000);
    aws.iam.removePrincipal(roleArn);
    aws.iam.addPrincipal(roleArn);
  }

  /** The run that meets the fault. `onMet`: it has, and hardly does more than wait from now on. */
  async meet(onMet: () => void): Promise<void> {
    let isArmed = true;
    let met = 0;
    this.server().injectFault({
      match: (request) => {
        const isIt = isArmed && this.call.isCall(request, this.stage);
        if (isIt && ++met === 1) onMet();
        return isIt;
      },
      times: Infinity,
      ...this.column.of(this.call.dialect),
    });
    const lines = await this.run(this.call.isOfAll ? SHORT_SECONDS : SECONDS);
    isArmed = false;
    if (met === 0) throw this.broken('no such call was made', lines);
    if (this.call.given === 'mapping' && !this.isLetIn()) throw this.broken('the role lost access', lines);
    this.outcome = this.isDone() ? 'passes' : isTold(lines) ? 'next' : 'believed';
  }

  /** The run after it. */
  async heal(): Promise<void> {
    const lines = await this.run(60);
    if (!this.isDone() || !this.isLetIn()) throw this.broken('the next run did not do it', lines);
  }

  private async create(): Promise<void> {
    const { world, here, stacks } = this.around;
    const { cluster, logicalId, roleArn } = this.stage;
    const properties = {
      Cluster: cluster,
      RoleArn: roleArn,
      UserName: 'joe',
      Groups: this.call.given === 'mapping' ? ['system:masters'] : [],
      ...(this.call.given === 'mapping'
        ? {}
        : { AccessPolicies: [{ PolicyArn: POLICY, AccessScope: { Type: 'cluster' } }] }),
    };
    const before = world.aws.answerBucket.accepted.length;
    await servedHere(world, here).invoke({ type: 'Create', logicalId, properties });
    const answer = world.aws.answerBucket.accepted
      .slice(before)
      .find(({ document }) => (document as Answered).LogicalResourceId === logicalId)?.document as Answered;
    if (answer.Status !== 'SUCCESS') throw this.broken('the Create before failed', [{ ...answer }]);
    stacks.rests(logicalId, answer.PhysicalResourceId);
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
    const isAdmin =
      login?.groups.includes('system:masters') === true || this.entry()?.policies[0] !== undefined;
    return login?.username === 'joe' && isAdmin;
  }

  private isDone(): boolean {
    const { mapRoles } = this.cluster().configMap()?.data ?? {};
    const isOut = mapRoles === undefined || mapRoles === NODES + PROVIDER;
    return isOut && this.entry()?.policies[0]?.policyArn.endsWith(POLICY) === true && this.isLetIn();
  }

  private entry() {
    return this.cluster().accessEntry(this.stage.roleArn);
  }

  private cluster() {
    return this.around.world.aws.controlPlane.cluster(this.stage.cluster);
  }

  private server(): LoopbackServer {
    const { world, stacks } = this.around;
    return this.call.server(world, this.stage, stacks.server);
  }

  private broken(what: string, lines: readonly Line[]): Error {
    const { call, column, stage } = this;
    return new Error(
      `${call.name}, ${column.name} (${stage.logicalId}): ${what}\n${lines.map((line) => JSON.stringify(line)).join('\n')}`,
    );
  }
}

/** Why it was not done. */
function isTold(lines: readonly Line[]): boolean {
  return lines.some(
    ({ reason, unknown, message }) =>
      reason !== undefined ||
      unknown !== undefined ||
      message === 'the time of the run is over: the next run moves the others',
  );
}

interface Answered {
  readonly Status: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
}
