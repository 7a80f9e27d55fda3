/**
 * The stacks that CDK synthesises for each layout, deployed on the local AWS in their order, and deleted against it: what
 * CloudFormation refuses to delete is what must outlive the rest.
 */
import '../../constructs/fast-synth';
import { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../../access/contract';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { type LocalAws, startLocalAws } from '../../../local/aws/local-aws';
import { deployProvider } from '../../../local/demo/provider';
import { CLUSTER, type Layout, LAYOUTS, Make, ROLE_NAME, synthesised } from '../../constructs/layouts';
import { failuresOf, resource } from './whole-stacks';

const root = join(__dirname, '../../..');
/** As ELSEWHERE has it. */
const PROVIDER_ELSEWHERE = 'eks-access-elsewhere';
const RBAC = readFileSync(join(root, 'samples/provider-rbac.yaml'), 'utf8');
const WEAK = { '@aws-cdk/core:defaultCrossStackReferences': 'weak' };

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({
    clock: new SkippingClock(),
    // The asset of the construct is the folder of the built function.
    codeFor: () => ({ file: join(root, 'dist/lambda/index.js') }),
    functionEnvironment: ({ answerBucket }) => ({ [ENVIRONMENT.responseHosts]: answerBucket }),
  });
});
afterEach(() => aws.stop());

const deploy = (name: string, template: object) =>
  aws.cloudformation.createStack({
    name,
    template: JSON.stringify(template),
    templateLimit: 1_000_000,
    capabilities: ['CAPABILITY_NAMED_IAM'],
  });

/** What the layout does not make itself. */
async function prepare({ before = [] }: Layout): Promise<void> {
  if (before.includes('provider')) await deployProvider(aws, { functionName: PROVIDER_ELSEWHERE });
  if (before.includes('cluster')) {
    await aws.controlPlane.createCluster({
      name: CLUSTER,
      authenticationMode: 'API_AND_CONFIG_MAP',
      awsAuth: null,
    });
  }
}

function layoutOf(name: string): Layout {
  const layout = LAYOUTS[name];
  if (!layout) throw new Error(`there is no layout ${name}`);
  return layout;
}

const stacksOf = (layout: Layout, context: Readonly<Record<string, string>>, awsAuth: string) => {
  const app = new App({ context });
  layout.build(new Make(app, { awsAuth }));
  return synthesised(app);
};

/** With CDK's default, and all of them with its weak references. */
const cases = [
  ...Object.keys(LAYOUTS).map((name) => [name, WEAK] as const),
  ['three stacks', {}] as const,
  ['cluster apart, let in after the mapping is made', {}] as const,
];

test.each(cases)(
  '%s is deployed, holds together and goes: %j',
  async (name, context: Readonly<Record<string, string>>) => {
    const layout = layoutOf(name);
    await prepare(layout);
    const stacks = stacksOf(layout, context, 'policy');
    for (const { id, template } of stacks) {
      const stack = await deploy(id, template);
      expect([stack.status, failuresOf(stack)]).toEqual(['CREATE_COMPLETE', '']);
    }
    const cluster = aws.controlPlane.cluster(CLUSTER);
    expect(cluster.configMap()?.data?.['mapRoles']).toContain(`role/${ROLE_NAME}`);
    expect(cluster.accessEntries()).toMatchObject([
      { kubernetesGroups: ['cfn-eks-access'], policies: [{ namespaces: ['kube-system'] }] },
    ]);

    // The provider cannot go before what needs it.
    const owner = layout.before?.includes('provider') ? PROVIDER_ELSEWHERE : 'provider';
    const importers = aws.cloudformation.stacks
      .exports()
      .filter(({ exportingStackId }) => exportingStackId === aws.cloudformation.stack(owner)?.id)
      .flatMap(({ name }) => aws.cloudformation.stacks.importers(name));
    expect(importers.length > 0).toBe(layout.held);
    if (layout.held) {
      const refused = await aws.cloudformation.deleteStack(owner);
      expect(refused.status).toBe('CREATE_COMPLETE');
      expect(refused.reason).toMatch(
        /^Export \S+ cannot be deleted as it is in use by (cluster|mapping|provider)$/,
      );
    }
    for (const { id } of [...stacks].reverse()) {
      const stack = await aws.cloudformation.deleteStack(id);
      expect([stack.status, failuresOf(stack)]).toEqual(['DELETE_COMPLETE', '']);
    }
    if (layout.before?.includes('cluster')) {
      expect(cluster.accessEntries()).toEqual([]);
      expect(cluster.configMap()?.data?.['mapRoles'] ?? '').not.toContain(ROLE_NAME);
    }
    if (owner === PROVIDER_ELSEWHERE)
      expect((await aws.cloudformation.deleteStack(owner)).status).toBe('DELETE_COMPLETE');
  },
);

test.each(['rbac', 'policy'])(
  'samples/provider-access.yaml does the same without CDK, by %s',
  async (awsAuth) => {
    await deployProvider(aws);
    const cluster = await aws.controlPlane.createCluster({
      name: 'my-cluster',
      authenticationMode: 'API_AND_CONFIG_MAP',
      awsAuth: null,
    });
    if (awsAuth === 'rbac') cluster.applyRbac(RBAC);
    const access = await aws.cloudformation.createStack({
      name: 'access',
      template: readFileSync(join(root, 'samples/provider-access.yaml'), 'utf8'),
      parameters: { AwsAuth: awsAuth },
    });
    expect([access.status, failuresOf(access)]).toEqual(['CREATE_COMPLETE', '']);
    const Mapping = resource(`arn:aws:iam::111122223333:role/${ROLE_NAME}`, {
      AuthenticationMode: 'CONFIG_MAP',
    });
    const mapping = await deploy('mapping', { Resources: { Mapping } });
    expect([mapping.status, failuresOf(mapping)]).toEqual(['CREATE_COMPLETE', '']);
    const kept = await aws.cloudformation.deleteStack('eks-access-provider');
    expect(kept.reason).toMatch(/^Export EksAccessServiceToken\S* cannot be deleted as it is in use by /);
    for (const name of ['mapping', 'access', 'eks-access-provider'])
      expect(await aws.cloudformation.deleteStack(name)).toMatchObject({ status: 'DELETE_COMPLETE' });
  },
);

test('without the policy, an admin binds the group of the entry once', async () => {
  const [provider, cluster, mapping] = stacksOf(layoutOf('three stacks'), {}, 'rbac');
  if (!provider || !cluster || !mapping) throw new Error('there are not three stacks');
  for (const { id, template } of [provider, cluster])
    expect(await deploy(id, template)).toMatchObject({ status: 'CREATE_COMPLETE' });
  const running = aws.controlPlane.cluster(CLUSTER);
  expect(running.accessEntries()).toMatchObject([{ kubernetesGroups: ['cfn-eks-access'], policies: [] }]);
  running.applyRbac(RBAC);
  expect(await deploy(mapping.id, mapping.template)).toMatchObject({ status: 'CREATE_COMPLETE' });
});
