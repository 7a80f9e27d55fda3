/**
 * Runs the commands of the AWS CLI that a plan prints, by the SDK: a shell of comments, `set`, one variable and words.
 * Throws for whatever else a script holds, so that nothing is passed over.
 */
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  type AssociateAccessPolicyCommandInput,
  type CreateAccessEntryCommandInput,
  type EKSClient,
} from '@aws-sdk/client-eks';

type Fields = Record<string, unknown>;

export async function runScript(
  script: string,
  environment: Readonly<Record<string, string>>,
  eks: EKSClient,
): Promise<number> {
  const variables: Record<string, string> = { ...environment };
  let count = 0;
  for (const line of commandsIn(script)) {
    const assigned = /^CLUSTER=(.*)$/s.exec(line);
    if (assigned !== null) variables['CLUSTER'] = wordsOf(assigned[1] ?? '', variables)[0] ?? '';
    else if (/^: "\$\{CLUSTER:\?[^}"]*\}"$/.test(line)) {
      if (!variables['CLUSTER']) throw new Error(`exit 2: ${line}`);
    } else if (line !== 'set -eu') {
      await call(wordsOf(line, variables), eks);
      count += 1;
    }
  }
  return count;
}

/** Lines, but for those that end inside of quotes. */
function commandsIn(script: string): readonly string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of script.split('\n')) {
    if (open === '' && (line.startsWith('#') || line.trim() === '')) continue;
    open = open === '' ? line : `${open}\n${line}`;
    if ((open.replace(/\\'/g, '').split("'").length - 1) % 2 === 0) {
      commands.push(open);
      open = '';
    }
  }
  if (open !== '') throw new Error(`a quote is not closed: ${open}`);
  return commands;
}

export function wordsOf(command: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const pieces = /\s+|'([^']*)'|"\$(\w+)"|\\(.)|([\w+=,.@:/-]+)|(.)/gs;
  const words: string[] = [];
  let word: string | undefined;
  for (const [piece, quoted, variable, escaped, plain] of command.matchAll(pieces)) {
    const text = quoted ?? (variable === undefined ? undefined : variables[variable]) ?? escaped ?? plain;
    if (text !== undefined) word = (word ?? '') + text;
    else if (piece.trim() !== '') throw new Error(`a shell would do more with ${piece} in: ${command}`);
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

async function call([program, service, operation, ...options]: readonly string[], eks: EKSClient) {
  if (program !== 'aws' || service !== 'eks') throw new Error(`not a command of the AWS CLI: ${program}`);
  const input = inputOf(options);
  if (operation === 'create-access-entry')
    return eks.send(new CreateAccessEntryCommand(input as unknown as CreateAccessEntryCommandInput));
  if (operation === 'associate-access-policy')
    return eks.send(new AssociateAccessPolicyCommand(input as unknown as AssociateAccessPolicyCommandInput));
  throw new Error(`no operation ${operation}`);
}

/** As the AWS CLI reads its options: `--name value`, `--name=value`, lists as JSON, one structure in short form. */
function inputOf(options: readonly string[]): Fields {
  const input: Fields = {};
  for (let index = 0; index < options.length; index += 1) {
    const [, name = '', same] = /^--([a-z-]+)(?:=(.*))?$/s.exec(options[index] ?? '') ?? [];
    const value = same ?? options[(index += 1)] ?? '';
    if (name === '' || (same === undefined && value.startsWith('-')))
      throw new Error(`no option: ${options[index - 1] ?? ''} ${value}`);
    const parameter = {
      'cluster-name': 'clusterName',
      'principal-arn': 'principalArn',
      'policy-arn': 'policyArn',
      'access-scope': 'accessScope',
      'kubernetes-groups': 'kubernetesGroups',
      'cli-input-json': '',
      username: 'username',
      type: 'type',
    }[name];
    if (parameter === undefined) throw new Error(`no option --${name}`);
    if (parameter !== '' && /^(?:file|fileb|https?):\/\//.test(value))
      throw new Error(`the AWS CLI would load ${value}`);
    if (parameter === '') Object.assign(input, { ...(JSON.parse(value) as Fields), ...input });
    else if (parameter === 'kubernetesGroups') input[parameter] = JSON.parse(value);
    else if (parameter === 'accessScope') input[parameter] = { type: value.replace(/^type=/, '') };
    else input[parameter] = value;
  }
  return input;
}
