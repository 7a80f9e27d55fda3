/** The command line of `npm start`: words in, choices out. Pure. */
import { partitionOf } from '../../access/aws/partition';
import { type AuthenticationMode } from '../../access/desired-access';
import { clusterFault, roleArnFault } from '../../access/guardrails/cluster-roles';
import { REGIONS } from '../aws/cloudformation/resources/registry/registry';
import { suggestion } from '../aws/cloudformation/template/suggestion';

export interface Choices {
  /** Templates in the order of their turns: create, then one update each. None: the demonstration. */
  readonly templates: readonly string[];
  readonly mode: AuthenticationMode;
  readonly region: string;
  /** Name of the cluster that is there. */
  readonly cluster: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly awsAuth?: string;
  readonly guardrails?: string;
  /** Whether the cluster moves on to access entries once the templates are deployed. */
  readonly follow: boolean;
  /** By the name of the cluster: the ARN of the role by which the provider reaches it. */
  readonly clusterRoles: Readonly<Record<string, string>>;
  /** SSM parameters that are there, by name. */
  readonly ssm: Readonly<Record<string, string>>;
  /** Exports of stacks that are not there, by name. */
  readonly exports: Readonly<Record<string, string>>;
  readonly json: boolean;
  readonly help: boolean;
}

/** What is wrong with the words, in one sentence for their author; the command line ends with exit code 2. */
export class UsageError extends Error {}

export const MODES: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];
export const DEFAULT_REGION = 'us-east-1';
export const DEFAULT_CLUSTER = 'my-cluster';

const flags = ['--json', '--follow', '--help'];
const single = ['--mode', '--cluster', '--region', '--aws-auth', '--guardrails'];
const pairs = ['--cluster-role', '--ssm', '--export'];
const options = [...flags, ...single, ...pairs, '--parameters'];

export function parseCommandLine(words: readonly string[]): Choices {
  const templates: string[] = [];
  const parameters: Record<string, string> = {};
  const values: Record<string, string> = {};
  const several: Record<string, string[]> = {};
  const set = new Set<string>();
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const [written = '', inline] = word.startsWith('--') ? splitOnce(word) : [word];
    const name = written === '-h' ? '--help' : written;
    if (flags.includes(name)) set.add(name);
    else if (single.includes(name)) values[name] = inline ?? valueOf(name, queue);
    else if (pairs.includes(name)) (several[name] ??= []).push(inline ?? valueOf(name, queue));
    else if (name === '--parameters') Object.assign(parameters, parametersOf(inline, queue));
    else if (name.startsWith('-')) throw new UsageError(unknownOption(name));
    else templates.push(word);
  }
  const mode = modeOf(values['--mode'] ?? 'CONFIG_MAP');
  const follow = set.has('--follow');
  if (follow && mode === 'API')
    throw new UsageError('--follow needs a cluster that can move on: leave out --mode API');
  const region = regionOf(values['--region']);
  return {
    templates,
    mode,
    region,
    cluster: clusterOf(values['--cluster']),
    parameters,
    ...(values['--aws-auth'] === undefined ? {} : { awsAuth: values['--aws-auth'] }),
    ...(values['--guardrails'] === undefined ? {} : { guardrails: values['--guardrails'] }),
    follow,
    clusterRoles: clusterRolesOf(several['--cluster-role'], region),
    ssm: namedValues('--ssm', several['--ssm']),
    exports: namedValues('--export', several['--export']),
    json: set.has('--json'),
    help: set.has('--help'),
  };
}

function unknownOption(name: string): string {
  const near = suggestion(name, options);
  return `there is no option ${name}${near || ': npm start -- --help lists them'}`;
}

/** Of `NAME=ARN`, by name. */
export function clusterRolesOf(given: readonly string[] = [], region: string): Record<string, string> {
  const entries = given.map((pair) => {
    const [cluster, arn = ''] = splitOnce(pair);
    const fault = clusterFault(cluster) ?? roleArnFault(arn, partitionOf(region));
    if (fault !== undefined) throw new UsageError(`--cluster-role is ${JSON.stringify(pair)}: ${fault}`);
    return [cluster, arn] as const;
  });
  return Object.fromEntries(entries);
}

/** Of `NAME=VALUE`, by name. */
export function namedValues(option: string, given: readonly string[] = []): Record<string, string> {
  const entries = given.map((pair) => {
    const [name, value] = splitOnce(pair);
    if (name === '' || value === undefined)
      throw new UsageError(`${option} is ${JSON.stringify(pair)}: write NAME=VALUE`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

export function modeOf(text: string): AuthenticationMode {
  const mode = MODES.find((candidate) => candidate === text);
  if (mode) return mode;
  throw new UsageError(`--mode is ${JSON.stringify(text)}: write one of ${MODES.join(', ')}`);
}

export function clusterOf(text = DEFAULT_CLUSTER): string {
  const fault = clusterFault(text);
  if (fault === undefined) return text;
  throw new UsageError(`--cluster is ${JSON.stringify(text)}: ${fault}`);
}

export function regionOf(text = DEFAULT_REGION): string {
  if (REGIONS.includes(text)) return text;
  throw new UsageError(
    `--region is ${JSON.stringify(text)}, which is no region of AWS${suggestion(text, REGIONS) || ': write the code of one, as in us-east-1'}`,
  );
}

function valueOf(name: string, queue: string[]): string {
  const value = queue.shift();
  if (value === undefined || value.startsWith('--')) throw new UsageError(`${name} needs a value after it`);
  return value;
}

function parametersOf(inline: string | undefined, queue: string[]): Record<string, string> {
  const found = inline === undefined ? [] : [inline];
  while (inline === undefined && queue[0] !== undefined && /^[A-Za-z0-9]+=/.test(queue[0]))
    found.push(queue.shift() ?? '');
  if (found.length === 0) throw new UsageError('--parameters needs at least one K=V after it');
  return Object.fromEntries(found.map((pair) => splitOnce(pair)).map(([key, value = '']) => [key, value]));
}

function splitOnce(text: string): readonly [string] | readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
