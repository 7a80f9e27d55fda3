/** Containers of the local Lambda made ready before anything is measured. */
import { setTimeout as pause } from 'node:timers/promises';
import { type LocalCluster } from '../local/aws/control-plane';
import { type Stage } from './stage';

const LOADED_AT_ONCE = 8;

/**
 * Loads so many containers, a few at a time, because two cores cannot load hundreds in the time that Lambda gives to
 * one. They wait for each other at a gate, or the pool would give one container all the events.
 */
export async function loadContainers(stage: Stage, cluster: LocalCluster, containers: number): Promise<void> {
  let closed = true;
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  cluster.kubernetes.injectFault({ match: () => closed, times: Infinity, before: () => gate });
  const before = stage.requests().eks;
  const waiting: Promise<unknown>[] = [];
  for (let loaded = 0; loaded < containers; loaded = waiting.length) {
    for (let index = loaded; index < Math.min(containers, loaded + LOADED_AT_ONCE); index += 1) {
      const event = stage.event({ type: 'Delete', cluster: cluster.name, roleName: `nobody-${index}` });
      waiting.push(stage.aws.lambda.invoke(stage.serviceToken, event));
    }
    while (stage.requests().eks - before < waiting.length) await pause(5);
  }
  closed = false;
  open();
  await Promise.all(waiting);
}

/**
 * Opens each container's connection to this cluster and lets it plan an edit, all at once: Creates whose PUT is answered
 * and not carried out, so that no event waits for another.
 */
export async function warmContainers(stage: Stage, cluster: LocalCluster, containers: number): Promise<void> {
  const taken = JSON.stringify(cluster.configMap());
  cluster.kubernetes.injectFault({
    match: ({ method }) => method === 'PUT',
    times: containers,
    respond: { status: 200, headers: { 'content-type': 'application/json' }, body: taken },
  });
  const results = await Promise.all(
    Array.from({ length: containers }, (_, index) => {
      const event = stage.event({ type: 'Create', cluster: cluster.name, roleName: `nobody-${index}` });
      return stage.aws.lambda.invoke(stage.serviceToken, event);
    }),
  );
  const failed = results.find(({ status }) => status === 'error');
  if (failed) throw new Error(`a container failed to warm up: ${JSON.stringify(failed)}`);
}
