/** Sample 6 as CDK synthesises it, with the provider of the same App: made and deleted in every authentication mode. */
import '../../constructs/fast-synth';
import { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../../access/contract';
import { addStacks } from '../../../cdk/app';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { parseTemplate } from '../../../local/aws/cloudformation/template/parse-template';
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { type LocalAws, startLocalAws } from '../../../local/aws/local-aws';
import { failuresOf } from './whole-stacks';

const root = join(__dirname, '../../..');
const NODES = 'arn:aws:iam::111122223333:role/new-nodes';

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

function deploy(app: App, name: string): Promise<Stack> {
  return aws.cloudformation.createStack({
    name,
    template: JSON.stringify(app.synth().getStackByName(name).template),
    templateLimit: 1_000_000,
    capabilities: ['CAPABILITY_NAMED_IAM'],
  });
}

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'])('%s: made and deleted', async (mode) => {
  const deployer = aws.iam.roleArn('cloudformation-execution');
  const reached = mode === 'API' ? {} : { clusterRoleArn: deployer };
  const app = new App({ context: { clusterName: 'new', newCluster: mode, ...reached } });
  addStacks(app);
  const provider = await deploy(app, 'EksAccessProvider');
  expect([provider.status, failuresOf(provider)]).toEqual(['CREATE_COMPLETE', '']);
  const trust = provider.outputValues['ClusterRoleTrust'];
  expect(trust === undefined).toBe(mode === 'API');
  const statements = trust === undefined ? [] : [JSON.parse(trust) as object];
  aws.iam.addPrincipal(deployer, { Version: '2012-10-17', Statement: statements });

  const created = await deploy(app, 'EksAccessNewCluster');
  expect([created.status, failuresOf(created)]).toEqual(['CREATE_COMPLETE', '']);
  const { CallerUserName, CallerGroups, AdminRoleArn = '', DeveloperRoleArn = '' } = created.outputValues;
  expect([CallerUserName, CallerGroups]).toEqual(['caller', 'developers,system:authenticated']);
  const cluster = aws.controlPlane.cluster('new');
  expect(cluster.authenticationMode).toBe(mode);
  expect(cluster.loginAs(NODES, 'i-0123456789abcdef0')?.groups).toContain('system:nodes');
  expect(cluster.loginAs(AdminRoleArn, 'jo')?.username).toBe('admin:jo');
  expect(cluster.loginAs(DeveloperRoleArn, 'jo')?.groups).toEqual(['developers']);
  expect(cluster.loginAs(deployer) === undefined).toBe(mode === 'API');
  const order = created.events.map(({ logicalId, status }) => `${logicalId} ${status}`);
  const mapped = order.findIndex((event) => /^NodeMapping\w* CREATE_COMPLETE$/.test(event));
  expect(mapped).toBeGreaterThan(0);
  expect(order.indexOf('Nodes CREATE_IN_PROGRESS')).toBeGreaterThan(mapped);

  for (const name of ['EksAccessNewCluster', 'EksAccessProvider']) {
    const deleted = await aws.cloudformation.deleteStack({ name });
    expect([deleted.status, failuresOf(deleted)]).toEqual(['DELETE_COMPLETE', '']);
  }
  expect(aws.controlPlane.clusters()).toEqual([]);
});

test('the plain sample has the same code', () => {
  const file = 'samples/6-new-cluster.yaml';
  const template = parseTemplate(readFileSync(join(root, file), 'utf8'), { source: file });
  const code = readFileSync(join(root, 'samples/6-who-am-i.js'), 'utf8');
  expect(template.resources.get('Caller')?.properties['Code']).toEqual({ ZipFile: code });
});
