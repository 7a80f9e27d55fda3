/**
 * The next step of a move to access entries, from what is seen alone: what a run before has done is in the cluster, so
 * that it goes on wherever that one was stopped. Pure.
 */
import { type ReadAwsAuth } from '../../explain/seen-cluster';
import { type MigrationPlan } from '../migration-plan';
import { copyName, dataOf, isOfRun, isSameData, Planner } from './base';
import { nextModeStep } from './mode-step';
import { nextEntryStep } from './entry-step';
import { nextRemoval } from './removal';
import { nextApiStep } from './api-step';
import { type Approval, type SeenMigration } from './seen-migration';
import { changedSince, identitiesOf } from './since';
import { isEnd, type Step, stop } from './step';

/** `planner`: of all steps of one run, so that it plans once. */
export function nextStep(seen: SeenMigration, approval: Approval, planner = new Planner()): Step {
  if (approval.plan === undefined) return nextApiStep(seen, approval);
  const end = nextPlannedStep(seen, approval.plan, approval, planner);
  return isEnd(end) && end.do === 'done' && approval.api !== undefined ? nextApiStep(seen, approval) : end;
}

function nextPlannedStep(seen: SeenMigration, digest: string, approval: Approval, planner: Planner): Step {
  const { name, mode, awsAuth, copy, entries = [] } = seen;
  if (mode === 'API')
    return { do: 'done', why: `${name} is in mode API, which does not read aws-auth.`, left: [] };
  const plan = planner.planOfRun(seen, digest, approval.wants);
  if ('refused' in plan) return stop(plan.refused);
  if (plan.digest !== digest) return stop(`${changedPlan(name, plan, digest)}`);
  const changed = copy && changedSince(copy, awsAuth, entries);
  if (changed !== undefined)
    return stop(
      `Since the move began, ${changed}: look at eks-access plan-migration --cluster ${name}, and approve the plan that it prints.`,
    );
  return (
    copyStep(seen, digest) ??
    (mode === 'CONFIG_MAP' ? nextModeStep(seen, 'API_AND_CONFIG_MAP', approval) : undefined) ??
    nextEntryStep(seen, plan, digest, approval) ??
    nextRemoval(seen, plan, digest, approval)
  );
}

function changedPlan(name: string, { digest }: MigrationPlan, approved: string): string {
  return `The plan of ${name} is ${digest} now, and ${approved} was approved: who gets in has changed. Look at it (eks-access plan-migration --cluster ${name}), and approve it. Nothing was changed.`;
}

/** Undefined once it is there: before it nothing is written. */
function copyStep({ awsAuth, copy, entries = [] }: SeenMigration, digest: string): Step | undefined {
  const name = copyName(digest);
  if (awsAuth === undefined) return undefined;
  if (copy === undefined)
    return { do: 'copy', name, data: dataOf(awsAuth), annotations: ownAnnotations(awsAuth) };
  const [before, now] = [identitiesOf(copy), identitiesOf(awsAuth)];
  // Once the run has made anything the copy is its own, whatever comments another tool writes meanwhile.
  const isBegun =
    entries.some((entry) => isOfRun(entry, digest)) || [...before.keys()].some((key) => !now.has(key));
  if (isBegun || isSameData(dataOf(copy), dataOf(awsAuth))) return undefined;
  return stop(
    `ConfigMap kube-system/${name} is of a run before, and has another text than aws-auth now, for the same who: keep it under another name and delete it (kubectl -n kube-system delete configmap ${name}), so that aws-auth is copied as it is.`,
  );
}

/** Those of this product: with another tool's it would take the copy for an object of its own, and prune it. */
function ownAnnotations({ annotations = {} }: ReadAwsAuth): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => key.startsWith('cfn-eks-access/')));
}
