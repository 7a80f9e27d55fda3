import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_METRICS } from '../../../../access/contract';
import { metricFields, noCounts } from '../../../../lambda/scheduled/counts';

const text = { type: 'string', minLength: 1, maxLength: 1_024 };
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html, "JSON schema". */
const embedded = new Ajv({ strict: false }).compile({
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: text,
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', minItems: 1, maxItems: 30, items: { ...text, maxLength: 250 } },
              },
              Metrics: {
                type: 'array',
                minItems: 1,
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: { Name: text, Unit: { enum: ['Count', 'Milliseconds', 'None'] } },
                },
              },
            },
          },
        },
      },
    },
  },
});

interface Embedded extends Record<string, unknown> {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

const sent = (fields: Record<string, unknown>): readonly string[] =>
  (fields as Embedded)._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));

test.each([
  ['nothing to count', noCounts()],
  ['everything', Object.fromEntries(RUN_METRICS.map((name, index) => [name, index + 1])) as never],
])('%s: as the specification says, and each metric and dimension is a field', (_, counts) => {
  const fields = metricFields(counts, 'eks-access-provider', 1_795_000_000_000);
  expect([embedded(fields), embedded.errors]).toEqual([true, null]);
  for (const name of sent(fields)) expect(typeof fields[name]).toBe('number');
  const [metrics] = (fields as Embedded)._aws.CloudWatchMetrics;
  for (const name of metrics?.Dimensions.flat() ?? []) expect(typeof fields[name]).toBe('string');
});

test('a metric that is 0 is a field and no more, but for the two that say something then', () => {
  const fields = metricFields({ ...noCounts(), MappingsMoved: 2 }, 'eks-access-provider', 0);
  expect(sent(fields)).toEqual(['ClustersLookedAt', 'MappingsMoved', 'MappingsLeft']);
  expect(fields).toMatchObject({ MappingsMoved: 2, MappingsOverdue: 0, Service: 'eks-access-provider' });
});

test('the page says what each is, in this order', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/moving-a-cluster.md'), 'utf8');
  expect([...page.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map(([, name]) => name)).toEqual(RUN_METRICS);
});
