/**
 * Variant A: what the function would be if it took the packages that offer themselves. The same event, the same
 * requests, one entry appended without any of the function's checks; written as their documents say, with the clients
 * kept between invocations.
 */
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { HttpRequest } from '@smithy/protocol-http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

interface Event {
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: {
    readonly Cluster: string;
    readonly RoleArn: string;
    readonly UserName: string;
    readonly Groups: readonly string[];
  };
}

/** What client-sts signs with, as far as it is used here. */
interface Presigner {
  presign(request: HttpRequest, options: object): Promise<{ readonly query?: Record<string, unknown> }>;
}

const region = process.env['AWS_REGION'] ?? 'us-east-1';
const eks = new EKSClient({ region });
const sts = new STSClient({ region });

export async function handler(event: Event): Promise<void> {
  const { Cluster, RoleArn, UserName, Groups } = event.ResourceProperties;
  const { cluster } = await eks.send(new DescribeClusterCommand({ name: Cluster }));
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      { name: Cluster, server: cluster?.endpoint ?? '', caData: cluster?.certificateAuthority?.data ?? '' },
    ],
    users: [{ name: 'provider', token: await bearerToken(Cluster) }],
    contexts: [{ name: 'provider', cluster: Cluster, user: 'provider' }],
    currentContext: 'provider',
  });
  const api = config.makeApiClient(CoreV1Api);
  const place = { name: 'aws-auth', namespace: 'kube-system' };
  const configMap = await api.readNamespacedConfigMap(place);
  const groups = Groups.map((group) => `    - "${group}"\n`).join('');
  const entry = `- rolearn: "${RoleArn}"\n  username: "${UserName}"\n  groups:\n${groups}`;
  const mapRoles = (configMap.data?.['mapRoles'] ?? '') + entry;
  await api.replaceNamespacedConfigMap({
    ...place,
    body: { ...configMap, data: { ...configMap.data, mapRoles } },
  });
  await answer(event);
}

async function bearerToken(clusterName: string): Promise<string> {
  const hostname = `sts.${region}.amazonaws.com`;
  const signer = (await sts.config.signer({
    schemeId: 'aws.auth#sigv4',
    signingProperties: {},
  } as never)) as unknown as Presigner;
  const signed = await signer.presign(
    new HttpRequest({
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: hostname, 'x-k8s-aws-id': clusterName },
    }),
    {
      expiresIn: 60,
      signingRegion: region,
      signingService: 'sts',
      unhoistableHeaders: new Set(['x-k8s-aws-id']),
      unsignableHeaders: new Set(['x-amz-content-sha256']),
    },
  );
  const query = new URLSearchParams(signed.query as Record<string, string>).toString();
  return `k8s-aws-v1.${Buffer.from(`https://${hostname}/?${query}`).toString('base64url')}`;
}

function answer({ ResponseURL, StackId, RequestId, LogicalResourceId }: Event): Promise<void> {
  const url = new URL(ResponseURL);
  const body = JSON.stringify({
    Status: 'SUCCESS',
    PhysicalResourceId: LogicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
    Data: {},
  });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'PUT', headers }, (incoming) => {
      incoming.resume();
      incoming.on('end', () =>
        incoming.statusCode === 200 ? resolve() : reject(new Error(`answered ${incoming.statusCode}`)),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
