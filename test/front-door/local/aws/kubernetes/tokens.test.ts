/** Bearer tokens: what the authenticator checks before STS, what STS would say, and who may make one (GT-41 to GT-46). */
import {
  startControlPlane,
  type ControlPlane,
  type LocalCluster,
} from '../../../../../local/aws/control-plane';
import { readToken, type TokenReading } from '../../../../../local/aws/kubernetes/token';
import vectors from '../../../../fixtures/authenticator-extra-vectors.json';
import { ask, bearerToken, type TokenOptions } from './requests';

const now = Date.parse('2026-03-04T05:06:07Z');
const read = (token: string, partition = 'aws', region?: string): TokenReading =>
  readToken(token, { partition, now, ...(region ? { region } : {}) });
const encode = (url: string): string => `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;

interface TokenVector {
  readonly name: string;
  readonly partition: string;
  readonly url?: string;
  readonly token?: string;
  readonly accept: boolean;
  readonly errorContains?: string;
}

test.each(vectors.tokenPreStsChecks as readonly TokenVector[])(
  'before STS: $name',
  ({ url, token, partition, accept, errorContains }) => {
    const given = token === '<4097 bytes>' ? `k8s-aws-v1.${'a'.repeat(4086)}` : token;
    const dated = url?.replace(/<now,[^>]*>/, '20260304T050607Z');
    const reading = read(given ?? encode(dated ?? ''), partition);
    expect('refused' in reading).toBe(!accept);
    if ('refused' in reading) expect(reading.refused).toContain(errorContains);
  },
);

test.each(vectors.stsHosts)(
  'host $host in $partition (server region "$serverRegion"): $accept',
  ({ host, partition, serverRegion, accept }) => {
    const url = `https://${host}/?Action=GetCallerIdentity&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Date=20260304T050607Z&X-Amz-Expires=60`;
    expect('refused' in read(encode(url), partition, serverRegion)).toBe(!accept);
  },
);

describe('at the API server', () => {
  let plane: ControlPlane;
  let cluster: LocalCluster;
  beforeAll(async () => {
    plane = await startControlPlane({ clock: () => now });
    cluster = await plane.createCluster({
      name: 'c',
      authenticationMode: 'CONFIG_MAP',
      creatorArn: plane.iam.roleArn('creator'),
    });
  });
  afterAll(() => plane.stop());

  const whoAmI = async (options: Partial<TokenOptions>): Promise<number> => {
    const credentials = plane.iam.credentialsFor(plane.iam.roleArn('creator'));
    const token = await bearerToken({ credentials, cluster: 'c', signingDate: new Date(now), ...options });
    return (await ask(cluster, 'GET', '/api', { token })).status;
  };
  const ago = (minutes: number): Date => new Date(now - minutes * 60_000);

  test.each<[string, () => Partial<TokenOptions>, number]>([
    ['a fresh token of the creator', () => ({}), 200],
    ['14 minutes old, although it says 60 seconds (GT-44)', () => ({ signingDate: ago(14) }), 200],
    ['16 minutes old', () => ({ signingDate: ago(16) }), 401],
    ['from 6 minutes in the future', () => ({ signingDate: ago(-6) }), 401],
    ['signed for another cluster (GT-43)', () => ({ cluster: 'other' }), 401],
    ['signed for another region than its host', () => ({ signingRegion: 'eu-west-1' }), 401],
    [
      'of a principal that has no mapping',
      () => ({ credentials: plane.iam.credentialsFor(plane.iam.roleArn('stranger')) }),
      401,
    ],
    [
      'of an unknown key',
      () => ({ credentials: { accessKeyId: 'ASIAUNKNOWN', secretAccessKey: 's', sessionToken: 't' } }),
      401,
    ],
    [
      'signed with another secret',
      () => ({
        credentials: { ...plane.iam.credentialsFor(plane.iam.roleArn('creator')), secretAccessKey: 's' },
      }),
      401,
    ],
    [
      'with another session token',
      () => ({
        credentials: { ...plane.iam.credentialsFor(plane.iam.roleArn('creator')), sessionToken: 't' },
      }),
      401,
    ],
    [
      'with its expiry changed after signing',
      () => ({ tamper: (url) => url.replace('Expires=60', 'Expires=900') }),
      401,
    ],
  ])('%s', async (_what, options, status) => {
    expect(await whoAmI(options())).toBe(status);
  });

  test('401 is a Status that tells nothing', async () => {
    const { body } = await ask(cluster, 'GET', '/api/v1/namespaces/kube-system/configmaps/aws-auth', {
      token: 'k8s-aws-v1.x',
    });
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
  });

  test('without a token everybody is system:anonymous', async () => {
    const { status, body } = await ask(cluster, 'GET', '/api/v1/namespaces/kube-system/configmaps/aws-auth');
    expect(status).toBe(403);
    expect(body.message).toBe(
      'configmaps "aws-auth" is forbidden: User "system:anonymous" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
    );
    expect((await ask(cluster, 'GET', '/version')).status).toBe(200);
  });
});
