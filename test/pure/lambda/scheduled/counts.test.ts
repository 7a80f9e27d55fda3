import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_METRICS } from '../../../../access/contract';
import { runFields, noCounts } from '../../../../lambda/scheduled/counts';
import { type Embedded, embedded, sent } from '../../../support/embedded-metrics';

test.each([
  ['nothing to count', noCounts()],
  ['everything', Object.fromEntries(RUN_METRICS.map((name, index) => [name, index + 1])) as never],
])('%s: as the specification says, and each metric and dimension is a field', (_, counts) => {
  const fields = runFields(counts, 'eks-access-provider', 1_795_000_000_000);
  expect([embedded(fields), embedded.errors]).toEqual([true, null]);
  for (const name of sent(fields)) expect(typeof fields[name]).toBe('number');
  const [metrics] = (fields as Embedded)._aws.CloudWatchMetrics;
  for (const name of metrics?.Dimensions.flat() ?? []) expect(typeof fields[name]).toBe('string');
});

test('a metric that is 0 is a field and no more, but for the two that say something then', () => {
  const fields = runFields({ ...noCounts(), MappingsMoved: 2 }, 'eks-access-provider', 0);
  expect(sent(fields)).toEqual(['ClustersLookedAt', 'MappingsMoved', 'MappingsLeft']);
  expect(fields).toMatchObject({ MappingsMoved: 2, MappingsOverdue: 0, Service: 'eks-access-provider' });
});

test('the page says what each is, in this order', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/moving-a-cluster.md'), 'utf8');
  expect([...page.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map(([, name]) => name)).toEqual(RUN_METRICS);
});
