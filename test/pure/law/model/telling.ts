/** What happens in a sequence, told as it happens, for those who look for why it broke the law (`--trace`). */
import { present } from '../engine/time';
import { type Cluster } from './cluster';
import { PLACES, PRINCIPAL_NAMES, PRINCIPALS } from './names';
import { recordOn, recordsIn } from './records';

/** Undefined where nobody listens. */
export const listener: { hears: ((line: string) => void) | undefined } = { hears: undefined };

/** `what` is put into words only where there is a listener: a survey tells nothing, and calls are many. */
export function tell(who: string, what: () => string): void {
  listener.hears?.(`${(present.time.now() / 1000).toFixed(2)} ${who}: ${what()}`);
}

/** Both places, principal by principal, with whose records are there. */
export function contentsOf(cluster: Cluster): string {
  const lines = PRINCIPAL_NAMES.flatMap((name) =>
    PLACES.flatMap((place) => {
      const content = cluster.content(place, name);
      const record =
        place === 'API'
          ? recordOn(cluster.entries.get(PRINCIPALS[name]))
          : recordsIn(cluster.configMap).get(name);
      if (content === undefined && !record) return [];
      return [`  ${place} ${name}: ${content ?? 'nothing'}, record of ${record?.owner ?? 'nobody'}`];
    }),
  );
  return [`mode ${cluster.mode}`, ...lines].join('\n');
}
