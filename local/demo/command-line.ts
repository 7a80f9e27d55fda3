/** The command line of `npm start`: words in, choices out. Pure. */
import { type AuthenticationMode } from '../../access/desired-access';
import { clusterFault, roleArnFault } from '../../access/guardrails/cluster-roles';

export interface Choices {
  /** Templates in the order of their turns: create, then one update each. None: the demonstration. */
  readonly templates: readonly string[];
  readonly mode: AuthenticationMode;
  readonly parameters: Readonly<Record<string, string>>;
  readonly awsAuth?: string;
  readonly guardrails?: string;
  /** Whether the cluster moves on to access entries once the templates are deployed. */
  readonly follow: boolean;
  /** By the name of the cluster: the ARN of the role by which the provider reaches it. */
  readonly clusterRoles: Readonly<Record<string, string>>;
  readonly json: boolean;
  readonly help: boolean;
}

/** What is wrong with the words, in one sentence for their author; the command line ends with exit code 2. */
export class UsageError extends Error {}

export const MODES: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

export const HELP = `Runs CloudFormation templates with cfn-eks-access on a local AWS: nothing leaves this machine.

  npm start                                  the demonstration: create, update, a failing update, delete
  npm start -- TEMPLATE [TEMPLATE …]         your own template is created and deleted; further ones are updates of it

Options
  --mode MODE              authentication mode of the cluster my-cluster: ${MODES.join(', ')} (default CONFIG_MAP)
                           and of clusters that your template makes, where a parameter chooses it and is not given
  --parameters K=V [K=V …] parameters of your template
  --aws-auth FILE          the ConfigMap aws-auth to begin with (YAML or JSON, as kubectl get -o yaml prints it)
  --guardrails FILE        what templates may ask for (JSON, docs/reference/guardrails.md); default: everything
  --follow                 once deployed, the cluster moves on, mode by mode, and the provider's schedule runs after each
  --cluster-role NAME=ARN  the role as which the provider reaches this cluster; of my-cluster it is the creator. May be repeated
  --json                   one line of JSON a step instead of text
  --help                   this text

The account is 111122223333, the region us-east-1. The provider's service token is exported as EksAccessServiceToken.
Exit code: 0 when every step went as CloudFormation would have it, 1 when a stack failed, 2 when something of yours could not be read.`;

export function parseCommandLine(words: readonly string[]): Choices {
  const templates: string[] = [];
  const parameters: Record<string, string> = {};
  const clusterRoles: Record<string, string> = {};
  const values: Partial<Record<'--mode' | '--aws-auth' | '--guardrails', string>> = {};
  let json = false;
  let follow = false;
  let help = false;
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const [name = '', inline] = word.startsWith('--') ? splitOnce(word) : [word];
    switch (name) {
      case '--json':
        json = true;
        break;
      case '--follow':
        follow = true;
        break;
      case '--help':
      case '-h':
        help = true;
        break;
      case '--mode':
      case '--aws-auth':
      case '--guardrails':
        values[name] = inline ?? valueOf(name, queue);
        break;
      case '--cluster-role': {
        const [cluster, arn] = clusterRoleOf(inline ?? valueOf(name, queue));
        clusterRoles[cluster] = arn;
        break;
      }
      case '--parameters': {
        const pairs = inline === undefined ? takePairs(queue) : [inline];
        if (pairs.length === 0) throw new UsageError('--parameters needs at least one K=V after it');
        for (const pair of pairs) {
          const [key = '', value = ''] = splitOnce(pair);
          parameters[key] = value;
        }
        break;
      }
      default:
        if (name.startsWith('-'))
          throw new UsageError(`there is no option ${name}: npm start -- --help lists them`);
        templates.push(word);
    }
  }
  const mode = modeOf(values['--mode'] ?? 'CONFIG_MAP');
  if (follow && mode === 'API')
    throw new UsageError('--follow needs a cluster that can move on: leave out --mode API');
  return {
    templates,
    mode,
    parameters,
    ...(values['--aws-auth'] === undefined ? {} : { awsAuth: values['--aws-auth'] }),
    ...(values['--guardrails'] === undefined ? {} : { guardrails: values['--guardrails'] }),
    follow,
    clusterRoles,
    json,
    help,
  };
}

/** Of `NAME=ARN`. */
export function clusterRoleOf(pair: string): readonly [cluster: string, arn: string] {
  const [cluster, arn = ''] = splitOnce(pair);
  const fault = clusterFault(cluster) ?? roleArnFault(arn, 'aws');
  if (fault !== undefined) throw new UsageError(`--cluster-role is ${JSON.stringify(pair)}: ${fault}`);
  return [cluster, arn];
}

function modeOf(text: string): AuthenticationMode {
  const mode = MODES.find((candidate) => candidate === text);
  if (mode) return mode;
  throw new UsageError(`--mode is ${JSON.stringify(text)}: write one of ${MODES.join(', ')}`);
}

function valueOf(name: string, queue: string[]): string {
  const value = queue.shift();
  if (value === undefined || value.startsWith('--')) throw new UsageError(`${name} needs a value after it`);
  return value;
}

function takePairs(queue: string[]): string[] {
  const pairs: string[] = [];
  while (queue[0] !== undefined && /^[A-Za-z0-9]+=/.test(queue[0])) pairs.push(queue.shift() ?? '');
  return pairs;
}

function splitOnce(text: string): readonly [string] | readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
