/**
 * ministack as AWS, and as its cluster a real kube-apiserver behind the real authenticator. The function that is deployed
 * there runs in ministack's Lambda and logs in with a token that ministack's STS vouches for.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_GROUP } from '../../../access/contract';
import { createAuthority } from '../rig/authority';
import { awsHosts, startAwsFront } from '../rig/aws-front';
import { type DoorOptions } from '../rig/kubernetes-door';
import { type Place, prepareApiServer, prepareAuthenticator, startEtcd } from '../rig/kubernetes-parts';
import { freePorts, type Part } from '../rig/part';
import { ACCOUNT, startMinistack } from './ministack';
import { type EksFront, startCloudFormationFront, startEksFront, startStsFront } from './ministack-fronts';

export const CLUSTER = 'my-cluster';
export const REGION = 'us-east-1';
/** Who makes clusters where a test says so: the authenticator lets it in as EKS lets in the creator, by no entry that could be seen (GT-51). */
export const CREATOR = `arn:aws:iam::${ACCOUNT}:role/cloudformation-execution`;

export interface MinistackCluster {
  /** URL of ministack. */
  readonly url: string;
  readonly eks: EksFront;
  /** What the function needs in its environment beside what AWS gives it. */
  readonly functionEnvironment: Readonly<Record<string, string>>;
  /** The door of an administrator (system:masters). */
  readonly door: DoorOptions;
}

/** Starts it; every part is put on one of the two lists as soon as it runs, so that a failure leaves none behind. */
export async function startMinistackCluster(
  place: Place,
  parts: Part[],
  stops: (() => Promise<void>)[],
): Promise<MinistackCluster> {
  const running = async (part: Part | Promise<Part>): Promise<void> => void parts.push(await part);
  const authority = await createAuthority('rig');
  const admin = await authority.client('rig-admin', 'system:masters');
  const [clientPort = 0, peerPort = 0, authenticatorPort = 0] = await freePorts(3);
  const ministack = await startMinistack(place);
  await running(ministack.part);
  const { url, kubernetesPort: port } = ministack;
  await running(startEtcd(place, clientPort, peerPort));
  const mounted = { roleArn: '', username: '', groups: [] };
  const authenticator = await prepareAuthenticator(place, {
    port: authenticatorPort,
    cluster: CLUSTER,
    region: REGION,
    mounted,
  });
  letRootIn(join(place.folder, 'authenticator.json'));
  const startApiServer = await prepareApiServer(place, {
    port,
    etcdPort: clientPort,
    authority,
    admin,
    webhook: authenticator.webhook,
  });
  await running(startApiServer());
  const door = { endpoint: `https://127.0.0.1:${port}`, authority: authority.cert, client: admin };
  const [sts, cloudFormation, eks] = await Promise.all([
    startStsFront(url),
    startCloudFormationFront(url),
    startEksFront(url, authority.cert, 'CONFIG_MAP'),
  ]);
  stops.push(...[sts, cloudFormation, eks.server].map((server) => () => server.stop()));
  const awsFront = await startAwsFront(await authority.server(...awsHosts(REGION)), sts.url);
  stops.push(() => awsFront.stop());
  await running(authenticator.start(door, awsFront.url));
  return {
    url,
    eks,
    door,
    functionEnvironment: {
      EKS_ACCESS_RESPONSE_HOSTS: url,
      AWS_ENDPOINT_URL_EKS: eks.server.url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
      // Empty, because ministack's Lambda turns https to loopback into http for functions that have one.
      AWS_ENDPOINT_URL: '',
    },
  };
}

/**
 * ministack's functions all call as the root of their account: the authenticator's mounted file lets that in, as the
 * command in the output of the provider stack would the role. Beside it the creator of clusters.
 */
function letRootIn(file: string): void {
  const config = JSON.parse(readFileSync(file, 'utf8')) as { readonly server: object };
  const root = {
    userARN: `arn:aws:iam::${ACCOUNT}:root`,
    username: PROVIDER_GROUP,
    groups: [PROVIDER_GROUP],
  };
  const creator = { roleARN: CREATOR, username: 'creator', groups: ['system:masters'] };
  writeFileSync(
    file,
    JSON.stringify({ ...config, server: { ...config.server, mapRoles: [creator], mapUsers: [root] } }),
  );
}
