/** Which resources failed, in the words of a stack event. Pure. */
import { type Deployed } from './deployment';

export function reasonOf({ failed, changes }: Deployed): string {
  const created = failed.filter((logicalId) =>
    changes.some((change) => change.logicalId === logicalId && change.before === undefined),
  );
  const updated = failed.filter((logicalId) => !created.includes(logicalId));
  return [
    ...(created.length > 0 ? [failedTo('create', created)] : []),
    ...(updated.length > 0 ? [failedTo('update', updated)] : []),
  ].join(' ');
}

export function failedTo(verb: string, logicalIds: readonly string[]): string {
  return `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}].`;
}
