/** One run of the provider's schedule, by hand, and what it has logged, for people. */
import { type LocalAws } from '../aws/local-aws';
import { scheduleName } from './provider-template';

/** Of no use to people who look at one run on one cluster. */
const LEFT_OUT = [
  'level',
  'message',
  'timestamp',
  'service',
  'function_request_id',
  'cluster',
  'stackId',
  'Service',
  '_aws',
];
/** Metrics, of which there are many, are told where they are not 0. */
const isEmptyMetric = ([name, value]: readonly [string, unknown]): boolean =>
  /^[A-Z]/.test(name) && value === 0;

type Line = Readonly<Record<string, unknown>>;

/** What the run has logged, a sentence a line. Throws where there is no schedule. */
export async function runSchedule(
  { lambda, scheduler }: LocalAws,
  provider: string,
): Promise<readonly string[]> {
  const before = lambda.logs().length;
  await scheduler.fire(scheduleName(provider));
  return lambda
    .logs()
    .slice(before)
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.startsWith('{"level"'))
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => !('requestId' in line)) // Of a stack event.
    .map(sentence);
}

function sentence(line: Line): string {
  const facts = Object.entries(line)
    .filter((field) => !LEFT_OUT.includes(field[0]) && !isEmptyMetric(field))
    .map(([name, value]) => `${name} ${String(value)}`);
  const level = line['level'] === 'INFO' ? '' : `${String(line['level'])} `;
  return `${level}${String(line['message'])}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`;
}
