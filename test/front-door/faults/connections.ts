/** Faults of the way to a service, which all of its calls share: what the first of them comes to. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import {
  type LocalRequest,
  type LocalResponse,
  startLoopbackServer,
} from '../../../local/aws/server/loopback-server';
import { deployProvider } from '../../../local/demo/provider';
import { givenWorld, NODES, PROVIDER, type Sent, type World } from '../scenarios/world';
import { type Certificates, type KeyPair } from './certificates';
import { askedAccess, givenAccess } from './given-access';

const CREATOR = 'arn:aws:iam::111122223333:role/creator';
const SET_ROLE =
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
const ROLE = 'arn:aws:iam::111122223333:role/team/foo';

export interface Service {
  /** As the table has it. */
  readonly name: string;
  /** Variable that says where the service is; undefined: EKS says it, of the Kubernetes API. */
  readonly variable?: string;
  readonly mode: AuthenticationMode;
  readonly url: (world: World) => string;
  readonly roleArn?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly creatorArn?: string;
}

const mapping = { Cluster: 'my-cluster', RoleArn: ROLE, UserName: 'joe', Groups: ['a'] };

export const SERVICES: readonly Service[] = [
  { name: 'EKS', variable: 'AWS_ENDPOINT_URL_EKS', mode: 'API', url: ({ aws }) => aws.endpoints.eks },
  {
    name: 'the Kubernetes API',
    mode: 'CONFIG_MAP',
    url: ({ cluster }) => cluster.endpoint,
  },
  {
    name: 'CloudFormation',
    variable: 'AWS_ENDPOINT_URL_CLOUDFORMATION',
    mode: 'API',
    url: ({ stackApi }) => stackApi.url,
  },
  {
    name: 'STS',
    variable: 'AWS_ENDPOINT_URL_STS',
    mode: 'CONFIG_MAP',
    url: ({ aws }) => aws.endpoints.sts,
    environment: { [ENVIRONMENT.clusterRoles]: JSON.stringify({ 'my-cluster': CREATOR }) },
    creatorArn: CREATOR,
  },
  {
    name: 'IAM',
    variable: 'AWS_ENDPOINT_URL_IAM',
    mode: 'API',
    url: ({ aws }) => aws.endpoints.iam,
    roleArn: SET_ROLE,
    properties: { Cluster: 'my-cluster', PermissionSet: 'Admin', UserName: 'joe', Groups: ['a'] },
  },
  {
    name: 'S3 (the answer)',
    variable: ENVIRONMENT.responseHosts,
    mode: 'API',
    url: ({ aws }) => aws.endpoints.answerBucket,
  },
];

/** Columns of the table; `works` shows that what the others miss is all that they miss. */
export const WAYS = ['works', 'refused', 'no such host', 'expired', 'other authority', 'other host'] as const;
export type Way = (typeof WAYS)[number];

const PAIRS: Readonly<Partial<Record<Way, Exclude<keyof Certificates, 'authority'>>>> = {
  works: 'good',
  expired: 'expired',
  'other authority': 'otherAuthority',
  'other host': 'otherHost',
};

/** `passes`, `fails` or, where the front must let it through, `works`. Throws where something is half-applied. */
export async function outcomeOf(service: Service, way: Way, certificates: Certificates): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const authorities = join(folder, 'authority.pem');
  await writeFile(authorities, certificates.authority);
  const { mode, creatorArn, environment = {}, roleArn = ROLE, properties = mapping } = service;
  const world = await givenWorld({
    mode,
    ...(mode === 'CONFIG_MAP' ? { awsAuth: { mapRoles: NODES + PROVIDER } } : {}),
    ...(creatorArn === undefined ? {} : { creatorArn }),
    environment,
  });
  const { aws } = world;
  for (const arn of [roleArn, creatorArn ?? roleArn]) aws.iam.addPrincipal(arn);
  const front = await openFront(PAIRS[way] && certificates[PAIRS[way]], () => service.url(world));
  try {
    const url = way === 'no such host' ? 'https://no.such.host.invalid' : front.url;
    if (way === 'refused') await front.stop();
    const lead = await leadAstray(world, service, url, certificates.authority, authorities);
    const create: Sent = {
      type: 'Create',
      properties: { ...properties, ServiceTimeout: way === 'works' ? '60' : '9' },
    };
    const met = await world.invoke({ ...create, ...(lead.tamper ? { tamper: lead.tamper } : {}) });
    await lead.back();
    const first = aws.answerBucket.accepted.at(-1)?.document as { Status: string } | undefined;
    const outcome = met.status === 'success' && first?.Status === 'SUCCESS' ? 'passes' : 'fails';
    if (outcome === 'fails') {
      const again = await world.send({ type: 'Create', properties });
      if (again.Status !== 'SUCCESS') throw new Error(`${way}: then ${again.Reason ?? 'FAILED'}`);
    }
    if (givenAccess(world.cluster, roleArn) !== askedAccess(properties))
      throw new Error(`${way}: the role has ${givenAccess(world.cluster, roleArn) ?? 'nothing'}`);
    return outcome;
  } finally {
    await Promise.all([world.stop(), front.stop(), rm(folder, { recursive: true })]);
  }
}

/** Makes the function go to `url` for the service, until `back`. */
async function leadAstray(
  world: World,
  service: Service,
  url: string,
  authority: string,
  authorities: string,
): Promise<{
  readonly tamper?: (event: Record<string, unknown>) => void;
  readonly back: () => Promise<void>;
}> {
  const { aws, stackApi } = world;
  const { variable } = service;
  const usual = { AWS_ENDPOINT_URL_CLOUDFORMATION: stackApi.url, ...service.environment };
  // A process of its own, because Node reads further authorities when it starts.
  const deploy = (environment: Readonly<Record<string, string>>): Promise<unknown> =>
    deployProvider(aws, {
      nodePath: process.execPath,
      // What the answer is tried for.
      timeoutSeconds: 15,
      environment: { ...usual, NODE_EXTRA_CA_CERTS: authorities, ...environment },
    });
  if (variable === undefined) {
    let isAstray = true;
    const { endpoint } = world.cluster;
    const certificateAuthority = { data: Buffer.from(authority).toString('base64') };
    aws.controlPlane.eks.injectFault({
      match: ({ path }) => isAstray && path === '/clusters/my-cluster',
      times: Infinity,
      respond: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          cluster: {
            name: 'my-cluster',
            arn: 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster',
            status: 'ACTIVE',
            endpoint: url,
            certificateAuthority,
            accessConfig: { authenticationMode: 'CONFIG_MAP' },
          },
        }),
      },
    });
    return { back: () => Promise.resolve(void (isAstray = endpoint === url)) };
  }
  await deploy({ [variable]: url });
  const isAnswer = variable === ENVIRONMENT.responseHosts;
  return {
    ...(isAnswer
      ? {
          tamper: (event) => {
            event['ResponseURL'] = String(event['ResponseURL']).replace(aws.answerBucket.url, url);
          },
        }
      : {}),
    back: async () => void (await deploy({})),
  };
}

/** A server before the service, with a certificate of its own. */
async function openFront(pair: KeyPair | undefined, url: () => string) {
  return startLoopbackServer({ ...(pair ? { tls: pair } : {}), handle: (request) => pass(request, url()) });
}

function pass({ method, url, headers, body }: LocalRequest, to: string): Promise<LocalResponse> {
  return new Promise((resolve, reject) => {
    const send = to.startsWith('https:') ? httpsRequest : httpRequest;
    const outgoing = send(
      to + url,
      { method, headers, rejectUnauthorized: false, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
