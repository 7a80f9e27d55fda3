/**
 * Clusters that nobody has let the provider into: it reaches them as the role that its owner has named for them
 * (`clusterRoles`), which is here the one that made the cluster and the only administrator that it has (CR-45).
 */
import { ENVIRONMENT } from '../../../access/contract';
import { done, stateOf } from './attacks/cast';
import { givenWorld, NODES, PROVIDER, roleEntry, type Surroundings, type World } from './world';

const CREATOR = 'arn:aws:iam::111122223333:role/ci/creator';
const EXTERNAL_ID = 'canary-external-id';
const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const PROVIDER_ROLE = 'arn:aws:iam::111122223333:role/eks-access-provider';
const unmapped: Surroundings = {
  rights: false,
  awsAuth: { mapRoles: NODES },
  creatorArn: CREATOR,
  timeoutSeconds: 4,
};

const named = { 'my-cluster': CREATOR };
/** The Reason where STS denies: the roles, and what to paste. */
const paste = (condition: string): RegExp =>
  new RegExp(
    `^AccessDenied: .*could not assume ${CREATOR}, by which it reaches cluster my-cluster.*trust policy.*` +
      String.raw`\{"Effect":"Allow","Principal":\{"AWS":"${PROVIDER_ROLE}"\},"Action":"sts:AssumeRole"${condition}\}`,
  );

const trusting = (principal: string, externalId?: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: 'sts:AssumeRole',
      ...(externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
    },
  ],
});

let world: World;
afterEach(() => world.stop());

/** `roles`: the value of the variable; `trust`: the trust policy of the role that made the cluster. */
async function given(roles: unknown, more: Surroundings = {}, trust: object = trusting(PROVIDER_ROLE)) {
  const text = typeof roles === 'string' ? roles : JSON.stringify(roles);
  const environment = { [ENVIRONMENT.clusterRoles]: text };
  world = await givenWorld({ ...unmapped, ...more, environment });
  world.aws.iam.addPrincipal(CREATOR, trust);
}

const sessionsAsked = (): URLSearchParams[] =>
  world.aws.controlPlane.sts.requests.map(({ body }) => new URLSearchParams(body.toString('utf8')));
const answered = (): string =>
  world.aws.answerBucket.accepted.map(({ body }) => body.toString('utf8')).join('\n');

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const)('mode %s', (mode) => {
  test('makes, changes and removes a mapping, and leaves aws-auth as it was', async () => {
    await given(
      { 'my-cluster': { roleArn: CREATOR, externalId: EXTERNAL_ID } },
      { mode },
      trusting(PROVIDER_ROLE, EXTERNAL_ID),
    );
    const before = stateOf(world.cluster);
    const properties = { ...roleEntry, AuthenticationMode: 'CONFIG_MAP' };
    expect(await world.send({ type: 'Create', properties })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
    });
    expect(world.section('mapRoles')).toContain('"lambdafoo"');
    const changed = { ...properties, UserName: 'lambdabar' };
    await world.send({ type: 'Update', properties: changed, old: properties, physicalId: ID });
    expect(world.section('mapRoles')).toContain('"lambdabar"');
    const deleted = await world.send({ type: 'Delete', properties: changed, physicalId: ID });
    expect(deleted).toMatchObject({ Status: 'SUCCESS' });
    expect(stateOf(world.cluster)).toEqual(before);
  });
});

test('asks once a container, says who asks, and for a session that may do nothing in AWS', async () => {
  await given(
    { 'my-cluster': { roleArn: CREATOR, externalId: EXTERNAL_ID } },
    {},
    trusting(PROVIDER_ROLE, EXTERNAL_ID),
  );
  await world.send({ type: 'Create', properties: roleEntry });
  await world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });
  expect(sessionsAsked().map((asked) => Object.fromEntries(asked))).toEqual([
    {
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: CREATOR,
      RoleSessionName: 'cfn-eks-access-eks-access-provider',
      DurationSeconds: '900',
      ExternalId: EXTERNAL_ID,
      Policy: expect.stringMatching(/"Effect":"Deny","Action":"\*","Resource":"\*"/) as string,
    },
  ]);
  const agent = world.aws.controlPlane.sts.requests[0]?.headers['user-agent'];
  expect(agent).toMatch(/cfn-eks-access.*md\/stack#app md\/resource#LambdaKubeUser/);
  const written = world.log() + answered();
  const { secretAccessKey } = world.aws.iam.credentialsFor(world.providerArn);
  const sessionTokens = world.cluster.kubernetes.requests.map(({ headers }) => {
    const [, token = ''] = (headers['authorization'] ?? '').split('k8s-aws-v1.');
    const url = new URL(Buffer.from(token, 'base64url').toString('utf8'));
    return url.searchParams.get('X-Amz-Security-Token') ?? '';
  });
  expect(Math.min(...sessionTokens.map(({ length }) => length))).toBeGreaterThan(40);
  for (const secret of [EXTERNAL_ID, secretAccessKey, 'k8s-aws-v1.', ...sessionTokens])
    expect(written).not.toContain(secret);
});

