/** `migrate`: moves a live cluster to access entries, one approved step after the other, or back again. */
import { writeFileSync } from 'node:fs';
import { copyName, Planner, planOfRun } from '../../access/migration/steps/base';
import { foresee } from '../../access/migration/steps/foresee';
import { nextStep } from '../../access/migration/steps/next-step';
import { type Approval, type SeenMigration } from '../../access/migration/steps/seen-migration';
import { type Action, type End, type Step } from '../../access/migration/steps/step';
import { tellStep } from '../../access/migration/steps/tell-step';
import { nextUndoStep } from '../../access/migration/steps/undo';
import { type CommandLine } from '../command-line';
import { outcomeOf, stepJson } from '../migrating/outcome';
import { runSteps } from '../migrating/run-steps';
import { seenMigration } from '../migrating/seen-migration';
import { wordsOf } from '../next-command';
import { type Outcome } from '../outcome';
import { Problem } from '../problem';
import { type MigrationEdge } from '../reach-cluster/reach-cluster';
import { lineOf, type Line } from '../text/line';

/** How many of those who keep a cluster from mode API are named in one line. */
const NAMED = 3;

/** For people and programs that wait: at once. */
export interface Told {
  /** For stderr. */
  say(line: Line): void;
  /** The same at a terminal. */
  progress(text: string): void;
  /** One line of JSON, for stdout. */
  emit(json: object): void;
}

export async function migrate(commandLine: CommandLine, told: Told): Promise<Outcome> {
  const { live, migrate: options, format } = commandLine;
  if (live === undefined)
    throw new Problem('Name the cluster by --cluster: migrate changes a live one.', 'See eks-access help.');
  const { openMigration } = await import('../reach-cluster/reach-cluster');
  const edge = await openMigration(live, (text) => told.progress(text));
  const { approve, approveApi, undo, save } = options;
  if (save !== undefined) await saveAwsAuth(edge, save);
  const { include, asWritten } = commandLine.plan;
  const approval: Approval = {
    plan: approve,
    api: approveApi,
    bakeMs: options.bakeMs,
    patienceMs: options.waitMs,
    wants: { include, asWritten },
  };
  const command = ['eks-access migrate', ...wordsOf(live), ...includedIn(approval)].join(' ');
  if (options.isDryRun || (approve === undefined && approveApi === undefined))
    return foretold(edge, approval, command, undo);
  const steps: Action[] = [];
  const planner = new Planner();
  const { end, seen } = await runSteps({
    edge,
    digest: approve,
    again: `${command}${approvedBy(approval)}`,
    next: (now) => decide(now, approval, undo, planner),
    tell: (step) => {
      steps.push(step);
      if (format === 'json') told.emit({ command: 'migrate', number: steps.length, ...stepJson(step) });
      else told.say([{ text: `${steps.length}. `, style: 'faint' }, ...lineOf(tellStep(step))]);
    },
  });
  const hints = undo ? [] : hintsOf(seen, end, command, approval);
  return outcomeOf({ seen, end, steps, digest: approve, isForetold: false, hints });
}

function decide(seen: SeenMigration, approval: Approval, isUndo: boolean, planner: Planner): Step {
  const { plan } = approval;
  return isUndo && plan !== undefined ? nextUndoStep(seen, plan) : nextStep(seen, approval, planner);
}

/** The steps that would be taken, with the digest by which they are approved. */
async function foretold(
  edge: MigrationEdge,
  approval: Approval,
  command: string,
  isUndo: boolean,
): Promise<Outcome> {
  const run = { isProved: false, refused: new Map<string, string>(), waitedMs: 0, now: Date.now() };
  let seen = seenMigration(await edge.look(undefined, undefined), run);
  const plan = planOfRun(seen, '', approval.wants);
  if ('refused' in plan) throw new Problem(plan.refused, 'eks-access plan-migration lists what can be.');
  const digest = approval.plan ?? (approval.api === undefined ? plan.digest : undefined);
  if (approval.plan !== undefined)
    seen = seenMigration(await edge.look(copyName(approval.plan), undefined), run);
  const approved = { ...approval, plan: digest, bakeMs: approval.bakeMs ?? 0 };
  const planner = new Planner();
  const { steps, end } = foresee(seen, (now) => decide(now, approved, isUndo, planner));
  const go = `${command}${approvedBy(approved)}${isUndo ? ' --undo' : ''}`;
  const hints = end.do === 'stop' && steps.length === 0 ? [] : [`Go: ${go}`];
  return outcomeOf({ seen, end, steps, digest, isForetold: true, hints });
}

function hintsOf(seen: SeenMigration, end: End, command: string, approval: Approval): readonly string[] {
  if (end.do === 'go-ahead')
    return [
      `Look: eks-access list --cluster ${seen.name}`,
      `Then go on: ${command}${approvedBy(approval)} --bake 0`,
      `Or go back: ${command}${approvedBy(approval)} --undo`,
    ];
  if (end.do !== 'done' || seen.mode === 'API') return [];
  return end.apiDigest === undefined
    ? [`${seen.name} stays in API_AND_CONFIG_MAP. ${firstOf(end.against ?? [])}`]
    : [`For mode API, of which there is no way back: ${command} --approve-api ${end.apiDigest}`];
}

/** The first few sentences, and how many there are besides. */
function firstOf(sentences: readonly string[]): string {
  const rest = sentences.length - NAMED;
  return [...sentences.slice(0, NAMED), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
}

function approvedBy({ plan, api }: Pick<Approval, 'plan' | 'api'>): string {
  return `${plan === undefined ? '' : ` --approve ${plan}`}${api === undefined ? '' : ` --approve-api ${api}`}`;
}

function includedIn({ wants: { include = [], asWritten } }: Approval): readonly string[] {
  return [
    ...(include.length === 0 ? [] : [`--include ${include.join(',')}`]),
    ...(asWritten ? ['--as-written'] : []),
  ];
}

/** Never over a file that is there. */
async function saveAwsAuth(edge: MigrationEdge, path: string): Promise<void> {
  const { reached } = await edge.look(undefined, undefined);
  const { awsAuth } = reached;
  if (awsAuth?.state !== 'read')
    throw new Problem(`There is no aws-auth of ${reached.name} to save in ${path}.`, 'Leave --save out.');
  try {
    writeFileSync(path, awsAuth.text, { flag: 'wx' });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'it is there already' : code;
    throw new Problem(`Cannot write ${path}: ${why}.`, 'Nothing was changed.');
  }
}
