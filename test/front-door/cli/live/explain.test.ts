/** Why one principal gets in or not, of a live cluster, and the caller among them. */
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const DEV = `${ACCOUNT}:role/team/dev`;
const AWS_AUTH = {
  data: {
    mapRoles: `- rolearn: ${ACCOUNT}:role/dev
  username: dev-b:{{SessionName}}
  groups: [team-b]
`,
  },
};

const givenMode = (authenticationMode: 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API'): Promise<LiveWorld> =>
  givenCluster({ authenticationMode, awsAuth: AWS_AUTH });

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const)(
  '--me, who gets in by aws-auth (%s)',
  async (mode) => {
    const { run } = await givenMode(mode);
    // The caller may read aws-auth by nothing: a file that a colleague made is beside.
    const { code, stdout } = await run('explain --me - --cluster prod', {
      as: DEV,
      stdin: JSON.stringify(manifest),
    });
    expect(stdout).toMatch(/^YES\. They log in as "dev-b:jane-example\.com" with group team-b\.\n/);
    expect(stdout).toMatch(
      /caller +arn:aws:sts::111122223333:assumed-role\/dev\/jane@example\.com\n +looked up +arn:aws:iam::111122223333:role\/dev +a session counts as its role\n/,
    );
    expect(code).toBe(0);
  },
);
const manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'aws-auth', namespace: 'kube-system' },
  ...AWS_AUTH,
};

test('--me without a cluster, beside a file', async () => {
  const { run, plane } = await givenMode('API');
  const ran = await run('explain --me - --region eu-west-1', { as: DEV, stdin: JSON.stringify(manifest) });
  expect(ran).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^Refused all the same\? eks-access help "ERROR".*\n$/) as string,
  });
  expect(ran.stdout).toMatch(/^YES\. /);
  expect(plane.eks.requests).toEqual([]);
  expect((await run('explain --me -', { as: null, stdin: JSON.stringify(manifest) })).stderr).toMatch(
    /^eks-access: Cannot ask STS who you are: there are no valid AWS credentials: /,
  );
});

test('--me, who does not get in', async () => {
  const { run } = await givenMode('API');
  const { code, stdout } = await run('explain --me --cluster prod', { as: DEV });
  expect(stdout).toMatch(/^NO\. No entry matches arn:aws:iam::111122223333:role\/dev\.\n/);
  expect(stdout).toContain('aws eks create-access-entry');
  expect(code).toBe(1);
});

test('an access entry answers where aws-auth may not be read', async () => {
  const { cluster, run } = await givenMode('API_AND_CONFIG_MAP');
  cluster.putAccessEntry({ principalArn: DEV, kubernetesGroups: ['team-a'] });
  const { code, stdout } = await run('explain --me --cluster prod', { as: DEV });
  expect(stdout).toMatch(/^YES\. .* with group team-a\.\n/);
  expect(stdout).toContain('aws-auth could not be read');
  expect(code).toBe(0);
  const other = await run('explain arn:aws:iam::111122223333:role/other --cluster prod', { as: DEV });
  expect(other.stdout).toMatch(/^CANNOT SAY\. aws-auth could not be read \(your user "/);
  expect(other.code).toBe(2);
});

test('of a role that was made again, where IAM is asked', async () => {
  const { cluster, plane, run } = await givenMode('API');
  plane.iam.addPrincipal(DEV);
  cluster.putAccessEntry({ principalArn: DEV, kubernetesGroups: ['team-a'] });
  cluster.ageAccessEntry(DEV, 60_000);
  expect((await run(`explain ${DEV} --cluster prod`)).stdout).toMatch(/^YES\. /);
  const asked = await run(`explain ${DEV} --cluster prod --iam`);
  expect(asked).toMatchObject({ code: 1, stdout: expect.stringMatching(/^NO\. /) as string });
});

test.each<readonly [number, string]>([
  [0, `explain ${ADMIN} --cluster prod`],
  [0, `explain role/dev --cluster prod --json`],
  [1, `explain ${ACCOUNT}:role/other --cluster prod`],
  [0, 'list --cluster prod --json'],
  [0, 'doctor --cluster prod --fail-on never'],
  [2, 'list --me --cluster prod'],
  [2, 'explain --cluster prod'],
  [2, 'explain --me a.yaml b.yaml --cluster prod'],
])('%d: %s', async (code, line) => {
  const { run } = await givenMode('API_AND_CONFIG_MAP');
  expect(await run(line)).toMatchObject({ code });
});