test('the columns that the plain template makes say the same', async () => {
  const columns = {
    clusters: ['other', 'my-cluster'],
    roleArns: [PROVIDER_ROLE, CREATOR],
    externalIds: ['', 'x-1'],
  };
  await given(columns, {}, trusting(PROVIDER_ROLE, 'x-1'));
  expect(await world.send({ type: 'Create', properties: roleEntry })).toMatchObject({ Status: 'SUCCESS' });
});

test('a cluster that is not named is reached by the provider’s own role, and STS is not asked', async () => {
  await given({ other: CREATOR }, { rights: true, awsAuth: { mapRoles: NODES + PROVIDER } });
  expect(await world.send({ type: 'Create', properties: roleEntry })).toMatchObject({ Status: 'SUCCESS' });
  expect(sessionsAsked()).toEqual([]);
});

describe('what passes by itself is tried again', () => {
  const denied =
    '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
  const throttled = denied.replace('AccessDenied', 'Throttling');

  test.each([
    ['a trust policy that IAM has not spread yet', { status: 403, body: denied }],
    ['an STS that throttles', { status: 400, body: throttled }],
    ['an STS that fails', { status: 503, body: '' }],
  ])('%s', async (_, respond) => {
    await given(named, { timeoutSeconds: 30 });
    world.aws.controlPlane.sts.injectFault({ match: () => true, respond });
    expect(await world.send({ type: 'Create', properties: roleEntry })).toMatchObject({ Status: 'SUCCESS' });
    expect(sessionsAsked()).toHaveLength(2);
  });

  test('a session of a role that has been made anew since', async () => {
    await given(named, { timeoutSeconds: 30 });
    const body = JSON.stringify({ kind: 'Status', reason: 'Unauthorized', code: 401 });
    world.cluster.kubernetes.injectFault({ match: () => true, respond: { status: 401, body } });
    expect(await world.send({ type: 'Create', properties: roleEntry })).toMatchObject({ Status: 'SUCCESS' });
    expect(sessionsAsked()).toHaveLength(2);
  });
});

test('a Delete fails while the role may not be assumed, and succeeds once it may', async () => {
  await given(named);
  const before = stateOf(world.cluster);
  done(await world.send({ type: 'Create', properties: roleEntry }));
  await refuseEverySession();
  world.aws.iam.setTrustPolicy(CREATOR, { Statement: [] });
  const failed = await world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });
  expect(failed).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
  expect(failed.Reason).toMatch(paste(''));
  world.aws.iam.setTrustPolicy(CREATOR, trusting(PROVIDER_ROLE));
  const deleted = await world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });
  expect(deleted).toMatchObject({ Status: 'SUCCESS' });
  expect(stateOf(world.cluster)).toEqual(before);
});

/** The container forgets the session that it has, as it does where the role was made anew. */
async function refuseEverySession(): Promise<void> {
  const body = JSON.stringify({ kind: 'Status', reason: 'Unauthorized', code: 401 });
  world.cluster.kubernetes.injectFault({ match: () => true, respond: { status: 401, body } });
  await world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });
}

test('aws-auth is looked at as that role before an access entry is made', async () => {
  const mapRoles = `${NODES}- rolearn: arn:aws:iam::111122223333:role/foo\n  username: theirs\n`;
  await given(named, { mode: 'API_AND_CONFIG_MAP', awsAuth: { mapRoles } });
  const answer = await world.send({ type: 'Create', properties: roleEntry });
  expect(answer).toMatchObject({ Status: 'FAILED' });
  expect(answer.Reason).toMatch(/^AlreadyExists: .*mapped in aws-auth with user name "theirs"/);
  expect(sessionsAsked()).toHaveLength(1);
});

