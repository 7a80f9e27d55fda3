/** Which records are told as orphans, and that a run which is nearly over asks for no more of them. */
import { type StackResource } from '../../../../access/stacks';
import { noCounts } from '../../../../lambda/scheduled/counts';
import { reportOrphans } from '../../../../lambda/scheduled/orphans';
import { type Run } from '../../../../lambda/scheduled/run';
import { clusterNamed } from './simulated-account';
import { simulatedTime } from './simulated-time';

const KEY = 'arn:aws:iam::111122223333:role/dev';
const known = (status: string, physicalId: string): StackResource => ({ state: 'known', status, physicalId });
const SAYS: Readonly<Record<string, StackResource>> = {
  Live: known('UPDATE_COMPLETE', `role|prod|${KEY}`),
  Busy: known('UPDATE_IN_PROGRESS', `role|prod|${KEY}`),
  Retained: known('DELETE_SKIPPED', `role|prod|${KEY}`),
  Gone: { state: 'gone', detail: 'no such stack' },
  Denied: { state: 'unknown', detail: 'denied' },
};

/** `seconds` of the run are left, and each question takes one. */
async function reported(seconds: number) {
  const counts = noCounts();
  const told: unknown[] = [];
  const time = simulatedTime(seconds * 1_000);
  const run = {
    deadline: time,
    counts,
    log: (_: string, message: string, fields: object) => void told.push({ message, ...fields }),
    edges: () => ({
      stacks: {
        resource: async ({ logicalId }: { readonly logicalId: string }) => {
          time.spend(1_000);
          return SAYS[logicalId];
        },
      },
    }),
  };
  const mappings = Object.keys(SAYS).map((logicalId) => ({
    key: KEY,
    record: { owner: { stackId: 'stack', logicalId } },
  }));
  await reportOrphans(run as unknown as Run, clusterNamed('prod', 'CONFIG_MAP'), mappings);
  return { told, orphaned: counts.MappingsOrphaned, isCutShort: counts.RunsCutShort === 1 };
}

const orphan = (logicalResourceId: string) => ({
  message: 'orphan: CloudFormation no longer has the resource of the mapping',
  cluster: 'prod',
  principal: KEY,
  stackId: 'stack',
  logicalResourceId,
});

test.each([
  [5, { told: [orphan('Retained'), orphan('Gone')], orphaned: 2, isCutShort: false }],
  [3, { told: [orphan('Retained')], orphaned: 1, isCutShort: true }],
  [0.5, { told: [], orphaned: 0, isCutShort: true }],
])('with %d s left', async (seconds, expected) => {
  expect(await reported(seconds)).toEqual(expected);
});
