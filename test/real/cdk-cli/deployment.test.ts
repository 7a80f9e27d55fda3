/**
 * The product as its users meet it: `cdk bootstrap`, `deploy`, `diff`, `destroy` of the very app that we publish, on another
 * author's AWS, whose Lambda runs our bundle against a real kube-apiserver. After each step the cluster is looked at with
 * kubectl, the access entries with the AWS CLI, and who can log in is the authenticator's word.
 *
 * The tests are the steps of one story and run in the order of the file.
 */
import { FAILED } from '../rig/environment';
import { readFileSync } from 'node:fs';
import { type Spoken } from '../rig/kubernetes-door';
import { eventually } from '../rig/lifetime';
import { type Login, RBAC_FILE } from '../rig/rig';
import { type CliRig, startCliRig } from './cli-rig';
import { awsAuthOf, entriesOf, putBeforeMapRoles, roleOf, stackOf } from './looks';
import { CLUSTER } from './ministack-cluster';

const ACCOUNT = 'arn:aws:iam::000000000000';
const SAMPLES = ['EksAccessLambdaRole', 'EksAccessIamUser', 'EksAccessNodeRole', 'EksAccessDeveloperRole'];
const CONFIG_MAP = ['-c', 'authenticationMode=CONFIG_MAP'];
const NOBODY_ASKS = ['--require-approval', 'never', '--concurrency', '5'];
const STEP = 240_000;

/** What is there before us, and must be there after us, byte for byte. */
const nodes = `# of the cluster's own nodes
- rolearn: ${ACCOUNT}:role/nodes-of-the-cluster
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
`;

let rig: CliRig;

/** Until it is so: the API server believes the authenticator's last word for a second. */
const expectLogin = async (roleArn: string, expected: Login, session?: string): Promise<void> =>
  expect(
    await eventually(
      () => rig.whoami(roleArn, session),
      (said) => said?.username === expected.username,
    ),
  ).toEqual(expected);

/** Shows what it said when it did not succeed. */
const expectDone = ({ status, stdout, stderr }: Spoken): void =>
  expect(status === 0 ? 'done' : `${stdout}${stderr}`.slice(-6000)).toBe('done');

const deploy = (...parameters: string[]): Promise<Spoken> => rig.cdk('deploy', ...parameters, ...NOBODY_ASKS);

beforeAll(async () => {
  rig = await startCliRig();
  const network = ['--resources-vpc-config', 'subnetIds=subnet-1,subnet-2'];
  await rig.aws('eks', 'create-cluster', '--name', CLUSTER, '--role-arn', `${ACCOUNT}:role/eks`, ...network);
  expectDone(await rig.kubectl(['apply', '-f', '-'], readFileSync(RBAC_FILE, 'utf8')));
}, STEP);

afterAll(async () => {
  if ((globalThis as Record<string, unknown>)[FAILED] === true) rig?.report();
  await rig?.stop();
});

test(
  'cdk bootstrap',
  async () => {
    expectDone(await rig.cdk('bootstrap'));
  },
  STEP,
);