interface Refusal {
  readonly about: string;
  readonly roles: unknown;
  readonly trust?: object;
  readonly more?: Surroundings;
  /** Beside those of `roleEntry`. */
  readonly properties?: object;
  readonly reason: RegExp;
}

const mapped = (groups: string): Surroundings => ({
  creatorArn: PROVIDER_ROLE,
  awsAuth: {
    mapRoles: `${NODES}- rolearn: arn:aws:iam::111122223333:role/creator\n  username: ops\n${groups}`,
  },
});
const withId = { 'my-cluster': { roleArn: CREATOR, externalId: EXTERNAL_ID } };

const refusals: readonly Refusal[] = [
  {
    about: 'a role that does not trust the provider',
    roles: named,
    trust: trusting('arn:aws:iam::111122223333:role/another'),
    reason: paste(''),
  },
  {
    about: 'a role that does not exist',
    roles: { 'my-cluster': CREATOR.replace('/ci/', '/') },
    reason: /could not assume arn:aws:iam::111122223333:role\/creator,.*see that the role exists/,
  },
  {
    about: 'a wrong external id',
    roles: withId,
    trust: trusting(PROVIDER_ROLE, 'another'),
    reason: paste(String.raw`,"Condition":\{"StringEquals":\{"sts:ExternalId":"EXTERNAL_ID"\}\}`),
  },
  {
    about: 'an external id that is missing',
    roles: named,
    trust: trusting(PROVIDER_ROLE, EXTERNAL_ID),
    reason: /if it asks for an sts:ExternalId, the owner of the provider gives it in clusterRoles/,
  },
  {
    about: 'a role that the cluster does not know',
    roles: named,
    more: { creatorArn: PROVIDER_ROLE },
    reason: new RegExp(
      `^AccessDenied: cluster my-cluster does not know ${CREATOR} \\(401 Unauthorized\\).*clusterRoles`,
    ),
  },
  {
    about: 'a role without rights in the cluster',
    roles: named,
    more: mapped('  groups: [nobody]\n'),
    reason: new RegExp(
      `^AccessDenied: ${CREATOR}, the role by which clusterRoles.*may not do this there.*provider-rbac`,
    ),
  },
  {
    about: 'a cluster that does not exist, for which a template asks',
    roles: { gone: CREATOR },
    properties: { Cluster: 'gone' },
    reason: /^NotFound: .*"?gone"?/,
  },
  {
    about: 'a cluster that does not exist, named for the one that a template asks for',
    roles: { 'my-clustr': CREATOR },
    reason:
      /^AccessDenied: cluster my-cluster does not know the provider's own role.*clusterRoles of the provider names cluster my-clustr, and not/,
  },
  {
    about: 'no JSON',
    roles: '{',
    reason: /^InvalidRequest: EKS_ACCESS_CLUSTER_ROLES .* is invalid: it is not JSON/,
  },
  { about: 'a map that is a list', roles: [CREATOR], reason: /is invalid: it is not a JSON object/ },
  {
    about: 'a role of another partition',
    roles: { 'my-cluster': 'arn:aws-cn:iam::111122223333:role/creator' },
    reason: /is a role of partition aws-cn, and the provider is in partition aws/,
  },
  {
    about: 'an ARN that is no role’s',
    roles: { 'my-cluster': 'arn:aws:iam::111122223333:user/jo' },
    reason:
      /"arn:aws:iam::111122223333:user\/jo" is not the ARN of an IAM role: write arn:aws:iam::ACCOUNT:role\/NAME/,
  },
  {
    about: 'a cluster that could not exist, beside one that does',
    roles: { ...named, 'my cluster': CREATOR },
    reason: /it names cluster "my cluster", and the name of a cluster has/,
  },
];

describe.each(refusals)('$about', ({ roles, trust, more, properties, reason }) => {
  test('is refused in a sentence, and nothing is changed', async () => {
    await given(roles, more, trust);
    const before = [stateOf(world.cluster), world.cluster.configMap()?.metadata.resourceVersion];
    const asked = { ...roleEntry, ...properties };
    const answer = await world.send({ type: 'Create', properties: asked });
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toMatch(reason);
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect(answered()).not.toContain(EXTERNAL_ID);
    const changed = { ...asked, UserName: 'y' };
    const updated = await world.send({ type: 'Update', properties: changed, old: roleEntry, physicalId: ID });
    expect(updated).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
    expect(updated.Reason).toMatch(reason);
    expect([stateOf(world.cluster), world.cluster.configMap()?.metadata.resourceVersion]).toEqual(before);
  });
});

