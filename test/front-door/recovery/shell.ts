/**
 * Runs the commands of a page as a person would: `aws eks` by the SDK, `kubectl` by its requests, with a token of the
 * role that `update-kubeconfig` named, `eks-access` as the built program. Throws for whatever else a line holds.
 */
import * as eksSdk from '@aws-sdk/client-eks';
import { dump, load } from 'js-yaml';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, type LiveWorld, runWith } from '../cli/live/cluster';
import { ask, bearerToken } from '../local/aws/kubernetes/requests';
import { wordsOf } from '../migration/shell';

export interface Terminal {
  readonly world: LiveWorld;
  readonly cwd: string;
  /** Whose AWS credentials these are. */
  readonly caller: string;
  /** Placeholders of the page and what takes their place. */
  readonly values: Readonly<Record<string, string>>;
  /** What the local AWS does not have: by service and operation. */
  readonly played: Readonly<Record<string, () => unknown>>;
}

/** What the commands print, in order. Throws for a command that fails. */
export async function runBlock(block: string, terminal: Terminal): Promise<readonly string[]> {
  const outputs: string[] = [];
  const kube = { role: '' };
  for (const line of block.split('\n').filter((text) => text !== '')) {
    const filled = line.replace(/[A-Z]+(?:_[A-Z]+)*(?![\w=-])/g, (word) => terminal.values[word] ?? word);
    const [, command = '', file] = /^(.*?)(?: > (\S+))?$/.exec(filled) ?? [];
    const output = await run(command, terminal, kube);
    if (file !== undefined) writeFileSync(join(terminal.cwd, file), output);
    outputs.push(output);
  }
  return outputs;
}

async function run(command: string, terminal: Terminal, kube: { role: string }): Promise<string> {
  const copied =
    /^(kubectl patch .* -p )"\{\\"data\\": \$\(kubectl get configmap (\S+) -n kube-system -o jsonpath='\{\.data\}'\)\}"$/.exec(
      command,
    );
  if (copied !== null) {
    const data = terminal.world.cluster.configMap(copied[2])?.data;
    return run(`${copied[1] ?? ''}'${JSON.stringify({ data }).replaceAll("'", `'\\''`)}'`, terminal, kube);
  }
  const [program, ...words] = wordsOf(command, {});
  const { world, cwd, caller } = terminal;
  if (program === 'eks-access') {
    const { code, stdout, stderr } = await runWith(environmentOf(world.plane, caller), words.join(' '), {
      cwd,
    });
    if (code !== 0) throw new Error(`${command}: exit ${code}: ${stderr}`);
    return stdout;
  }
  if (program === 'aws') return aws(words, terminal, kube);
  if (program === 'kubectl') return kubectl(words, terminal, kube.role);
  throw new Error(`no program of this page: ${command}`);
}

async function aws(words: readonly string[], terminal: Terminal, kube: { role: string }): Promise<string> {
  const [service = '', operation = '', ...rest] = words;
  const options = optionsOf(rest);
  const played = terminal.played[`${service} ${operation}`];
  if (played !== undefined) return JSON.stringify(played() ?? {});
  if (operation === 'update-kubeconfig') {
    kube.role = options['roleArn'] ?? terminal.caller;
    return '';
  }
  const name = `${operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Command`;
  const Command = (eksSdk as unknown as Record<string, new (input: object) => never>)[name];
  if (service !== 'eks' || Command === undefined) throw new Error(`no operation ${service} ${operation}`);
  const { plane } = terminal.world;
  const client = new eksSdk.EKSClient({
    region: 'eu-west-1',
    endpoint: plane.eks.url,
    credentials: plane.iam.credentialsFor(terminal.caller),
  });
  const { query: _, ...input } = options;
  const send = async (): Promise<string> =>
    JSON.stringify(await client.send(new Command(Object.fromEntries(Object.entries(input).map(structured)))));
  try {
    let output = await send();
    // The page says to repeat this one until the update is over.
    for (let times = 0; operation === 'describe-cluster' && times < 50; times += 1)
      if (/"status":"UPDATING"|"authenticationMode":"CONFIG_MAP"/.test(output)) output = await send();
    return output;
  } finally {
    client.destroy();
  }
}

/** `--access-config authenticationMode=API` in short form. */
function structured([name, value]: readonly [string, string]): readonly [string, unknown] {
  const [, key = '', text] = /^(\w+)=(\w+)$/.exec(value) ?? [];
  return [name, key === '' ? value : { [key]: text }];
}

function optionsOf(words: readonly string[]): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (let index = 0; index < words.length; index += 2) {
    const [, name] = /^--([a-z-]+)$/.exec(words[index] ?? '') ?? [];
    const value = words[index + 1];
    if (name === undefined || value === undefined || value.startsWith('-'))
      throw new Error(`no option: ${words[index] ?? ''}`);
    options[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return options;
}

/** A request of kubectl as a role, by a token of its own. Throws what the API server answers but a success. */
export async function kubernetes(
  { cluster, plane }: LiveWorld,
  role: string,
  method: string,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const credentials = plane.iam.credentialsFor(role);
  const token = await bearerToken({ credentials, cluster: cluster.name });
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const answer = await ask(cluster, method, path, { token, headers: { 'content-type': type }, body });
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const CONFIG_MAPS = '/api/v1/namespaces/kube-system/configmaps';

async function kubectl(words: readonly string[], { world, cwd }: Terminal, role: string): Promise<string> {
  const line = words.join(' ');
  const asked = (method: string, path: string, body?: object) => kubernetes(world, role, method, path, body);
  const [, file] = /^replace -f (\S+)$/.exec(line) ?? [];
  const [, patch] = /^patch configmap aws-auth -n kube-system --type merge -p (.*)$/s.exec(line) ?? [];
  if (line === 'auth whoami')
    return JSON.stringify(await asked('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}));
  if (line === 'get configmap aws-auth -n kube-system -o yaml')
    return dump(await asked('GET', `${CONFIG_MAPS}/aws-auth`));
  if (line === 'get configmaps -n kube-system -o name') {
    const { items } = await asked('GET', CONFIG_MAPS);
    const names = (items as readonly { readonly metadata: { readonly name: string } }[]).map(
      ({ metadata }) => `configmap/${metadata.name}\n`,
    );
    return names.join('');
  }
  if (file !== undefined) {
    await asked('PUT', `${CONFIG_MAPS}/aws-auth`, load(readFileSync(join(cwd, file), 'utf8')) as object);
    return '';
  }
  if (patch === undefined) throw new Error(`no command of kubectl on this page: ${line}`);
  await asked('PATCH', `${CONFIG_MAPS}/aws-auth`, JSON.parse(patch) as object);
  return '';
}
