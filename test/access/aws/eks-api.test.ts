/** Our signed REST calls held against those of the SDK's own client: same method, path, query and body. */
import * as Eks from '@aws-sdk/client-eks';
import { openEksApi, type EksOperation, type EksOperations } from '../../../access/aws/eks-api';
import { startControlPlane, type ControlPlane } from '../../../local/aws/control-plane';

const clusterName = 'prod';
const principalArn = 'arn:aws:iam::111122223333:role/team/dev (1)/My+Role@x';
const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const resourceArn = 'arn:aws:eks:us-east-1:111122223333:access-entry/prod/role/111122223333/dev/0-1';
const clientRequestToken = 'token';

const inputs: { readonly [O in EksOperation]: readonly EksOperations[O][0][] } = {
  DescribeCluster: [{ name: clusterName }],
  DescribeAccessEntry: [{ clusterName, principalArn }],
  ListAccessEntries: [{ clusterName }, { clusterName, nextToken: 'a+b/c=', maxResults: 5 }],
  CreateAccessEntry: [
    {
      clusterName,
      principalArn,
      type: 'STANDARD',
      username: 'dév\u{1F600}',
      kubernetesGroups: [],
      tags: { a: 'b' },
      clientRequestToken,
    },
  ],
  UpdateAccessEntry: [
    { clusterName, principalArn, username: 'x', kubernetesGroups: ['g'], clientRequestToken },
  ],
  DeleteAccessEntry: [{ clusterName, principalArn }],
  ListAssociatedAccessPolicies: [{ clusterName, principalArn, nextToken: 'n' }],
  AssociateAccessPolicy: [
    { clusterName, principalArn, policyArn, accessScope: { type: 'namespace', namespaces: ['dev-*'] } },
  ],
  DisassociateAccessPolicy: [{ clusterName, principalArn, policyArn }],
  TagResource: [{ resourceArn, tags: { 'cfn-eks-access:owner': 'x/y' } }],
  UntagResource: [{ resourceArn, tagKeys: ['cfn-eks-access:owner', 'b'] }],
};
const cases = Object.entries(inputs).flatMap(([operation, list]) =>
  (list as readonly object[]).map((input) => [operation as EksOperation, input] as const),
);

let plane: ControlPlane;
let client: Eks.EKSClient;
let credentials: { accessKeyId: string; secretAccessKey: string };

beforeAll(async () => {
  plane = await startControlPlane();
  await plane.createCluster({ name: clusterName, authenticationMode: 'API' });
  credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  client = new Eks.EKSClient({ region: 'us-east-1', endpoint: plane.eks.url, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await plane.stop();
});

const ours = () =>
  openEksApi({
    region: 'us-east-1',
    credentials: async () => credentials,
    endpoint: new URL(plane.eks.url),
    signal: new AbortController().signal,
  });

const settled = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => {
      const { $metadata: _, ...output } = value as { $metadata?: unknown };
      return { output };
    },
    (error: unknown) => {
      const { name, message } = error as Error;
      return { name, message };
    },
  );

const lastRequest = () => {
  const { method, url, headers, body } = plane.eks.requests.at(-1) ?? {
    method: '',
    url: '',
    headers: {},
    body: Buffer.alloc(0),
  };
  const [path = '', query = ''] = url.split('?');
  return {
    method,
    path,
    query: [...new URLSearchParams(query)].sort(),
    contentType: (headers as Record<string, string>)['content-type'],
    body: body.length === 0 ? undefined : (JSON.parse(body.toString('utf8')) as unknown),
  };
};

test.each(cases)('%s %j', async (operation, input) => {
  const command = new (Eks as unknown as Record<string, new (input: object) => never>)[
    `${operation}Command`
  ]!({ ...input });
  const theirAnswer = await settled(client.send(command));
  const theirs = lastRequest();
  const ourAnswer = await settled(ours().call(operation, input as never));
  expect(lastRequest()).toEqual(theirs);
  // A second Create, Delete or Tag meets what the first one left; everything else must answer alike.
  if (!['CreateAccessEntry', 'DeleteAccessEntry', 'TagResource', 'UntagResource'].includes(operation))
    expect(ourAnswer).toEqual(theirAnswer);
});

test('timestamps come as dates', async () => {
  const entry = plane
    .cluster(clusterName)
    .putAccessEntry({ principalArn: 'arn:aws:iam::111122223333:role/dated' });
  const { accessEntry } = await ours().call('DescribeAccessEntry', {
    clusterName,
    principalArn: entry.principalArn,
  });
  expect(accessEntry?.createdAt).toBeInstanceOf(Date);
});

test('an empty label never goes out (GT-68)', async () => {
  const before = plane.eks.requests.length;
  await expect(ours().call('DeleteAccessEntry', { clusterName, principalArn: '' })).rejects.toThrow(
    'needs principalArn',
  );
  expect(plane.eks.requests.length).toBe(before);
});
