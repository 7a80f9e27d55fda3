/** What is said of a template that means another cluster than the one that is there. Pure. */
import { type StackEvent } from '../aws/cloudformation/stack/stack';

const missing = /\b(?:No cluster found for name: |there is no cluster ")([\w-]+)/;

export function aboutCluster(name: string, events: readonly Pick<StackEvent, 'reason'>[]): string[] {
  const notes = events.flatMap(({ reason = '' }) => {
    const wanted = missing.exec(reason)?.[1] ?? name;
    if (wanted !== name)
      return [`the cluster that is there is ${name}: --cluster ${wanted} gives it that name`];
    return reason.includes(`Cluster already exists with name: ${name} `)
      ? [`${name} is the cluster that is there already: --cluster NAME gives that another name`]
      : [];
  });
  return [...new Set(notes)];
}
