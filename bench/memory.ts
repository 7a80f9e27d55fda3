/** Resident set of a function process that has edited an aws-auth of 5,000 entries, by itself and over a bare Node. */
import { type Bundles } from './bundles';
import { documentOf, STYLES } from './document-text';
import { atMost, unit, type Figure, type Report } from './figure';
import { runFunction } from './function-process';
import { median } from './rounds';
import { foreign, openStage } from './stage';

const ENTRIES = 5_000;

export async function measureMemory(bundles: Bundles, nodePath: string, rounds: number): Promise<Report> {
  const stage = await openStage();
  try {
    const bare = await repeated(rounds, async () => (await runFunction({ nodePath })).rss);
    const rows: string[][] = [];
    const figures: Figure[] = [];
    for (const style of STYLES) {
      const name = `memory-${style.toLowerCase()}`;
      // The provider's own entry is in the other section, so that the big one has one style from end to end.
      const data = {
        mapRoles: documentOf(style, ENTRIES),
        mapUsers: foreign.mapRoles.replaceAll('rolearn', 'userarn'),
      };
      const cluster = await stage.cluster(name, data);
      for (const count of [1, 10]) {
        const runs = await repeated(rounds, async () => {
          cluster.writeConfigMap({ data });
          return runFunction({
            file: bundles.product.file,
            nodePath,
            functionArn: stage.serviceToken,
            environment: stage.environment(),
            events: Array.from({ length: count }, (_, index) =>
              stage.event({ type: 'Create', cluster: name, roleName: `role-${index}` }),
            ),
          });
        });
        const entries = (cluster.configMap()?.data?.['mapRoles'] ?? '').split('rolearn').length - 1;
        if (entries !== ENTRIES + count)
          throw new Error(`${entries} entries after ${count} events: nothing to measure`);
        const rss = median(runs.map((run) => run.rss));
        const when = count === 1 ? 'after an edit' : `after ${count} edits in one container`;
        figures.push(atMost(`resident ${when}, ${style}`, rss, 96, unit.megabytes));
        rows.push([
          `${style}, ${count === 1 ? 'one event' : `${count} events`}`,
          ...[rss, rss - median(bare), median(runs.map(({ peak }) => peak ?? NaN))].map((mb) =>
            mb.toFixed(1),
          ),
        ]);
      }
      stage.aws.controlPlane.removeCluster(name);
    }
    return {
      title: `Memory with ${ENTRIES.toLocaleString('en')} entries`,
      note: `MB resident after the events; a bare Node has ${median(bare).toFixed(1)}; medians of ${rounds} processes`,
      head: ['', 'resident', 'over a bare Node', 'peak'],
      rows,
      figures,
    };
  } finally {
    await stage.stop();
  }
}

export async function repeated<T>(times: number, run: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time += 1) results.push(await run());
  return results;
}
