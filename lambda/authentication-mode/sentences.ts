/** What is said of a change that cannot be made, or has come to nothing. Pure. */
import { type ClusterUpdate } from '../../access/authentication-mode/port';
import { invalidRequest, ProviderError } from '../../access/errors';

export function endedBadly({ id, status, why }: ClusterUpdate, cluster: string, mode: string): ProviderError {
  return new ProviderError(
    'NotStabilized',
    `EKS has ended the update ${id} of cluster ${cluster} to mode ${mode} as ${status}: ${why === '' ? 'it gives no reason' : why}; the mode is as it was: see to that, and run the stack operation again`,
  );
}

export function inTheWay(why: string, running: ClusterUpdate | undefined): string {
  return running ? `${why} (${running.type} ${running.id})` : why;
}

export function tooFar(cluster: string): ProviderError {
  return invalidRequest(
    `Mode is API, and cluster ${cluster} is in mode CONFIG_MAP: EKS takes one step at a time: deploy Mode: API_AND_CONFIG_MAP first, give everyone who gets in by aws-auth an access entry, and then deploy Mode: API; nothing was changed`,
  );
}