describe('a Delete under a map that is invalid', () => {
  const deleted = () => world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });

  test('goes on with what can be read of it', async () => {
    await given({ 'my-cluster': CREATOR, 'my cluster': CREATOR });
    expect(await deleted()).toMatchObject({ Status: 'SUCCESS' });
    expect(sessionsAsked()).toHaveLength(1);
  });

  test('is served by the provider’s own role where nothing can be read', async () => {
    await given('{', { rights: true, awsAuth: { mapRoles: NODES + PROVIDER } });
    expect(await deleted()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('fails, and says why, where the cluster does not know that role: a mapping may be there', async () => {
    await given('{');
    const { Status, Reason } = await deleted();
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(
      /does not know the provider's own role.*EKS_ACCESS_CLUSTER_ROLES .* it is not JSON/,
    );
  });

  test('needs no Kubernetes in mode API', async () => {
    await given('{', { mode: 'API', awsAuth: null });
    expect(await deleted()).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('the role itself, mode %s', (mode) => {
  const properties = { Cluster: 'my-cluster', RoleArn: CREATOR, UserName: 'nobody', Groups: [] };

  test('is no stack’s to map, whatever ExistingEntry says', async () => {
    await given(named, { mode, ...(mode === 'API' ? { awsAuth: null } : {}) });
    const before = stateOf(world.cluster);
    for (const ExistingEntry of ['FAIL', 'ADOPT', 'REPLACE']) {
      const answer = await world.send({ type: 'Create', properties: { ...properties, ExistingEntry } });
      expect(answer).toMatchObject({ Status: 'FAILED' });
      expect(answer.Reason).toMatch(
        /^AccessDenied: .*role\/(ci\/)?creator is how the provider itself reaches/,
      );
    }
    expect(stateOf(world.cluster)).toEqual(before);
  });
});

describe('a mapping of the role that is older than its part stays when its stack is deleted', () => {
  const properties = { Cluster: 'my-cluster', RoleArn: CREATOR, UserName: 'ops', Groups: ['deployers'] };

  test('in aws-auth, and no stack owns it any more', async () => {
    await given({}, { rights: true, awsAuth: { mapRoles: NODES + PROVIDER }, creatorArn: PROVIDER_ROLE });
    const { PhysicalResourceId: physicalId } = done(await world.send({ type: 'Create', properties }));
    const { data = {}, metadata } = world.cluster.configMap() ?? { metadata: {} };
    await world.stop();
    // Given rights enough by hand meanwhile: here by its group.
    const awsAuth = { mapRoles: (data['mapRoles'] ?? '').replace('deployers', 'system:masters') };
    await given(named, { awsAuth, annotations: metadata.annotations ?? {}, creatorArn: PROVIDER_ROLE });
    expect(await world.send({ type: 'Delete', properties, physicalId })).toMatchObject({ Status: 'SUCCESS' });
    expect(world.section('mapRoles')).toBe(awsAuth.mapRoles);
    expect(world.owners()).toBeUndefined();
    expect(world.log()).toContain('the provider’s own mapping and was kept');
  });

  test.each(['API_AND_CONFIG_MAP', 'API'] as const)('as an access entry, mode %s', async (mode) => {
    await given({}, { mode, rights: true, creatorArn: PROVIDER_ROLE });
    const { PhysicalResourceId: physicalId } = done(await world.send({ type: 'Create', properties }));
    const entry = world.cluster.accessEntry(CREATOR);
    if (!entry) throw new Error('no entry was made');
    await world.stop();
    await given(named, { mode, rights: true, creatorArn: PROVIDER_ROLE });
    world.cluster.putAccessEntry({ ...entry, policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }] });
    const before = stateOf(world.cluster);
    expect(await world.send({ type: 'Delete', properties, physicalId })).toMatchObject({ Status: 'SUCCESS' });
    expect(stateOf(world.cluster)).toEqual(before);
  });
});
