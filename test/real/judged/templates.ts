/** Every template that the product comes with, in files: what `cdk synth` makes, the plain one, and the samples. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addStacks } from '../../../cdk/app';
import { EksAccessProvider, HealRecreatedRoles } from '../../../cdk/index';
import { readBundle } from '../../../cdk/bundle';
import { PlainProviderStack } from '../../../cdk/stacks/plain-provider-stack';
import { plainTemplate } from '../../../build/template';

const root = join(__dirname, '..', '..', '..');

/** What can be said on the command line, each way out of the constructs once. */
export const CONTEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'as it comes': {},
  'a cluster that reads aws-auth only': { authenticationMode: 'CONFIG_MAP' },
  'a cluster from nothing': {
    newCluster: 'CONFIG_MAP',
    clusterRoleArn: 'arn:aws:iam::111122223333:role/creator',
  },
  'patterns, other accounts and a network': {
    account: '111122223333',
    region: 'eu-west-1',
    guardrails: JSON.stringify({
      clusters: ['team-*', 'prod'],
      principalAccounts: ['*'],
      groups: ['team-*'],
      accessPolicies: ['*View*'],
    }),
    samples: 'none',
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: 'eu-west-1a,eu-west-1b',
    subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  },
};

/**
 * An App as `cdk synth` makes it here, with the flags of cdk.json, and judged by cdk-nag besides. `hasOwnRules`: by CDK's
 * own rules too, which take minutes for the conditions of the plain template.
 */
export function judgedApp(
  outdir: string,
  context: Readonly<Record<string, string>> = {},
  hasOwnRules = true,
): App {
  const settings = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { readonly context: object };
  const app = new App({
    outdir,
    context: { ...settings.context, ...context },
    treeMetadata: false,
    builtinCloudFormationValidation: hasOwnRules,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** Synthesises all stacks into `outdir`. Throws, naming the findings, when cdk-nag or CDK's own rules have any. */
export function synthesise(outdir: string, context: Readonly<Record<string, string>>): void {
  const app = judgedApp(outdir, context);
  addStacks(app);
  app.synth();
}

/** The same for a provider that has everything that is off by itself. */
export function synthesiseEverything(outdir: string): void {
  const app = judgedApp(outdir);
  const stack = new Stack(app, 'EksAccessEverything', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const topic = new sns.Topic(stack, 'Topic', { masterKey: encryptionKey, enforceSSL: true });
  new EksAccessProvider(stack, 'Provider', {
    guardrails: { clusters: ['prod'], allowNodes: true, allowModeChange: true, allowTakeover: 'any' },
    nodeRoles: [iam.Role.fromRoleName(stack, 'Nodes', 'nodes')],
    clusterRoles: { prod: { role: iam.Role.fromRoleName(stack, 'Creator', 'creator') } },
    permissionSets: true,
    healRecreatedRoles: HealRecreatedRoles.HEAL,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
    }),
    vpcEndpoints: true,
    alarmTopic: topic,
    foreignChangesTopic: topic,
    dashboard: true,
    tracing: true,
    encryptionKey,
    reservedConcurrentExecutions: 10,
  });
  app.synth();
}

/** The same for the plain provider, code inside and code beside, by cdk-nag alone. */
export function synthesisePlain(outdir: string, packaged: boolean): void {
  const app = judgedApp(outdir, {}, false);
  new PlainProviderStack(app, 'eks-access', readBundle(), packaged);
  app.synth();
}

/** Files of all templates; those of `cdk synth` are made in `folder` first. */
export function templateFiles(folder: string): string[] {
  const synthesised = Object.values(CONTEXTS).flatMap((context, index) => {
    const outdir = join(folder, `context-${index}`);
    synthesise(outdir, context);
    return filesOf(outdir, /\.template\.json$/);
  });
  const everything = join(folder, 'everything');
  synthesiseEverything(everything);
  mkdirSync(join(folder, 'plain'), { recursive: true });
  const plain = join(folder, 'plain', 'cfn-eks-access.template.yaml');
  writeFileSync(plain, plainTemplate(readBundle()));
  const samples = filesOf(join(root, 'samples'), /\.yaml$/).filter((file) => !file.includes('rbac'));
  return [...synthesised, ...filesOf(everything, /\.template\.json$/), plain, ...samples];
}

/** Files of the templates that tests of the local AWS run and keep, with the rules of cfn-lint that each breaks on purpose. */
export function keptTemplates(): ReadonlyMap<string, readonly string[]> {
  const folder = join(root, 'test', 'fixtures', 'templates');
  const files = [
    ...filesOf(folder, /^\d\d-/),
    ...filesOf(join(folder, 'parts'), /\.yaml$/),
    join(root, 'local', 'demo', 'lambda-app.yaml'),
  ];
  return new Map(
    files.map((file) => {
      const [, rules = ''] = /^# cfn-lint: (.*)$/m.exec(readFileSync(file, 'utf8')) ?? [];
      return [file, rules.split(' ').filter((rule) => rule !== '')];
    }),
  );
}

function filesOf(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}
