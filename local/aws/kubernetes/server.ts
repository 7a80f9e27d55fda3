/** The Kubernetes API of one cluster over TLS: who is it, may they, then the verb. */
import { type ServerCertificate } from '../server/certificates';
import { type LocalIam } from '../identity/iam';
import {
  startLoopbackServer,
  type LocalRequest,
  type LocalResponse,
  type LoopbackServer,
} from '../server/loopback-server';
import { readCaller } from './authentication';
import { forbidden, isAllowed } from './authorization';
import { json } from './answer';
import { serveConfigMaps } from './config-map-api';
import { type ConfigMapStore } from './config-map-store';
import { discovery } from './discovery';
import { impersonated, type User } from './impersonation';
import { login, type LoginSources } from './login';
import { serveNamespaces } from './namespace-api';
import { type Namespaces } from './namespaces';
import { type RequestAttributes, rulesInForce } from './rbac';
import { serveRbac } from './rbac-api';
import { RBAC_GROUP } from './rbac-kinds';
import { type RbacStore } from './rbac-store';
import { readJsonOrYaml } from './request-body';
import { canI, rulesReview, whoAmI } from './reviews';
import { StatusError, unauthorized } from './status';
import { targetOf } from './target';

export interface KubernetesWorld {
  readonly clusterName: string;
  readonly iam: LocalIam;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly store: ConfigMapStore;
  /** What the authenticator may look at, as of now. */
  readonly sources: () => LoginSources;
  readonly rbac: RbacStore;
  readonly namespaces: Namespaces;
  /** `127.0.0.1:PORT` of the local STS, for which the AWS CLI signs its tokens here; undefined: there is none. */
  readonly stsHost?: () => string | undefined;
}

type Asked = Omit<RequestAttributes, 'username' | 'groups'>;

const anonymous: User = {
  username: 'system:anonymous',
  groups: ['system:unauthenticated'],
  policies: [],
  uid: '',
  extra: {},
};
const publicPaths = ['/version', '/healthz', '/livez', '/readyz'];
export async function startKubernetes(
  world: KubernetesWorld,
  certificate: ServerCertificate,
  port?: number,
): Promise<LoopbackServer> {
  return startLoopbackServer({
    tls: { key: certificate.key, cert: certificate.cert },
    handle: (request) => respond(request, world),
    ...(port === undefined ? {} : { port }),
  });
}

function respond(request: LocalRequest, world: KubernetesWorld): LocalResponse {
  try {
    return serve(request, world);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return json(error.code, error.body());
  }
}

function serve(request: LocalRequest, world: KubernetesWorld): LocalResponse {
  const asker = authenticate(request, world);
  const rbac = world.rbac.all();
  const user = impersonated(request, asker, ({ resource, name }) => {
    const { username, groups, policies } = asker;
    const asked = { username, groups, verb: 'impersonate', apiGroup: '', resource, namespace: '', name };
    if (!isAllowed(asked, policies, rbac)) throw forbidden(asked);
  });
  if (publicPaths.includes(request.path))
    return request.path === '/version' ? json(200, discovery['/version']) : { status: 200, body: 'ok' };
  const target = targetOf(request);
  if (!target) return serveDiscovery(request, user);
  const attributes = (asked: Asked): RequestAttributes => ({
    ...asked,
    username: user.username,
    groups: user.groups,
  });
  const may = (asked: Asked): boolean => isAllowed(attributes(asked), user.policies, rbac);
  const authorize = (verb: string): void => {
    const asked = { ...target, namespace: target.namespace ?? '', verb };
    if (!may(asked)) throw forbidden(attributes(asked));
  };
  authorize(target.verb);
  if (target.resource === 'configmaps')
    return serveConfigMaps({ request, ...target, store: world.store, authorize });
  if (target.apiGroup === RBAC_GROUP) {
    const { rbac: store, namespaces } = world;
    const giver = { username: user.username, groups: user.groups, may };
    return serveRbac({ ...target, request, store, namespaces, giver, authorize });
  }
  if (target.resource === 'events' && target.verb === 'list')
    return json(200, { kind: 'EventList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [] });
  if (target.resource === 'namespaces')
    return serveNamespaces({ ...target, request, namespaces: world.namespaces });
  if (request.method !== 'POST') {
    const message = 'the server does not allow this method on the requested resource';
    throw new StatusError(405, 'MethodNotAllowed', message);
  }
  if (target.resource === 'selfsubjectreviews') return json(201, whoAmI(user));
  const asked = readJsonOrYaml(request);
  if (target.resource === 'selfsubjectaccessreviews') return json(201, canI(asked, may));
  return json(
    201,
    rulesReview(asked, user.groups, (namespace) => rulesInForce(rbac, { ...user, namespace })),
  );
}

/** A bad token is refused even where no caller need be known (GT-46: the client sees 401 for every cause). */
function authenticate(request: LocalRequest, world: KubernetesWorld): User {
  const header = request.headers['authorization'];
  if (header === undefined) return anonymous;
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthorized();
  const caller = readCaller(token, {
    iam: world.iam,
    clusterName: world.clusterName,
    now: world.clock(),
    stsHost: world.stsHost?.(),
  });
  if ('refused' in caller) throw unauthorized();
  const user = login(caller, world.sources());
  if (!user) throw unauthorized();
  return { ...user, groups: [...new Set([...user.groups, 'system:authenticated'])] };
}

function serveDiscovery(request: LocalRequest, user: User): LocalResponse {
  if (user === anonymous) {
    const message = `forbidden: User "system:anonymous" cannot ${request.method.toLowerCase()} path "${request.path}"`;
    throw new StatusError(403, 'Forbidden', message, {});
  }
  const document = request.method === 'GET' ? discovery[request.path] : undefined;
  if (document) return json(200, document);
  throw new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}
