/**
 * A validating admission webhook: called by the real API server in the middle of a write, after it has been checked and
 * before it is stored. What makes "in the middle of a write" a place and not a matter of luck.
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
import { startLoopbackServer } from '../../../local/aws/server/loopback-server';
import { eventually } from './lifetime';
import { type Rig } from './rig';

const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
const name = 'middle-of-a-write';

interface Review {
  readonly request: {
    readonly uid: string;
    readonly name: string;
    readonly userInfo: { readonly username: string };
  };
}

export interface Admission {
  /** Runs once, at the next write of aws-auth by that user; the answer, if any, is why the write is denied. */
  once(username: string, then: () => Promise<string | undefined> | string | undefined): void;
  /** Forgets what `once` was told; resolves when the API server calls the webhook, which it does not at once after a start. */
  ready(): Promise<void>;
  /** How many writes of aws-auth the user has tried so far. */
  writes(username: string): number;
  stop(): Promise<void>;
}

export async function startAdmission(rig: Rig): Promise<Admission> {
  const tried = new Map<string, number>();
  const waiting: {
    readonly username: string;
    readonly then: () => Promise<string | undefined> | string | undefined;
  }[] = [];
  let probed = false;
  const server = await startLoopbackServer({
    tls: await rig.authority.server('admission'),
    handle: async ({ body }) => {
      const { request } = JSON.parse(body.toString('utf8')) as Review;
      const { username } = request.userInfo;
      probed ||= request.name === 'probe';
      let why: string | undefined;
      if (request.name === 'aws-auth') {
        tried.set(username, (tried.get(username) ?? 0) + 1);
        const index = waiting.findIndex((one) => one.username === username);
        if (index >= 0) why = await waiting.splice(index, 1)[0]?.then();
      }
      const response = {
        uid: request.uid,
        allowed: why === undefined,
        ...(why === undefined ? {} : { status: { message: why } }),
      };
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response }),
      };
    },
  });
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: 'middle.of.a.write',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Ignore',
        timeoutSeconds: 10,
        clientConfig: { url: server.url, caBundle: Buffer.from(rig.authority.cert).toString('base64') },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        rules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            resources: ['configmaps'],
            operations: ['CREATE', 'UPDATE'],
          },
        ],
      },
    ],
  };
  const made = await rig.admin('POST', path, { body: configuration });
  if (made.status !== 201)
    throw new Error(`the API server does not take the webhook: ${JSON.stringify(made.body)}`);
  const configMaps = '/api/v1/namespaces/kube-system/configmaps';
  const probe = async (): Promise<boolean> => {
    await rig.admin('POST', `${configMaps}?dryRun=All`, {
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe' } },
    });
    return probed;
  };
  const ready = async (): Promise<void> => {
    waiting.splice(0);
    probed = false;
    if (!(await eventually(probe, Boolean))) throw new Error('the API server does not call the webhook');
  };
  await ready();
  return {
    ready,
    once: (username, then) => void waiting.push({ username, then }),
    writes: (username) => tried.get(username) ?? 0,
    stop: async () => {
      await rig.admin('DELETE', `${path}/${name}`);
      await server.stop();
    },
  };
}
