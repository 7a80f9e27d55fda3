/**
 * Sample 6 as its users meet it: `cdk deploy` and `cdk destroy` of the provider and of a stack that makes its cluster from
 * nothing, on another author's AWS, whose cluster is a real kube-apiserver behind the real authenticator. The provider reaches it
 * as the role that made it (`clusterRoles`).
 *
 * The tests are the steps of one story and run in the order of the file.
 */
import { FAILED } from '../rig/environment';
import { type Spoken } from '../rig/kubernetes-door';
import { eventually } from '../rig/lifetime';
import { type CliRig, startCliRig } from './cli-rig';
import { awsAuthOf, entriesOf, rolesOf, stackOf } from './looks';
import { ACCOUNT } from './ministack';
import { CLUSTER, CREATOR } from './ministack-cluster';

const SAMPLE = 'EksAccessNewCluster';
const CONTEXT = ['newCluster=CONFIG_MAP', 'authenticationMode=CONFIG_MAP', `clusterName=${CLUSTER}`].flatMap(
  (one) => ['-c', one],
);
const REACHED = ['-c', `clusterRoleArn=${CREATOR}`];
const STEP = 240_000;

let rig: CliRig;

/** Shows what it said when it did not succeed. */
const expectDone = ({ status, stdout, stderr }: Spoken): void =>
  expect(status === 0 ? 'done' : `${stdout}${stderr}`.slice(-6000)).toBe('done');

/** ARN of the role of the sample whose logical id begins so. */
async function roleNamed(): Promise<(prefix: string) => string> {
  const roles = await rolesOf(rig, SAMPLE);
  return (prefix) => roles.find(({ logicalId }) => logicalId.startsWith(prefix))?.arn ?? prefix;
}

beforeAll(async () => {
  rig = await startCliRig();
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }] };
  const name = CREATOR.replace(/.*\//, '');
  await rig.aws(
    'iam',
    'create-role',
    '--role-name',
    name,
    '--assume-role-policy-document',
    JSON.stringify(trust),
  );
  expectDone(await rig.cdk('bootstrap'));
}, STEP);

afterAll(async () => {
  if ((globalThis as Record<string, unknown>)[FAILED] === true) rig?.report();
  await rig?.stop();
});

test(
  'cdk deploy makes the cluster, maps its nodes before there are any, an administrator, developers and the role of a function ' +
    "(without the function's own answer: ministack has no module cfn-response)",
  async () => {
    expectDone(
      await rig.cdk(
        'deploy',
        'EksAccessProvider',
        SAMPLE,
        ...CONTEXT,
        ...REACHED,
        '--require-approval',
        'never',
      ),
    );
    expect(await stackOf(rig, SAMPLE)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    const { cluster } = (await rig.aws('eks', 'describe-cluster', '--name', CLUSTER)) as {
      cluster: { status: string };
    };
    expect(cluster.status).toBe('ACTIVE');
    const role = await roleNamed();
    const { entries } = await awsAuthOf(rig);
    expect(entries).toHaveLength(4);
    expect(entries).toEqual(
      expect.arrayContaining([
        { arn: role('AdminRole'), username: 'admin:{{SessionName}}', groups: ['system:masters'] },
        { arn: role('DeveloperRole'), username: 'developer:{{SessionName}}', groups: ['developers'] },
        { arn: role('CallerRole'), username: 'caller', groups: ['developers'] },
        {
          arn: `arn:aws:iam::${ACCOUNT}:role/${CLUSTER}-nodes`,
          username: 'system:node:{{EC2PrivateDNSName}}',
          groups: ['system:bootstrappers', 'system:nodes'],
        },
      ]),
    );
    const logins = async (): Promise<unknown[]> =>
      Promise.all(['AdminRole', 'DeveloperRole', 'CallerRole'].map((name) => rig.whoami(role(name), 'jo')));
    expect(await eventually(logins, (all) => !all.includes(undefined))).toEqual([
      { username: 'admin:jo', groups: ['system:masters'] },
      { username: 'developer:jo', groups: ['developers'] },
      { username: 'caller', groups: ['developers'] },
    ]);
  },
  STEP,
);

test(
  'the nodes came after their mapping, by the events of the stack',
  async () => {
    const { StackEvents } = (await rig.aws(
      'cloudformation',
      'describe-stack-events',
      '--stack-name',
      SAMPLE,
    )) as {
      StackEvents: { ResourceType: string; LogicalResourceId: string; ResourceStatus: string }[];
    };
    const order = StackEvents.reverse().map(
      ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
    );
    const mapped = order.findIndex((event) => /^NodeMapping\w* CREATE_COMPLETE$/.test(event));
    const begun = order.findIndex((event) => /^Nodes\w* CREATE_IN_PROGRESS$/.test(event));
    expect(mapped).toBeGreaterThan(0);
    expect(begun).toBeGreaterThan(mapped);
  },
  STEP,
);

test(
  'cdk destroy leaves neither stacks nor mappings',
  async () => {
    expectDone(await rig.cdk('destroy', SAMPLE, 'EksAccessProvider', '--force', ...CONTEXT, ...REACHED));
    for (const stack of ['EksAccessProvider', SAMPLE]) expect(await stackOf(rig, stack)).toBeUndefined();
    const { entries, annotations } = await awsAuthOf(rig);
    expect([entries, Object.keys(annotations).filter((name) => name.endsWith('/owners'))]).toEqual([[], []]);
  },
  STEP,
);

test(
  'in mode API the same is made as access entries, without a role for the provider (who logs in by them nobody here can say: ' +
    'no authenticator that is to be had reads access entries)',
  async () => {
    rig.eks.mode = 'API';
    const context = ['-c', 'newCluster=API', '-c', `clusterName=${CLUSTER}`];
    expectDone(
      await rig.cdk('deploy', 'EksAccessProvider', SAMPLE, ...context, '--require-approval', 'never'),
    );
    expect(await stackOf(rig, SAMPLE)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    const role = await roleNamed();
    const entries = await entriesOf(rig);
    expect(entries).toHaveLength(4);
    expect(entries).toEqual(
      expect.arrayContaining([
        { principal: role('AdminRole'), groups: [], policies: ['AmazonEKSClusterAdminPolicy cluster'] },
        { principal: role('DeveloperRole'), groups: ['developers'], policies: [] },
        { principal: role('CallerRole'), groups: ['developers'], policies: [] },
        expect.objectContaining({ principal: `arn:aws:iam::${ACCOUNT}:role/${CLUSTER}-nodes`, policies: [] }),
      ]),
    );
    expectDone(await rig.cdk('destroy', SAMPLE, 'EksAccessProvider', '--force', ...context));
    for (const stack of ['EksAccessProvider', SAMPLE]) expect(await stackOf(rig, stack)).toBeUndefined();
  },
  2 * STEP,
);