describe('on a cluster of mode CONFIG_MAP', () => {
  let awsAuth: Awaited<ReturnType<typeof awsAuthOf>>;

  test(
    'cdk deploy of four samples at once, without an aws-auth, maps them all',
    async () => {
      expectDone(await deploy('EksAccessProvider', ...SAMPLES, ...CONFIG_MAP));
      for (const stack of SAMPLES)
        expect(await stackOf(rig, stack)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
      awsAuth = await awsAuthOf(rig);
      expect(awsAuth.entries).toEqual([
        {
          arn: await roleOf(rig, 'EksAccessDeveloperRole'),
          username: 'developer:{{SessionName}}',
          groups: ['developers'],
        },
        { arn: await roleOf(rig, 'EksAccessLambdaRole'), username: 'lambdafoo', groups: ['system:masters'] },
        {
          arn: `${ACCOUNT}:role/${CLUSTER}-nodes`,
          username: 'system:node:{{EC2PrivateDNSName}}',
          groups: ['system:bootstrappers', 'system:nodes'],
        },
        {
          arn: expect.stringContaining(':user/EksAccessIamUser-') as string,
          username: 'alice',
          groups: ['viewers'],
        },
      ]);
      expect(await entriesOf(rig)).toEqual([]);
    },
    STEP,
  );

  test(
    'cdk diff is empty after it',
    async () => {
      const diff = await rig.cdk('diff', '--fail', 'EksAccessProvider', ...SAMPLES, ...CONFIG_MAP);
      expectDone(diff);
      expect(diff.stdout + diff.stderr).toMatch(/Number of stacks with differences: 0/);
    },
    STEP,
  );

  test(
    'who assumes the mapped role logs in, as the authenticator says',
    async () => {
      await expectLogin(
        await roleOf(rig, 'EksAccessDeveloperRole'),
        { username: 'developer:carol', groups: ['developers'] },
        'carol',
      );
    },
    STEP,
  );

  test(
    'a sample that was changed changes its own entry and nothing else',
    async () => {
      const foreign = await putBeforeMapRoles(rig, nodes);
      const changed = await deploy(
        'EksAccessLambdaRole',
        ...CONFIG_MAP,
        '-c',
        'lambdaUserName=lambdabar',
        '-c',
        'lambdaGroups=team-a,team-b',
      );
      expectDone(changed);
      const now = await awsAuthOf(rig);
      expect(now.mapRoles).toBe(
        foreign
          .replace('"lambdafoo"', '"lambdabar"')
          .replace('  - "system:masters"\n', '  - "team-a"\n  - "team-b"\n'),
      );
      await expectLogin(await roleOf(rig, 'EksAccessLambdaRole'), {
        username: 'lambdabar',
        groups: ['team-a', 'team-b'],
      });
      awsAuth = now;
    },
    STEP,
  );

  test(
    'an update that the guardrails refuse rolls back, and the cluster is as before',
    async () => {
      // What the guardrails of the App refuse is not deployed: here it has others than the provider that is there.
      const others = {
        clusters: [CLUSTER],
        groups: ['*', 'system:kube-*'],
        allowClusterAdmin: true,
        allowNodes: true,
      };
      const failed = await deploy(
        'EksAccessLambdaRole',
        '--exclusively',
        ...CONFIG_MAP,
        '-c',
        `guardrails=${JSON.stringify(others)}`,
        '-c',
        'lambdaGroups=system:kube-scheduler',
      );
      expect(failed.status).not.toBe(0);
      expect((failed.stdout + failed.stderr).replace(/\s+/g, ' ')).toMatch(
        /AccessDenied: .*system:kube-scheduler.*EKS_ACCESS_GUARDRAILS/,
      );
      expect(await stackOf(rig, 'EksAccessLambdaRole')).toMatchObject({
        StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      });
      expect(await awsAuthOf(rig)).toEqual(awsAuth);
      await expectLogin(await roleOf(rig, 'EksAccessLambdaRole'), {
        username: 'lambdabar',
        groups: ['team-a', 'team-b'],
      });
    },
    STEP,
  );
});

// ministack makes no AWS::EKS::AccessEntry, so the provider is let in as before: CONFIG_MAP is of its stack alone.
describe('when the cluster has moved to API_AND_CONFIG_MAP', () => {
  test(
    'the next deploy moves what it changes into access entries, and adds the sample that needs one',
    async () => {
      rig.eks.mode = 'API_AND_CONFIG_MAP';
      expectDone(
        await deploy(
          '--all',
          ...CONFIG_MAP,
          '-c',
          'lambdaUserName=lambdabaz',
          '-c',
          'lambdaGroups=team-a',
          '-c',
          'userGroups=editors',
        ),
      );
      const lambda = await roleOf(rig, 'EksAccessLambdaRole');
      const entries = await entriesOf(rig);
      expect(entries).toEqual([
        {
          principal: await roleOf(rig, 'EksAccessEntry'),
          groups: [],
          policies: ['AmazonEKSEditPolicy dev dev-*', 'AmazonEKSViewPolicy cluster'],
        },
        { principal: lambda, groups: ['team-a'], policies: [] },
        {
          principal: expect.stringContaining(':user/EksAccessIamUser-') as string,
          groups: ['editors'],
          policies: [],
        },
      ]);
      const { mapRoles, entries: left } = await awsAuthOf(rig);
      expect(mapRoles.startsWith(nodes)).toBe(true);
      expect(left.map(({ arn }) => arn).filter((arn) => arn === lambda || arn.includes(':user/'))).toEqual(
        [],
      );
      expect(left.map(({ arn }) => arn)).toContain(await roleOf(rig, 'EksAccessDeveloperRole'));
    },
    STEP,
  );

  test(
    'cdk destroy leaves what was there before us, byte for byte, and no access entry',
    async () => {
      expectDone(await rig.cdk('destroy', '--all', '--force', ...CONFIG_MAP, '--concurrency', '5'));
      for (const stack of ['EksAccessProvider', 'EksAccessEntry', ...SAMPLES])
        expect(await stackOf(rig, stack)).toBeUndefined();
      expect(await awsAuthOf(rig)).toMatchObject({ mapRoles: nodes, annotations: {} });
      expect(await entriesOf(rig)).toEqual([]);
    },
    STEP,
  );
});
