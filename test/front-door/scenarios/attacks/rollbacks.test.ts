/**
 * An Update that is refused has written nothing, so that its rollback has nothing to do: it converges, wherever the
 * refused Update pointed to, and touches nobody (CR-18). The old properties are a claim about an attempt.
 */
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { deployProvider } from '../../../../local/demo/provider';
import { demonstrationAwsAuth, startSession, type Session } from '../../../../local/demo/session';
import { type EksAccessGuardrails } from '../../../../cdk/guardrails';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type ClusterStatus, type ForeignEntry, type NewCluster } from '../../../../local/aws/control-plane';
import { ACCOUNT, ADMIN, FOO, NODE, PROVIDER_ROLE, stateOf } from './cast';
import { enforceIam } from './iam';
import { deploy, failuresOf, resource } from '../whole-stacks';

let session: Session;
afterEach(() => session.aws.stop());

async function given(mode: AuthenticationMode, guardrails: EksAccessGuardrails): Promise<void> {
  session = await startSession({
    clock: new SkippingClock(),
    mode,
    awsAuth: demonstrationAwsAuth(),
    guardrails,
  });
  // A denied call is tried again for a third of the time that there is.
  await deployProvider(session.aws, { guardrails, timeoutSeconds: 3 });
}

interface Victim {
  readonly about: string;
  readonly guardrails: EksAccessGuardrails;
  readonly own: object;
  readonly theirs: ForeignEntry;
  /** What the Update asks for, of the role of `theirs`. */
  readonly asked: object;
}

const NEW = `${ACCOUNT}:role/new`;
const victims: readonly Victim[] = [
  {
    about: 'a cluster admin of whom the guardrails allow nothing',
    guardrails: {},
    own: { AuthenticationMode: 'CONFIG_MAP' },
    theirs: {
      principalArn: ADMIN,
      username: 'admin',
      kubernetesGroups: [],
      policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
    },
    asked: { UserName: 'admin', Groups: ['system:masters'], AuthenticationMode: 'API' },
  },
  {
    about: 'the entry of a node role',
    guardrails: { allowNodes: true },
    own: { AuthenticationMode: 'CONFIG_MAP' },
    theirs: { principalArn: NODE, type: 'EC2_LINUX' },
    asked: { UserName: undefined, Groups: undefined, Type: 'EC2_LINUX' },
  },
  {
    about: 'an entry that a person has made in the console',
    guardrails: {},
    own: { UserName: 'dev-{{SessionName}}', Groups: ['devs'], AuthenticationMode: 'CONFIG_MAP' },
    theirs: { principalArn: NEW, username: 'dev:{{SessionName}}', kubernetesGroups: ['devs'] },
    asked: { UserName: 'dev:{{SessionName}}', Groups: ['devs'] },
  },
];

describe.each([false, true])('IAM enforced: %s', (iam) => {
  describe.each(victims)('an Update onto $about', ({ guardrails, own, theirs, asked }) => {
    test('fails, and its rollback leaves that entry alone', async () => {
      await given('API_AND_CONFIG_MAP', guardrails);
      if (iam) enforceIam(session.aws, guardrails);
      session.cluster.putAccessEntry(theirs);
      const created = await deploy(session, 'app', { A: resource(FOO, own) });
      if (created.status !== 'CREATE_COMPLETE') throw new Error(failuresOf(created));
      const before = stateOf(session.cluster);
      const { status } = await deploy(session, 'app', { A: resource(theirs.principalArn, asked) });
      expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stateOf(session.cluster)).toEqual(before);
    });
  });
});

interface Elsewhere {
  readonly about: string;
  readonly guardrails?: EksAccessGuardrails;
  readonly iam?: boolean;
  readonly cluster?: Partial<NewCluster>;
  readonly status?: ClusterStatus;
  readonly reason: RegExp;
  readonly mayBeAsked?: boolean;
}

const BROKEN = { 'cfn-eks-access/owners': 'not json' };
const metadata = { name: 'aws-auth', namespace: 'kube-system' };
const elsewhere: readonly Elsewhere[] = [
  {
    about: 'that the guardrails refuse',
    guardrails: { clusters: ['my-*'] },
    reason: /AccessDenied: Cluster is "prod".*clusters in EKS_ACCESS_GUARDRAILS/,
  },
  {
    about: 'that the guardrails and IAM refuse',
    guardrails: { clusters: ['my-*'] },
    iam: true,
    reason: /AccessDenied: Cluster is "prod".*clusters in EKS_ACCESS_GUARDRAILS/,
  },
  { about: 'where nobody has let the provider in', reason: /provider-rbac\.yaml/, mayBeAsked: true },
  {
    about: 'whose records another tool has broken',
    cluster: {
      creatorArn: PROVIDER_ROLE,
      awsAuth: { metadata: { ...metadata, annotations: BROKEN }, data: { mapRoles: '[]' } },
    },
    reason: /annotation cfn-eks-access\/owners/,
    mayBeAsked: true,
  },
  { about: 'that is still being made', status: 'CREATING', reason: /"prod" is CREATING/, mayBeAsked: true },
];

test('an Update onto a cluster that does not exist fails, and its rollback completes', async () => {
  await given('CONFIG_MAP', {});
  await deploy(session, 'app', { A: resource(FOO) });
  const before = stateOf(session.cluster);
  const updated = await deploy(session, 'app', { A: resource(FOO, { Cluster: 'prod' }) });
  expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failuresOf(updated)).toMatch(/there is no cluster "prod"/);
  expect(stateOf(session.cluster)).toEqual(before);
});

describe.each(elsewhere)('an Update onto a cluster $about', (about) => {
  test('fails, and its rollback completes', async () => {
    const { guardrails = {}, iam, cluster, status, reason, mayBeAsked } = about;
    await given('CONFIG_MAP', guardrails);
    if (iam) enforceIam(session.aws, guardrails);
    const prod = await session.aws.controlPlane.createCluster({
      name: 'prod',
      authenticationMode: 'CONFIG_MAP',
      awsAuth: { metadata, data: { mapRoles: '[]' } },
      ...cluster,
    });
    if (status) prod.setStatus(status);
    const created = await deploy(session, 'app', { A: resource(FOO) });
    if (created.status !== 'CREATE_COMPLETE') throw new Error(failuresOf(created));
    const before = [stateOf(session.cluster), stateOf(prod)];
    const updated = await deploy(session, 'app', { A: resource(FOO, { Cluster: 'prod' }) });
    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([stateOf(session.cluster), stateOf(prod)]).toEqual(before);
    expect(failuresOf(updated)).toMatch(reason);
    if (!mayBeAsked) expect(prod.kubernetes.requests).toEqual([]);
  });
});

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('mode %s', (mode) => {
  test('an Update to system:masters is refused, never in force, and rolled back', async () => {
    await given(mode, {});
    await deploy(session, 'app', { A: resource(FOO) });
    const before = stateOf(session.cluster);
    const updated = await deploy(session, 'app', { A: resource(FOO, { Groups: ['system:masters'] }) });
    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failuresOf(updated)).toMatch(/allowClusterAdmin/);
    expect(stateOf(session.cluster)).toEqual(before);
    expect(session.cluster.loginAs(FOO)?.groups).toContain('team-a');
  });
});
