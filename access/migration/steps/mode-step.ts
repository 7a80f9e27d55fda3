/** The change of the authentication mode, of which there is no way back. Pure. */
import { noAccessEntries } from '../../authentication-mode/platform';
import { type Approval, type SeenMigration } from './seen-migration';
import { type Step, stop } from './step';

type To = 'API_AND_CONFIG_MAP' | 'API';

export function nextModeStep(seen: SeenMigration, to: To, { patienceMs }: Approval): Step {
  const step = modeStep(seen, to);
  if (step.do !== 'wait' || seen.run.waitedMs < patienceMs) return step;
  return stop(
    `${seen.name} is not ready to change its mode: ${step.what}. It goes on by itself: run the same again.`,
  );
}

function modeStep({ name, status, update, platform }: SeenMigration, to: To): Step {
  if (update?.status === 'Failed' || update?.status === 'Cancelled')
    return stop(
      `EKS has ended the update ${update.id} of ${name} as ${update.status}: ${update.why === '' ? 'it gives no reason' : update.why}. The mode is as it was.`,
    );
  // A version, its rollback, or the mode by another caller: EKS makes one update at a time (GT-105).
  if (update?.status === 'InProgress')
    return { do: 'wait', what: `EKS makes the update ${update.id} (${update.type})` };
  if (update?.status === 'Successful')
    return { do: 'wait', what: 'the cluster does not show its new mode yet' };
  if (status === 'DELETING' || status === 'FAILED')
    return stop(`${name} is ${status}: its mode cannot be changed any more.`);
  if (status !== 'ACTIVE') return { do: 'wait', what: `the cluster is ${status}` };
  const without = noAccessEntries(platform);
  if (without !== undefined) return stop(`${name} ${without}. Nothing was changed.`);
  return { do: 'change mode', to };
}
