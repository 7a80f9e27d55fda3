/** Faults of the way to a service, which all of its calls share: what the first of them comes to. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../../access/contract';
import {
  type LocalRequest,
  type LocalResponse,
  startLoopbackServer,
} from '../../../local/aws/server/loopback-server';
import { deployProvider } from '../../../local/demo/provider';
import { type Answer, givenWorld, NODES, PROVIDER, type Sent, type World } from '../scenarios/world';
import { type Certificates, type KeyPair } from './certificates';
import { askedOf, mapping, ROLE, type Service } from './services';

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
  const { mode, creatorArn, environment = {}, roleArn = ROLE } = service;
  const { properties = mapping } = service;
  const type = service.resourceType === undefined ? {} : { resourceType: service.resourceType };
  const world = await givenWorld({
    mode,
    ...(mode === 'CONFIG_MAP' ? { awsAuth: { mapRoles: NODES + PROVIDER } } : {}),
    ...(creatorArn === undefined ? {} : { creatorArn }),
    environment,
  });
  const { aws } = world;
  aws.controlPlane.consistency.updateReads = service.updateReads ?? 1;
  for (const arn of [roleArn, creatorArn ?? roleArn]) aws.iam.addPrincipal(arn);
  const front = await openFront(PAIRS[way] && certificates[PAIRS[way]], () => service.url(world));
  try {
    const url =
      way === 'no such host' ? 'https://no.such.host.invalid' : front.url.replace('http:', 'https:');
    if (way === 'refused') await front.stop();
    const lead = await leadAstray(world, service, url, certificates.authority, authorities);
    const create: Sent = {
      type: 'Create',
      ...type,
      properties,
    };
    const met = await settled(world, { ...create, ...(lead.tamper ? { tamper: lead.tamper } : {}) });
    await lead.back();
    const outcome = met?.Status === 'SUCCESS' ? 'passes' : 'fails';
    const { Reason: reason } = met ?? {};
    if (reason !== undefined && !service.inReason?.test(reason))
      throw new Error(`${way}: the answer does not say what was not reached: ${reason}`);
    if (outcome === 'fails') {
      const again = await settled(world, { type: 'Create', ...type, properties });
      if (again?.Status !== 'SUCCESS') throw new Error(`${way}: then ${again?.Reason ?? 'no answer'}`);
    }
    const { asked, given } = askedOf(service, world);
    if (given !== asked) throw new Error(`${way}: there is ${given ?? 'nothing'}`);
    return outcome;
  } finally {
    await Promise.all([world.stop(), front.stop(), rm(folder, { recursive: true })]);
  }
}

/** The answer of the event, which may come from a later invocation; undefined where there is none, or one fails. */
async function settled(world: World, sent: Sent): Promise<Answer | undefined> {
  const { aws } = world;
  const before = aws.answerBucket.accepted.length;
  const { status } = await world.invoke(sent);
  await aws.lambda.idle();
  const [answer, more] = aws.answerBucket.accepted.slice(before);
  if (more) throw new Error(`a second answer: ${JSON.stringify(more.document)}`);
  return status === 'success' ? (answer?.document as Answer | undefined) : undefined;
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
      timeoutSeconds: 30,
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
