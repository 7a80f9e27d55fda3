/** One run of the command line: a cluster, a provider, and stack operations with a snapshot of the access before and after each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ENVIRONMENT, PROVIDER_GROUP, RESOURCE_TYPES } from '../../access/contract';
import { partitionOf } from '../../access/aws/partition';
import { type AuthenticationMode } from '../../access/desired-access';
import { type ParameterValues } from '../aws/cloudformation/template/parameters';
import { type Stack } from '../aws/cloudformation/stack/stack';
import { type ConfigMapManifest, type LocalCluster } from '../aws/control-plane';
import { type LocalAws, startLocalAws } from '../aws/local-aws';
import { deployProvider } from './provider';
import { apartFrom, changesBetween, type Snapshots, snapshotsOf } from './cluster-snapshots';
import { aboutCluster } from './about-cluster';
import { DEFAULT_CLUSTER } from './command-line';
import { withMode } from './mode-parameter';
import { accessOf } from './provider-access';
import { runSchedule } from './schedule-run';
import { type SessionOptions } from './session-options';
import { type Step } from './step';
import { type TemplateFile } from './template-file';

export type { SessionOptions } from './session-options';
export type { Step } from './step';

const PROVIDER = 'eks-access-provider';

export interface Session {
  readonly aws: LocalAws;
  readonly cluster: LocalCluster;
  /** How the provider gets into the cluster, in words. */
  readonly access: string;
  create(name: string, template: TemplateFile, parameters: ParameterValues): Promise<Step>;
  update(name: string, template: TemplateFile, parameters: ParameterValues): Promise<Step>;
  remove(name: string): Promise<Step>;
  /** Changes the authentication mode of the cluster, and runs the provider's schedule. */
  moveTo(mode: AuthenticationMode): Promise<Step>;
  /** Runs the provider's schedule now; gives what it has logged. */
  runSchedule(): Promise<readonly string[]>;
}

export async function startSession(options: SessionOptions): Promise<Session> {
  const notes: string[] = [];
  const { region, ssm, exports, clock } = options;
  const aws = await startLocalAws({
    ...(region === undefined ? {} : { region }),
    ...(ssm === undefined ? {} : { ssm }),
    ...(exports === undefined ? {} : { exports }),
    ...(clock === undefined ? {} : { clock }),
    customTypes: RESOURCE_TYPES,
    onNote: (note) => void notes.push(note),
    // So that a provider that is deployed from its own template may answer here as well.
    functionEnvironment: ({ answerBucket }) => ({ [ENVIRONMENT.responseHosts]: answerBucket }),
  });
  try {
    return await prepare(aws, notes, options);
  } catch (error) {
    await aws.stop();
    throw error;
  }
}

async function prepare(aws: LocalAws, notes: string[], options: SessionOptions): Promise<Session> {
  const { mode, awsAuth, guardrails, clusterRoles = {}, administrator, withProvider = true } = options;
  const { cluster: clusterName = DEFAULT_CLUSTER } = options;
  const roleArn = aws.iam.roleArn(PROVIDER);
  if (withProvider)
    await deployProvider(aws, {
      functionName: PROVIDER,
      clusterRoles,
      setUpRights: true,
      ...(guardrails ? { guardrails } : {}),
    });
  const isMapped = Object.values(awsAuth.data ?? {}).some((text) => text.includes(roleArn));
  const clusterRole = clusterRoles[clusterName];
  // GT-51: the creator of a CONFIG_MAP cluster is let in by no entry that could be seen.
  const creatorArn =
    administrator ?? clusterRole ?? (mode === 'CONFIG_MAP' && !isMapped ? roleArn : undefined);
  const cluster = await aws.controlPlane.createCluster({
    name: clusterName,
    authenticationMode: mode,
    awsAuth,
    ...(creatorArn === undefined ? {} : { creatorArn }),
  });
  if (withProvider)
    for (const manifest of ['provider-rbac.yaml', 'rights-rbac.yaml'])
      cluster.applyRbac(readFileSync(join(__dirname, '../../samples', manifest), 'utf8'));
  if (withProvider && mode !== 'CONFIG_MAP' && clusterRole === undefined)
    cluster.putAccessEntry({ principalArn: roleArn, kubernetesGroups: [PROVIDER_GROUP] });

  const changesSince = (before: Snapshots) =>
    apartFrom(clusterName, changesBetween(before, snapshotsOf(aws.controlPlane)));
  const step = async (title: string, name: string, run: () => Promise<Stack>): Promise<Step> => {
    const seen = aws.cloudformation.stack(name)?.events.length ?? 0;
    const before = snapshotsOf(aws.controlPlane);
    const stack = await run();
    const events = stack.events.slice(title === 'create' ? 0 : seen);
    notes.push(...aboutCluster(clusterName, events));
    return {
      title: `${title} stack ${name}`,
      status: stack.status,
      ...(stack.reason === undefined ? {} : { reason: stack.reason }),
      events,
      outputs: stack.outputs,
      notes: notes.splice(0),
      ...changesSince(before),
    };
  };
  const moveTo = async (next: AuthenticationMode): Promise<Step> => {
    const before = snapshotsOf(aws.controlPlane);
    cluster.setAuthenticationMode(next);
    const log = await runSchedule(aws, PROVIDER);
    const title = `move the cluster to ${next}, and run the provider's schedule`;
    return { title, status: 'FOLLOWED', events: [], outputs: [], notes: [], ...changesSince(before), log };
  };
  const request = (name: string, template: TemplateFile, parameters: ParameterValues) => ({
    name,
    template: template.text,
    templateName: template.name,
    parameters: withMode(template, mode, parameters),
    templateLimit: 1_000_000,
    capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
  });
  return {
    aws,
    cluster,
    access: clusterRole === undefined ? accessOf(mode, isMapped) : `as ${clusterRole} (clusterRoles)`,
    create: (name, template, parameters) =>
      step('create', name, () => aws.cloudformation.createStack(request(name, template, parameters))),
    update: (name, template, parameters) =>
      step('update', name, () => aws.cloudformation.updateStack(request(name, template, parameters))),
    remove: (name) => step('delete', name, () => aws.cloudformation.deleteStack({ name })),
    moveTo,
    runSchedule: () => runSchedule(aws, PROVIDER),
  };
}

/** The demonstration's own. */
export function demonstrationAwsAuth(region = 'us-east-1'): ConfigMapManifest {
  const text = readFileSync(join(__dirname, 'aws-auth.yaml'), 'utf8');
  return load(text.replaceAll('arn:aws:', `arn:${partitionOf(region)}:`)) as ConfigMapManifest;
}
